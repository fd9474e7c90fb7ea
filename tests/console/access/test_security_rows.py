"""What an attacker would try at many conversations at once, at assignments, files and links."""

from urllib.parse import quote

import pytest

from console.web.visit import local_path
from store.advisers import tags
from store.catalogue.link_checks import Checked
from store.core.spreadsheets import as_csv, as_xlsx
from store.people import people
from takwin.jobs.link_check import LinkChecker
from tests.console.addresses import make_things
from tests.console.conftest import Browser, Console, Said


def _of_fes(console: Console) -> Browser:
    console.add("of-fes", cities=["fes"])
    browser = console.browser()
    browser.sign_in("of-fes")
    return browser


@pytest.mark.parametrize("act", ["tag", "untag", "assign", "close", "read", "unread"])
@pytest.mark.parametrize("everything", [True, False])
def test_nothing_is_done_to_many_that_are_not_theirs(console: Console, act: str, everything: bool) -> None:
    said = console.says("salam", city="rabat")
    browser = _of_fes(console)
    with console.database.session() as session:
        tags.put(session, "conversation", said.conversation_id, "kept", console.adviser("of-fes").id)
    aim = {"all": "yes"} if everything else {"chosen": str(said.conversation_id)}
    answer = browser.post(
        "/console/inbox/bulk", tab="all", act=act, name="kept", sure="1",
        adviser=str(console.adviser("of-fes").id), **aim,
    )  # fmt: skip
    assert answer.status_code == 422
    assert console.conversation(said.conversation_id).state == "assistant"
    with console.database.session() as session:
        assert tags.of_target(session, "conversation", said.conversation_id) == ["kept"]


def test_a_reader_changes_nothing_for_others_by_the_form_of_many(console: Console) -> None:
    said = console.says("salam")
    for act in ("tag", "untag", "assign", "close"):
        fields = {"act": act, "tab": "all", "chosen": str(said.conversation_id), "sure": "1", "name": "x"}
        assert console.as_role("reader").post("/console/inbox/bulk", **fields).status_code == 403
    assert console.conversation(said.conversation_id).state == "assistant"


def test_no_adviser_takes_a_colleagues_conversation_by_assigning_it(console: Console) -> None:
    said = console.says("salam")
    console.as_role("supervisor").post(f"{said.path}/take")
    browser = console.as_role("adviser")
    me = console.adviser("the-adviser").id
    assert browser.post(f"{said.path}/assign", adviser=str(me)).status_code == 409
    assert console.conversation(said.conversation_id).adviser_id == console.adviser("the-supervisor").id
    assert console.as_role("supervisor").post(f"{said.path}/assign", adviser=str(me)).status_code == 303


def test_nobody_is_handed_people_they_may_not_see(console: Console) -> None:
    said = console.says("salam", city="rabat")
    _of_fes(console)
    to = str(console.adviser("of-fes").id)
    assert console.as_role("administrator").post(f"{said.path}/assign", adviser=to).status_code == 409
    assert f'value="{to}"' not in console.as_role("administrator").get(said.path).text


def test_people_registrations_and_reviews_of_elsewhere_are_not_found(console: Console) -> None:
    things = make_things(console)
    with console.database.session() as session:
        people.get(session, things.said.person_id).city = "rabat"
    browser = _of_fes(console)
    registration = things.values["registration_id"]
    for path in (f"/console/people/{things.said.person_id}", f"/console/registrations/{registration}"):
        assert browser.get(path).status_code == 404, path
        assert browser.post(path, state="confirmed", name="x").status_code == 404, path
    moved = browser.post("/console/registrations/change", to="confirmed", chosen=registration, sure="1")
    assert moved.status_code == 422
    assert things.said.path not in browser.get("/console/people").text


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/console//evil.example",
        "javascript:alert(1)", "/console\r\nSet-Cookie: a=b", "/other", "http:/console", "/console\t/x",
    ],
)  # fmt: skip
def test_the_sign_in_leads_nowhere_else(console: Console, to: str) -> None:
    assert local_path(to) == "/console/inbox"
    console.add("nadia")
    browser = console.browser()
    answer = browser.post("/console/sign-in", page="/console/sign-in", login="nadia",
                          password="une phrase assez longue", next=to)  # fmt: skip
    assert answer.headers["location"] == "/console/inbox"


@pytest.mark.parametrize(
    "name", ["../guard.py", "..%2fguard.py", "%2e%2e%2fguard.py", "....//guard.py", "console.css%00"]
)
def test_no_file_but_the_static_ones_is_served(console: Console, name: str) -> None:
    answer = console.browser().get(f"/console/static/0/{name}")
    assert answer.status_code in (303, 404)
    assert "SECURITY" not in answer.text
    assert console.as_role("reader").get(f"/console/help/{quote('../x', safe='')}").status_code == 404


@pytest.mark.parametrize(
    "hostile", ['=HYPERLINK("x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\u00a0=1"]
)
def test_no_cell_is_a_formula(hostile: str) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    assert b"'" + hostile[:1].encode() in as_csv([hostile], [[hostile]])
    sheet = load_workbook(BytesIO(as_xlsx("x", [hostile], [[hostile]], right_to_left=False))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert all(str(cell.value).startswith("'") for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
        "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_no_link_reaches_a_machine_of_our_own_network(address: str) -> None:
    checker = LinkChecker(resolve=lambda _host, _port: ["93.184.215.14", address])
    assert checker.check_one("http://name.example/") == Checked("http://name.example/", problem="not-public")


def test_a_second_step_is_not_replaced_from_an_old_page(console: Console) -> None:
    import pyotp

    console.add("nadia")
    first, second = console.browser(), console.browser()
    for browser in (first, second):
        browser.sign_in("nadia")
        browser.post("/console/account/second-step")

    def code(browser: Browser) -> str:
        page = browser.get("/console/account").text
        secret = page.split("secret=")[1].split("&")[0]
        return pyotp.TOTP(secret).at(console.clock())

    stale = code(second)
    first.post("/console/account/second-step/confirm", code=code(first))
    kept = console.adviser("nadia").totp_encrypted
    assert kept is not None
    second.post("/console/account/second-step/confirm", code=stale)
    assert console.adviser("nadia").totp_encrypted == kept


def test_a_note_is_words_whatever_stands_after_the_at(console: Console) -> None:
    said: Said = console.says("salam")
    browser = console.as_role("adviser")
    browser.post(f"{said.path}/notes", note='@the-adviser"><script>alert(1)</script>')
    assert "<script>alert" not in browser.get(said.path).text
