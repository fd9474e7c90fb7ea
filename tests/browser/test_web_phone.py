"""The web phone as a person uses it: a journey in Darija, one in French, a keyboard, a small screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from store.registrations import registrations
from tests.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]
Shot = Callable[[Page, str], None]
PATIENCE = 20_000


def open_phone(page: Page, product: Product, language: str = "fr") -> None:
    """A phone with a conversation of its own: each test has its own browser storage."""
    page.goto(f"{product.url}/try?lang={language}")
    expect(page.locator("#composer")).to_be_visible()


def answers(page: Page) -> Locator:
    return page.locator("#log .turn:not(.mine):not(#typing)")


def write(page: Page, text: str) -> None:
    """Write and send, and wait until an answer has come and nothing is being written."""
    before = answers(page).count()
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")
    expect(answers(page)).not_to_have_count(before, timeout=PATIENCE)
    page.wait_for_timeout(400)


def show_as(page: Page, skin: str) -> None:
    page.locator(f"input[name=skin][value={skin}]").check(force=True)
    page.wait_for_timeout(400)


def log_text(page: Page) -> str:
    marks = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
    return page.locator("#log").inner_text().translate(marks)


def reference_shown(page: Page) -> str:
    found = re.findall(r"TK-[2-9A-HJ-NP-Z]{5}", log_text(page))
    assert found, log_text(page)[-600:]
    return found[-1]


def test_a_registration_in_french(page: Page, product: Product, keep_shot: Shot) -> None:
    open_phone(page, product)
    write(page, "je cherche une formation gratuite en gestion de projet")
    write(page, "1")
    write(page, "je veux m'inscrire")
    write(page, "oui d'accord")
    write(page, "Fatima Zahra El Idrissi")
    write(page, "Fès")
    write(page, "licence")
    keep_shot(page, "try-fr")
    write(page, "oui c'est bon")
    reference = reference_shown(page)
    with product.database.session() as session:
        made = registrations.by_reference(session, reference)
        assert made is not None
        assert made.state == "requested"


def test_a_registration_in_darija(page: Page, product: Product, keep_shot: Shot) -> None:
    open_phone(page, product, "ar")
    show_as(page, "telegram")
    write(page, "بغيت نتعلم الانفورماتيك من الصفر")
    keep_shot(page, "try-ary")
    write(page, "1")
    write(page, "بغيت نتسجل")
    write(page, "واخا")
    write(page, "يوسف العلوي")
    write(page, "كازا")
    write(page, "5")
    write(page, "ايه صحيح")
    reference = reference_shown(page)
    with product.database.session() as session:
        assert registrations.by_reference(session, reference) is not None


def test_the_same_conversation_as_sms_shows_segments(page: Page, product: Product, keep_shot: Shot) -> None:
    open_phone(page, product)
    write(page, "bghit chi formation fabor f l'informatique f casa")
    show_as(page, "sms")
    expect(page.locator("#log")).to_contain_text(re.compile(r"SMS|segment", re.I), timeout=PATIENCE)
    assert "GSM" in log_text(page) or "UCS" in log_text(page)
    keep_shot(page, "try-sms")


def test_arabic_messages_run_from_right_to_left(page: Page, product: Product) -> None:
    open_phone(page, product)
    write(page, "أريد دورة في التسويق الرقمي")
    last = answers(page).last
    direction = last.evaluate("e => getComputedStyle(e.querySelector('[dir]') || e).direction")
    assert direction == "rtl"


@pytest.mark.parametrize("width", [320, 360])
def test_a_narrow_screen_needs_no_sideways_scrolling(page: Page, product: Product, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    open_phone(page, product, "ar")
    write(page, "سلام")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_keyboard_is_enough(page: Page, product: Product) -> None:
    open_phone(page, product)
    page.locator("#text").focus()
    page.keyboard.type("salam")
    page.keyboard.press("Enter")
    expect(answers(page)).not_to_have_count(0, timeout=PATIENCE)
    page.wait_for_timeout(400)
    page.keyboard.press("Shift+Tab")
    focused = page.evaluate("document.activeElement.tagName")
    assert focused in ("BUTTON", "DIV", "TEXTAREA")


def test_the_page_asks_nothing_of_the_world(page: Page, product: Product) -> None:
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith(product.url) else None)
    open_phone(page, product)
    write(page, "bonjour")
    assert not [url for url in outside if not url.startswith("data:")]


def test_a_message_is_never_markup(page: Page, product: Product) -> None:
    open_phone(page, product)
    write(page, "<img src=x onerror=document.title='pwned'> formation")
    assert page.title() != "pwned"
