"""Every page, in both languages: valid, labelled, one heading, in its direction, light."""

import re

import pytest

from store.advisers import notes, tags
from store.conversations import conversations
from tests.console.addresses import PAGES, Things, address, make_things
from tests.console.conftest import Browser, Console
from tests.console.pages_checked import check, texts

LANGUAGES = ("fr", "ar")
UNDERSTOOD = {
    "intent": "find_course",
    "confidence": 0.42,
    "ranking": [["find_course", 0.42], ["recommend_course", 0.31], ["greet", 0.1]],
    "entities": [{"entity": "topic", "value": "cloud", "start": 0, "end": 5}],
    "variety": "fr",
}


def _full(console: Console) -> Things:
    """A conversation with one of everything that a page can show."""
    things = make_things(console)
    said = console.says("je cherche <b>cloud</b>", understanding=UNDERSTOOD)
    console.says("salam", sender="+212600000009", channel="whatsapp")
    with console.database.session() as session:
        adviser = things.adviser_id
        notes.write(
            session, conversations.get(session, said.conversation_id), adviser, "rappeler", console.clock()
        )
        tags.put(session, "person", said.person_id, "suivi", adviser)
        tags.put(session, "conversation", said.conversation_id, "urgent", adviser)
        tags.put(session, "message", said.message_id, "exemple", adviser)
    return things


def _in(browser: Browser, language: str) -> None:
    browser.post("/console/language", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_holds(console: Console, language: str) -> None:
    things = _full(console)
    browser = console.as_role("administrator")
    _in(browser, language)
    assert len(PAGES) >= 7
    for route in PAGES:
        if "static" in route or "sign-in" in route or "second-step" in route:
            continue
        answer = browser.get(address(route, things))
        assert answer.status_code == 200, route
        check(answer.text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thread_holds_in_each_of_its_states(console: Console, language: str) -> None:
    things = _full(console)
    browser = console.as_role("administrator")
    _in(browser, language)
    path = things.said.path
    for action in ("take", "reply", "give-back", "take", "close", "reopen"):
        browser.post(f"{path}/{action}", text="Bonjour à vous")
        root = check(browser.get(path).text, language)
        assert "cloud" in texts(root)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_before_the_sign_in_and_refusals_hold(console: Console, language: str) -> None:
    browser = console.browser()
    browser.client.headers["accept-language"] = language
    check(browser.get("/console/sign-in").text, language)
    wrong = browser.sign_in("nobody", "nothing")
    assert wrong.status_code == 401
    check(wrong.text, language)
    lost = browser.get("/console/no/such/page")
    assert lost.status_code == 404
    check(lost.text, language)


@pytest.mark.parametrize("address", ["/console", "/console/"])
def test_the_bare_address_leads_into_the_console(console: Console, address: str) -> None:
    stranger = console.browser().get(address)
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/console/sign-in")
    known = console.as_role("reader").get(address)
    assert (known.status_code, known.headers["location"]) == (303, "/console/inbox")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_holds_while_a_second_step_is_set_up(console: Console, language: str) -> None:
    browser = console.as_role("reader")
    _in(browser, language)
    browser.post("/console/account/second-step")
    page = browser.get("/console/account").text
    check(page, language)
    assert "otpauth://totp/Takwin" in page


def test_a_filter_that_cannot_be_read_is_explained(console: Console) -> None:
    answer = console.as_role("reader").get("/console/inbox?q=channel:pigeon")
    assert answer.status_code == 422
    assert "pigeon" in texts(check(answer.text, "fr"))


def test_messages_stand_in_their_own_direction(console: Console) -> None:
    said = console.says("بغيت formation ديال Excel")
    page = console.as_role("reader").get(said.path).text
    assert re.search(r'<p class="text" dir="auto">بغيت formation ديال Excel</p>', page)


def test_the_first_view_of_the_inbox_is_light(console: Console) -> None:
    for number in range(60):
        console.says(
            f"bonjour {number}, je cherche une formation en bureautique", sender=f"+2126111111{number:02}"
        )
    browser = console.as_role("adviser")
    answer = browser.client.get("/console/inbox?tab=all", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    moved = int(answer.headers["content-length"])
    for path in re.findall(r'(?:href|src)="(/console/static/[^"]+)"', answer.text):
        asset = browser.client.get(path, headers={"accept-encoding": "gzip"})
        assert "immutable" in asset.headers["cache-control"]
        moved += int(asset.headers["content-length"])
    assert moved <= 150 * 1024
    assert moved <= 60 * 1024, "half of what it may be would be a surprise"


def test_a_page_is_compressed_for_who_takes_it_and_a_packed_file_is_not(console: Console) -> None:
    browser = console.as_role("adviser").client
    page = "/console/registrations"
    zipped, plain = (browser.get(page, headers={"accept-encoding": each}) for each in ("gzip", "identity"))
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"])
    for answer in (zipped, plain):
        assert {each.strip() for each in answer.headers["vary"].split(",")} == {"Accept-Encoding", "Cookie"}
    sheet = browser.get(f"{page}/export?kind=xlsx", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in sheet.headers


def test_a_long_list_goes_on_page_by_page_and_misses_nothing(console: Console) -> None:
    wanted = {console.says("salam", sender=f"+2126222222{n:02}").conversation_id for n in range(90)}
    browser, path, found = console.as_role("reader"), "/console/inbox?tab=all", []
    while path:
        page = browser.get(path).text
        found += re.findall(r'class="open" href="/console/conversations/([0-9a-f-]+)"', page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        path = further[1].replace("&amp;", "&") if further else ""
    assert len(found) == len(set(found)) == 90
    assert set(found) == {str(each) for each in wanted}
