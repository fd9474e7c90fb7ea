"""Every page of the console in a real browser, in both languages: nobody is shut out, nothing overflows, it is light,
and it works without JavaScript.

TAKWIN_SCREENSHOTS=1 keeps a screenshot of each page under docs/console/ (`python -m tests.browser.screenshots`).
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from console.web.words import AllWords, Words
from store.conversations.outbound import outbound_after
from takwin.compose.console import DATA
from takwin.settings import ROOT
from tests.browser import axe, chromium, shots
from tests.browser.conftest import leave
from tests.browser.filled import Filled, fill, served
from tests.console.addresses import PAGES, address
from tests.console.conftest import PASSWORD, Console, forgotten, make_console, replies, slots

__all__ = ["forgotten", "make_console", "replies", "slots"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES = ("fr", "ar")
WORDS = AllWords(DATA, ROOT / "data" / "replies")
PHONE: ViewportSize = {"width": 375, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 860}
#: Bytes that the first view of the inbox may take over the wire.
LIGHT = 150 * 1024
_PATIENCE = 60_000
#: What sticks out of the page sideways, with its right or left edge.
_OVERFLOWING = """() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.querySelectorAll("main *, header *")].filter((each) => {
        const box = each.getBoundingClientRect();
        return box.width && (box.right > wide + 1 || box.left < -1) && !each.closest(".scrolls, .only-read, .skip");
    }).slice(0, 5).map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`);
}"""


@pytest.fixture
def filled(make_console: Callable[..., Console]) -> Iterator[tuple[Filled, str]]:
    console = make_console()
    made = fill(console)
    with served(console) as url:
        yield made, url


@pytest.fixture(scope="session")
def axe_script() -> str:
    path = axe.find()
    if path is None:
        if chromium.required():
            pytest.fail("no axe-core: run `python -m tests.browser.axe`, or set TAKWIN_AXE")
        pytest.skip("no axe-core here: run `python -m tests.browser.axe`, or set TAKWIN_AXE")
    return path.read_text(encoding="utf-8")


def sign_in(page: Page, url: str, words: Words, login: str) -> None:
    page.goto(f"{url}/console/sign-in")
    page.get_by_label(words.say("login")).fill(login)
    page.get_by_label(words.say("password")).fill(PASSWORD)
    page.get_by_role("button", name=words.say("sign-in"), exact=True).click()
    expect(page.get_by_role("navigation", name=words.say("nav-label"))).to_be_visible(timeout=_PATIENCE)


def a_browser(browser: Browser, language: str, **more: object) -> BrowserContext:
    context = browser.new_context(viewport=DESK, locale=f"{language}-MA", **more)  # type: ignore[arg-type]
    context.set_default_timeout(_PATIENCE)
    return context


def name_of(route: str) -> str:
    """The name of a route's screenshot."""
    parts = route.split(" ")[1].removeprefix("/console/").split("/")
    return "-".join("one" if part.startswith("{") else part for part in parts)


def look(page: Page, name: str, language: str, script: str, found: list[str], folder: Path) -> None:
    """Looks at the page that is open, at the width of a desk and of a phone."""
    where = f"{language} {name}"
    assert page.locator("html").get_attribute("lang") == language, where
    found += [f"{where}: {each}" for each in axe.grave(axe.violations(page, script))]
    shots.take(page, folder / f"{name}-{language}.png")
    page.set_viewport_size(PHONE)
    found += [f"{where} at {PHONE['width']} px: sticks out: {each}" for each in page.evaluate(_OVERFLOWING)]
    found += [f"{where} at {PHONE['width']} px: {each}" for each in axe.grave(axe.violations(page, script))]
    shots.take(page, folder / "phone" / f"{name}-{language}.png")
    page.set_viewport_size(DESK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shuts_anybody_out(
    browser: Browser, filled: tuple[Filled, str], axe_script: str, language: str, tmp_path: Path
) -> None:
    made, url = filled
    words, console = WORDS.of(language), made.console
    folder = shots.SHOTS if os.environ.get("TAKWIN_SCREENSHOTS") == "1" else tmp_path
    found: list[str] = []
    console.add("the-administrator", "administrator", language=language)
    context = a_browser(browser, language)
    page = context.new_page()
    page.goto(f"{url}/console/sign-in")
    look(page, "sign-in", language, axe_script, found, folder)
    sign_in(page, url, words, "the-administrator")
    for route in PAGES:
        if route.endswith(("static/{version}/{name}", "/sign-in", "/second-step")) or ".csv" in route:
            continue
        query = "?tab=all" if route == "GET /console/inbox" else ""
        answer = page.goto(f"{url}{address(route, made.things)}{query}")
        assert answer is not None
        assert answer.status == 200, route
        look(page, name_of(route), language, axe_script, found, folder)

    def seen(name: str, kept: bool = True) -> None:
        look(page, name, language, axe_script, found, folder if kept else tmp_path)

    _states(page, made, url, words, seen)
    _parts(page, made, url, words, seen)
    _second_step(page, url, words, seen)
    leave(context)
    assert not found, "\n".join(found)


#: Looks at the page as it is, under a name; a screenshot that is never the same twice is not to be kept.
Seen = Callable[..., None]


def _states(page: Page, made: Filled, url: str, words: Words, seen: Seen) -> None:
    """Pages as they are only after something: a conversation taken, a profile open, filters, a refusal."""
    page.goto(f"{url}{made.things.said.path}")
    page.get_by_role("button", name=words.say("take"), exact=True).click()
    expect(page.get_by_role("textbox", name=words.say("reply"), exact=True)).to_be_visible()
    seen("conversations-one-taken")
    page.goto(f"{url}{made.whatsapp.path}")
    page.get_by_role("button", name=words.say("take"), exact=True).click()
    expect(page.get_by_text(words.say("window-left"))).to_be_visible()
    seen("conversations-one-whatsapp")
    page.goto(f"{url}/console/inbox?q=channel:sms formation")
    page.locator("summary", has_text=words.say("filters")).click()
    page.locator("summary", has_text=words.say("view-save")).click()
    seen("inbox-filters")
    page.goto(f"{url}/console/inbox?q=channel:pigeon")
    seen("inbox-wrong-filter")
    page.goto(f"{url}/console/no/such/page")
    seen("refused")


def _parts(page: Page, made: Filled, url: str, words: Words, seen: Seen) -> None:
    """Parts that come by htmx into a page that is open: looked at where they stand, for alone they are no page."""
    said = made.things.said
    page.goto(f"{url}{said.path}")
    with page.expect_response("**/segments"):
        page.get_by_role("textbox", name=words.say("reply"), exact=True).fill(
            "Bonjour, je regarde avec vous."
        )
    with page.expect_response("**/canned?*"):
        page.locator("#canned-search").focus()
    expect(page.locator("#canned-found").get_by_role("button").first).to_be_visible()
    seen("conversations-one-writing")
    with page.expect_response("**/messages"):
        page.evaluate(
            "id => document.body.dispatchEvent(new Event(`console-changed-${id}`))", str(said.conversation_id)
        )
    expect(page.locator("#messages")).to_have_count(1)
    seen("conversations-one-changed", kept=False)
    page.goto(f"{url}/console/inbox?tab=all")
    with page.expect_response("**/inbox/list?*"):
        page.evaluate("document.body.dispatchEvent(new Event('console-changed'))")
    expect(page.locator("#list")).to_have_count(1)
    seen("inbox-changed", kept=False)


def _second_step(page: Page, url: str, words: Words, seen: Seen) -> None:
    """An adviser sets up the second step, and signs in by it."""
    code = page.get_by_label(words.say("second-step-code"), exact=True)
    page.goto(f"{url}/console/account")
    page.get_by_role("button", name=words.say("second-step-begin"), exact=True).click()
    secret = page.locator(".secret").inner_text()
    seen("account-second-step", kept=False)
    code.fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name=words.say("second-step-on"), exact=True).click()
    expect(page.locator(".codes")).to_be_visible()
    seen("account-codes", kept=False)
    page.get_by_role("button", name=words.say("sign-out"), exact=True).click()
    page.get_by_label(words.say("login")).fill("the-administrator")
    page.get_by_label(words.say("password")).fill(PASSWORD)
    page.get_by_role("button", name=words.say("sign-in"), exact=True).click()
    expect(code).to_be_visible()
    seen("second-step")
    code.fill("000000")
    page.get_by_role("button", name=words.say("continue"), exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    seen("second-step-wrong")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_of_the_inbox_is_light_over_the_wire(
    browser: Browser, filled: tuple[Filled, str], language: str
) -> None:
    made, url = filled
    for number in range(60):
        made.console.says(f"bonjour {number}, une formation en bureautique", sender=f"+2126333333{number:02}")
    made.console.add("the-adviser", "adviser", language=language)
    context = a_browser(browser, language)
    sign_in(context.new_page(), url, WORDS.of(language), "the-adviser")
    # Nothing is cached in a page that never was: a fresh browser with the same session.
    fresh = a_browser(browser, language, storage_state=context.storage_state())
    page = fresh.new_page()
    wire = fresh.new_cdp_session(page)
    moved: list[float] = []
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    page.goto(f"{url}/console/inbox?tab=all")
    expect(page.get_by_role("link", name="bonjour 59")).to_be_visible()
    page.wait_for_timeout(500)
    leave(fresh)
    leave(context)
    print(f"\n{language}: the first view of the inbox is {sum(moved) / 1024:.1f} KB in {len(moved)} files")
    assert len(moved) >= 4
    assert sum(moved) <= LIGHT


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_adviser_works_without_javascript(
    browser: Browser, filled: tuple[Filled, str], language: str
) -> None:
    made, url = filled
    words = WORDS.of(language)
    made.console.add("the-adviser", "adviser", language=language)
    context = a_browser(browser, language, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, url, words, "the-adviser")
    page.goto(f"{url}/console/inbox?tab=all")
    page.locator("summary", has_text=words.say("filters")).click()
    page.get_by_label(words.say("field-channel"), exact=True).select_option("whatsapp")
    page.get_by_role("button", name=words.say("filter-apply"), exact=True).click()
    expect(page.get_by_role("main").get_by_role("link", name="ياسين العلوي")).to_have_count(1)
    expect(page.get_by_role("link", name="Khadija Benali")).to_have_count(0)
    page.get_by_role("link", name="ياسين العلوي").click()
    expect(page.get_by_text("سلام بغيت شي تكوين فابور فالمعلوميات")).to_be_visible()
    page.get_by_role("button", name=words.say("take"), exact=True).click()
    page.get_by_role("textbox", name=words.say("reply"), exact=True).fill("مرحبا، أنا هنا")
    page.get_by_role("button", name=words.say("send"), exact=True).click()
    expect(page.get_by_role("listitem").get_by_text("مرحبا، أنا هنا")).to_be_visible()
    page.set_viewport_size({"width": 1024, "height": 700})
    help_page = page.get_by_role("link", name=words.say("nav-help"), exact=True)
    expect(help_page).to_be_hidden()
    page.get_by_role("button", name=words.say("nav-label"), exact=True).click()
    help_page.click()
    expect(page.get_by_role("heading", level=1, name=words.say("nav-help"))).to_be_visible()
    leave(context)
    with made.console.database.session() as session:
        sent = outbound_after(session, made.whatsapp.conversation_id, 0)
    assert [each.text for each in sent][-1] == "مرحبا، أنا هنا"
