"""The ten tasks of an adviser's day, in French and in Arabic, on the product as an operator runs it.

People write by SMS through a gateway of the tests; what advisers do is done by role and label, as it is read aloud.
"""

import json
import re
import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from store.core.database import ensure_database, migrate
from store.embedded.server import EmbeddedPostgres
from tests.browser.adviser import PASSWORD, TOKEN, Desk, Service, Texter, open_desk, until
from tests.browser.conftest import leave
from tests.channels.simulators.kannel import KannelSimulator
from tests.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]
LANGUAGES = ("fr", "ar")
ACCEPTED, DELIVERED = 8, 1  # Kannel's reports
MOST_CLICKS = 4


@pytest.fixture(scope="module")
def service(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    url = ensure_database(postgres.url, "takwin_console")
    migrate(url)
    folder = tmp_path_factory.mktemp("console")
    with KannelSimulator(reports=(ACCEPTED, DELIVERED)) as gateway:
        settings = {
            "TAKWIN_TRACKER_URL": ensure_database(postgres.url, "takwin_console_tracker"),
            "TAKWIN_SMS_GATEWAY_URL": gateway.url,
            "TAKWIN_SMS_GATEWAY_TOKEN": TOKEN,
            "TAKWIN_SMS_GATEWAY_USERNAME": gateway.username,
            "TAKWIN_SMS_GATEWAY_PASSWORD": gateway.password,
            "TAKWIN_SMS_GATEWAY_FROM": "3434",
        }
        with Product.started(url, folder, **settings) as product:
            yield Service(
                product, gateway, {"TAKWIN_DATABASE_URL": url, "TAKWIN_VAR": str(folder), **settings}
            )


@pytest.fixture(scope="module", params=LANGUAGES)
def signed_in(request: pytest.FixtureRequest, browser: Browser, service: Service) -> tuple[str, object]:
    """A language, and the cookies of a supervisor who works in it."""
    language = str(request.param)
    password = service.add_adviser(f"samira-{language}", "supervisor", language)
    context, desk = open_desk(browser, service, language)
    desk.sign_in(f"samira-{language}", password)
    desk.choose_password(password)
    kept = context.storage_state()
    leave(context)
    return language, kept


@pytest.fixture
def desk(browser: Browser, service: Service, signed_in: tuple[str, object]) -> Iterator[Desk]:
    language, kept = signed_in
    context, opened = open_desk(browser, service, language, storage_state=kept)
    errors: list[str] = []
    opened.page.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    leave(context)
    assert not errors, f"the page complained: {errors}"


def waiting(service: Service, text: str = "Bonjour, je voudrais parler à un conseiller") -> Texter:
    """Somebody who asked for an adviser by SMS, and was told that one comes."""
    texter = Texter(service)
    texter.say(text)
    return texter


def taken(desk: Desk) -> Texter:
    """Somebody whose conversation this adviser has taken."""
    texter = waiting(desk.service)
    desk.open(texter)
    desk.press("take")
    expect(desk.page.get_by_role("textbox", name=desk("reply"), exact=True)).to_be_visible()
    return texter


@pytest.mark.parametrize("language", LANGUAGES)
def test_1_the_first_sign_in(browser: Browser, service: Service, language: str) -> None:
    login = f"nouvelle-{language}"
    password = service.add_adviser(login, "adviser", language)
    context, desk = open_desk(browser, service, language)
    desk.sign_in(login, password)
    desk.sees(desk("password-must-change"))
    desk.choose_password(password)
    desk.follow("nav-inbox")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(desk("inbox"))
    desk.press("sign-out")
    desk.sign_in(login, password)
    desk.sees(desk("sign-in-wrong"))
    desk.sign_in(login, PASSWORD)
    expect(desk.page.get_by_role("navigation", name=desk("inbox-tabs"))).to_be_visible()
    assert desk.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    leave(context)


def test_2_who_waits_is_seen_without_reloading(desk: Desk) -> None:
    desk.go("/console/inbox")
    tabs = desk.page.get_by_role("navigation", name=desk("inbox-tabs"))
    expect(tabs.get_by_role("link", name=desk("tab-waiting"))).to_have_attribute("aria-current", "page")
    desk.page.wait_for_timeout(1_000)  # the stream's first word is not a change
    texter = waiting(desk.service)
    row = desk.row(texter)
    expect(row).to_be_visible(timeout=30_000)
    expect(row).to_contain_text(desk("unread"))
    expect(row).to_contain_text(desk("channel-sms"))
    desk.open(texter)
    desk.sees("parler à un conseiller")
    desk.sees(desk("state-of-waiting"))


def test_3_from_asking_by_sms_to_an_answer_in_four_clicks(desk: Desk) -> None:
    texter = waiting(desk.service)
    desk.go("/console/inbox")
    assert desk.clicks == 0
    desk.row(texter).click()
    desk.press("take")
    texter.gets(f"Conseillère samira-{desk.words.language}")
    desk.answer("Oui, la formation commence lundi.")
    texter.gets("Oui, la formation commence lundi.")
    said = desk.page.get_by_role("listitem").filter(has_text="commence lundi")
    expect(said).to_contain_text(desk("delivery-delivered"), timeout=30_000)
    print(f"\n{desk.words.language}: {desk.clicks} clicks from the list to an answer that was delivered")
    assert 0 < desk.clicks <= MOST_CLICKS


def test_4_a_canned_answer_is_a_slash_away(desk: Desk) -> None:
    texter = taken(desk)
    desk.page.get_by_role("textbox", name=desk("reply"), exact=True).focus()
    desk.page.keyboard.press("/")
    expect(desk.page.get_by_label(desk("canned-search"))).to_be_focused()
    desk.page.keyboard.type("gratuit")
    expect(desk.page.get_by_role("button", name="/gratuit")).to_have_count(1)
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("textbox", name=desk("reply"), exact=True)).to_be_focused()
    desk.page.keyboard.press("Control+Enter")
    texter.gets("cette formation est gratuite")
    desk.sees("cette formation est gratuite")


def test_5_a_note_and_tags(desk: Desk) -> None:
    texter = waiting(desk.service)
    desk.open(texter)
    desk.page.get_by_label(desk("note-about")).fill("À rappeler jeudi : عندها سؤال")
    desk.press("note-add")
    desk.sees("À rappeler jeudi : عندها سؤال")
    for target in ("conversation", "person"):
        desk.page.get_by_role("combobox", name=desk(f"tags-of-{target}")).fill(f"suivi-{target}")
        desk.page.keyboard.press("Enter")
        expect(
            desk.page.get_by_role("button", name=desk("tag-remove", tag=f"suivi-{target}"))
        ).to_be_visible()
    desk.go("/console/inbox?tab=all&q=tag:suivi-conversation")
    expect(desk.row(texter)).to_be_visible()
    assert not [each for each in texter.got() if "jeudi" in each]


def test_6_given_back_the_assistant_answers_again(desk: Desk) -> None:
    texter = taken(desk)
    before = len(texter.got())
    texter.write("je cherche une formation en anglais")
    desk.sees("je cherche une formation en anglais")
    desk.page.wait_for_timeout(3_000)
    assert len(texter.got()) == before, "the assistant is silent while an adviser has the conversation"
    desk.press("give-back")
    texter.gets("Ecrivez-moi ce que vous cherchez")
    answered = texter.say("une formation en anglais")
    desk.open(texter)
    said = desk.page.get_by_role("listitem").filter(has_text=answered[:20])
    expect(said.last).to_contain_text(desk("said-assistant"))
    desk.sees(desk("state-of-assistant"))


def test_7_searching_in_another_script_and_a_shared_view(desk: Desk, browser: Browser) -> None:
    arabic = desk.words.language == "ar"
    texter = Texter(desk.service)
    texter.say(
        "je cherche une formation en cybersécurité" if arabic else "بغيت شي فورماسيون فالأمن السيبراني"
    )
    desk.go("/console/inbox")
    desk.page.get_by_role("searchbox", name=desk("search"), exact=True).fill(
        "فورماسيون" if arabic else "formation"
    )
    desk.page.keyboard.press("Enter")
    expect(desk.row(texter)).to_be_visible()
    desk.fold_out("filters")
    desk.page.get_by_label(desk("field-variety"), exact=True).select_option("fr" if arabic else "ary")
    desk.press("filter-apply")
    expect(desk.row(texter)).to_be_visible()
    desk.fold_out("view-save")
    desk.page.get_by_label(desk("view-name")).fill(f"Formations {desk.words.language}")
    desk.page.get_by_label(desk("view-shared")).check()
    desk.press("save")
    login = f"collegue-{desk.words.language}"
    password = desk.service.add_adviser(login, "reader", desk.words.language)
    context, colleague = open_desk(browser, desk.service, desk.words.language)
    colleague.sign_in(login, password)
    colleague.choose_password(password)
    colleague.follow("nav-inbox")
    view = colleague.page.get_by_role("link", name=re.compile(f"^Formations {desk.words.language}"))
    expect(view).to_have_text(re.compile(r"\d"))
    view.click()
    expect(colleague.row(texter)).to_be_visible()
    leave(context)


def test_8_what_was_misunderstood_is_put_right_with_the_keyboard(desk: Desk) -> None:
    said = f"zkhrf blbl {desk.words.language} trmpt grznk"
    Texter(desk.service).say(said)
    desk.go("/console/review")
    desk.page.get_by_role("link", name=re.compile(re.escape(said))).click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(desk("review-one"))
    judged, intent = desk.page.url, desk("intent-talk_to_adviser")
    desk.page.keyboard.press("e")
    desk.page.keyboard.press("Control+A")
    taught = f"chi wa7ed ydwi m3aya n{desk.words.language}u8 3afakom"
    desk.page.keyboard.type(taught)
    desk.page.keyboard.press("Escape")
    desk.letter(intent[0])
    desk.page.keyboard.type(intent[1:6])
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("button", name=desk("review-approve"))).to_be_focused()
    expect(desk.page.get_by_label(desk("review-other"), exact=True)).to_have_value("talk_to_adviser")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(lambda url: url != judged)
    desk.go("/console/review")
    expect(desk.page.get_by_role("link", name=re.compile(re.escape(said)))).to_have_count(0)
    export = desk.page.get_by_role("link", name=re.compile(re.escape(desk("review-export", count=0)[:8])))
    packed = zipfile.ZipFile(desk.download(export.click))
    lines = {name: packed.read(name).decode() for name in packed.namelist()}
    assert [
        name for name, text in lines.items() if taught in text and name.endswith("/talk_to_adviser.yml")
    ], lines


def test_9_a_registration_is_confirmed_and_the_person_told(desk: Desk) -> None:
    texter = Texter(desk.service)
    for line in ("je cherche une formation en marketing digital", "1", "1", "oui"):
        texter.say(line)
    texter.say("Khadija Benali, Fès, bac+3")
    found = re.search(r"TK-[2-9A-HJ-NP-Z]{5}", texter.say("1"))
    assert found, texter.got()
    reference = found[0]
    desk.go("/console/registrations")
    desk.page.get_by_label(desk("reference"), exact=True).fill(reference)
    desk.press("filter-apply")
    exported = desk.download(desk.page.get_by_role("link", name=desk("export-csv"), exact=True).click)
    assert reference in exported.read_text(encoding="utf-8-sig")
    desk.page.get_by_role("link", name=reference).click()
    desk.page.get_by_label(desk("new-state")).select_option("confirmed")
    before = len(texter.got())
    desk.press("change")
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text(desk("state-confirmed"))
    until(lambda: len(texter.got()) == before + 1, "the news of the registration")
    assert reference in texter.got()[-1]


def test_10_a_course_the_figures_and_the_end_of_a_person(desk: Desk) -> None:
    texter = waiting(desk.service)
    _edit_a_course(desk)
    desk.follow("nav-figures")
    together = desk.page.get_by_role("region", name=desk("figures-together"))
    people = together.get_by_role("link").first
    assert int(re.sub(r"\D", "", people.inner_text())) >= 1
    people.click()
    expect(desk.row(texter)).to_be_visible()
    desk.follow("nav-people")
    desk.page.get_by_label(desk("people-search")).fill(texter.number)
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("table").get_by_role("link").first.click()
    copy = desk.download(desk.page.get_by_role("link", name=desk("person-export"), exact=True).click)
    kept = json.loads(copy.read_text(encoding="utf-8"))
    assert "parler à un conseiller" in json.dumps(kept["messages"], ensure_ascii=False)
    gone = texter.path
    desk.page.get_by_role("link", name=desk("person-erase"), exact=True).click()
    desk.page.get_by_label(desk("erase-type", word=desk("erase-word"))).fill(desk("erase-word"))
    desk.press("erase-do")
    desk.sees(desk("erased-reference"))
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(desk("erased"))
    answer = desk.page.goto(f"{desk.service.product.url}{gone}")
    assert answer is not None
    assert answer.status == 404


def _edit_a_course(desk: Desk) -> None:
    desk.go("/console/courses")
    desk.page.get_by_role("table").get_by_role("link").first.click()
    summary = f"Un résumé relu ({desk.words.language})"
    desk.page.get_by_label(re.compile(re.escape(desk("column-summary_fr")))).first.fill(summary)
    edit = desk.page.get_by_role("region", name=desk("course-edit"))
    edit.get_by_role("button", name=desk("save"), exact=True).click()
    expect(desk.page.get_by_role("region", name=desk("course-edit"))).to_contain_text(desk("edited-here"))
    expect(desk.page.get_by_label(re.compile(re.escape(desk("column-summary_fr")))).first).to_have_value(
        summary
    )
