"""Registrations in the console: the list and its filter, moving one and many, the person told, exports."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from store.advisers import audit
from store.core.clock import moroccan_day
from store.core.spreadsheets import harmless
from store.people import addresses
from store.registrations import registrations
from store.tables import Message
from tests.console.addresses import address, make_things
from tests.console.conftest import Console, Said
from tests.console.course_things import TODAY, course, fill, registered, registration
from tests.console.pages_checked import check

LIST = "/console/registrations"
_SHOWN = re.compile(r'<td><a href="/console/registrations/([0-9a-f-]{36})">')
#: What a spreadsheet would run, by its first character.
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=cmd|"/c calc"!A1')


def _people(console: Console) -> dict[str, Said]:
    """Three people of two cities on three channels, one registration each."""
    fill(
        console,
        course("excel", title_fr="Excel de base", topics=["office_tools"]),
        course("cloud", topics=["cloud"], starts_on=TODAY + timedelta(days=9), capacity=1, mode="in_person"),
    )
    found = {
        "amina": console.says("salam", "+212600000001", "sms", name="Amina", city="fes", variety="fr"),
        "karim": console.says(
            "salam", "+212600000002", "whatsapp", name="Karim", city="rabat", variety="ary"
        ),
        "sara": console.says(
            "salam", "web-1", "web", name="Sara", city="rabat", region="Rabat-Salé", variety="ar"
        ),
    }
    registered(console, found["amina"], "excel")
    registered(console, found["karim"], "cloud")
    registered(console, found["sara"], "cloud")
    return found


def _of(console: Console, said: Said) -> Any:
    with console.database.session() as session:
        return registrations.of_person(session, said.person_id)[0]


def _told(console: Console, said: Said) -> list[Message]:
    return [m for m in console.messages(said.conversation_id) if (m.reply or "").startswith("registration-")]


def _names(browser: Any, query: str) -> set[str]:
    page = browser.get(f"{LIST}?{query}")
    assert page.status_code == 200
    return set(re.findall(r"<bdi>(Amina|Karim|Sara)</bdi>", page.text))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Amina", "Karim", "Sara"}),
        ("state=confirmed", {"Karim"}),
        ("state=waiting", {"Sara"}),
        ("course=excel", {"Amina"}),
        ("provider=ofppt", {"Amina", "Karim", "Sara"}),
        ("topic=office_tools", {"Amina"}),
        ("city=rabat", {"Karim", "Sara"}),
        ("region=rabat-salé", {"Sara"}),
        ("channel=whatsapp", {"Karim"}),
        ("agency=ofppt", {"Amina"}),
        ("city=rabat&channel=web", {"Sara"}),
        ("state=nothing", set()),
        ("until=2001-01-01", set()),
        ("since=not-a-day", {"Amina", "Karim", "Sara"}),
    ],
)
def test_a_filter_finds_what_it_says(console: Console, query: str, expected: set[str]) -> None:
    _people(console)
    assert _names(console.as_role("reader"), query) == expected


def test_days_and_reference_narrow_too(console: Console) -> None:
    found = _people(console)
    browser = console.as_role("reader")
    today = moroccan_day(console.clock())
    assert len(_names(browser, f"since={today}&until={today}")) == 3
    assert _names(browser, f"since={today + timedelta(days=1)}") == set()
    reference = _of(console, found["amina"]).reference.removeprefix("TK-").lower()
    assert _names(browser, f"reference={reference}") == {"Amina"}


def test_pages_hold_in_both_languages(console: Console) -> None:
    found = _people(console)
    browser = console.as_role("supervisor")
    registration_id = _of(console, found["karim"]).id
    for language in ("fr", "ar"):
        browser.post("/console/language", language=language)
        for path in (LIST, f"{LIST}?state=cancelled", f"{LIST}/{registration_id}"):
            page = browser.get(path)
            assert page.status_code == 200
            check(page.text, language)
        asked = browser.post(f"{LIST}/change", page=LIST, all="yes", to="cancelled")
        assert asked.status_code == 200
        check(asked.text, language)


def test_a_list_goes_on_page_by_page_and_misses_nothing(console: Console) -> None:
    fill(console)
    wanted = set()
    for number in range(57):
        wanted.add(registered(console, console.says("salam", f"+2126111111{number:02}")).id)
    browser, path, found = console.as_role("reader"), LIST, []
    while path:
        page = browser.get(path).text
        found += _SHOWN.findall(page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        path = further[1].replace("&amp;", "&") if further else ""
    assert len(found) == 57
    assert {UUID(each) for each in found} == wanted


def test_a_change_keeps_who_and_why_and_tells_the_person(console: Console) -> None:
    found = _people(console)
    before = _of(console, found["amina"])
    browser = console.as_role("adviser")
    answer = browser.post(f"{LIST}/{before.id}", page=LIST, state="confirmed", note="dossier vu", tell="yes")
    assert answer.status_code == 303
    with console.database.session() as session:
        change = registrations.changes_of(session, before.id)[-1]
        adviser = console.adviser("the-adviser")
        assert (change.to_state, change.note, change.author) == (
            "confirmed", "dossier vu", f"adviser:{adviser.id}",
        )  # fmt: skip
        actions = [entry.action for entry in audit.entries(session, person_id=found["amina"].person_id)]
        assert "registration-changed" in actions
    (message,) = _told(console, found["amina"])
    assert message.reply == "registration-update-confirmed"
    assert before.reference in (message.text or "")
    assert (message.segments, message.author_adviser_id) == (1, adviser.id)
    page = browser.get(f"{LIST}/{before.id}").text
    assert "dossier vu" in page
    assert "The-Adviser" in page


def test_nobody_is_told_where_the_adviser_says_so_or_who_wants_no_messages(console: Console) -> None:
    found = _people(console)
    browser = console.as_role("adviser")
    browser.post(f"{LIST}/{_of(console, found['amina']).id}", page=LIST, state="in_progress")
    with console.database.session() as session:
        addresses.refuse_address(session, found["karim"].person_id, "whatsapp", "opted_out", "test")
    browser.post(f"{LIST}/{_of(console, found['karim']).id}", page=LIST, state="in_progress", tell="yes")
    assert _of(console, found["karim"]).state == "in_progress"
    assert _told(console, found["amina"]) == _told(console, found["karim"]) == []


def test_on_whatsapp_the_approved_form_goes_along_for_when_the_window_is_closed(console: Console) -> None:
    found = _people(console)
    mine = _of(console, found["karim"])
    console.as_role("adviser").post(f"{LIST}/{mine.id}", page=LIST, state="completed", tell="yes")
    (message,) = _told(console, found["karim"])
    assert message.args is not None
    assert message.content_template["key"] == "registration_update"
    reference, state = message.content_template["values"]
    assert reference == mine.reference
    assert "كملات" in state


def test_who_gets_the_place_that_became_free_is_told(console: Console) -> None:
    found = _people(console)
    browser = console.as_role("adviser")
    browser.post(f"{LIST}/{_of(console, found['karim']).id}", page=LIST, state="cancelled", tell="yes")
    assert _of(console, found["sara"]).state == "confirmed"
    assert [m.reply for m in _told(console, found["sara"])] == ["registration-update-confirmed"]


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("sara", "confirmed", 409),
        ("sara", "completed", 409),
        ("amina", "nonsense", 422),
        ("amina", "requested", 422),
    ],
)
def test_a_state_that_may_not_be_is_refused(console: Console, who: str, state: str, status: int) -> None:
    found = _people(console)
    before = _of(console, found[who])
    answer = console.as_role("adviser").post(f"{LIST}/{before.id}", page=LIST, state=state)
    assert answer.status_code == status
    check(answer.text, "fr")
    assert _of(console, found[who]).state == before.state


def test_many_are_changed_after_their_number_is_confirmed(console: Console) -> None:
    found = _people(console)
    browser = console.as_role("adviser")
    asked = browser.post(f"{LIST}/change", page=LIST, all="yes", to="in_progress", tell="yes")
    assert "2 inscriptions passent" in asked.text
    assert "1 inscription ne peut pas" in asked.text
    assert _of(console, found["amina"]).state == "requested"
    wrong = browser.post(f"{LIST}/change", page=LIST, all="yes", to="in_progress", sure="2")
    assert "Le nombre a changé" in wrong.text
    done = browser.post(f"{LIST}/change", page=LIST, all="yes", to="in_progress", tell="yes", sure="3")
    assert done.headers["location"].endswith("changed=2&left=1")
    assert "2 inscriptions changées" in browser.get(done.headers["location"]).text
    assert [_of(console, found[who]).state for who in found] == ["in_progress", "in_progress", "waiting"]
    assert len(_told(console, found["amina"])) == len(_told(console, found["karim"])) == 1


def test_only_the_chosen_are_changed_and_only_those_of_the_filter(console: Console) -> None:
    found = _people(console)
    browser = console.as_role("adviser")
    chosen = [str(_of(console, found["amina"]).id), str(_of(console, found["karim"]).id)]
    browser.post(f"{LIST}/change", page=LIST, chosen=chosen, city="fes", to="cancelled", sure="1")
    assert [_of(console, found[who]).state for who in found] == ["cancelled", "confirmed", "waiting"]
    nothing = browser.post(f"{LIST}/change", page=LIST, to="cancelled")
    assert nothing.status_code == 422
    assert "Cochez" in nothing.text


def test_an_adviser_of_fes_sees_and_moves_nobody_of_rabat(console: Console) -> None:
    found = _people(console)
    theirs = _of(console, found["karim"])
    console.add("of-fes", "adviser", cities=["fes"])
    browser = console.browser()
    browser.sign_in("of-fes")
    assert _names(browser, "") == {"Amina"}
    assert browser.get(f"{LIST}/{theirs.id}").status_code == 404
    assert browser.post(f"{LIST}/{theirs.id}", page=LIST, state="cancelled").status_code == 404
    browser.post(f"{LIST}/change", page=LIST, chosen=[str(theirs.id)], to="cancelled", sure="1")
    browser.post(f"{LIST}/change", page=LIST, all="yes", to="cancelled", sure="1")
    assert registration(console, theirs.id).state == "confirmed"
    assert _of(console, found["amina"]).state == "cancelled"
    exported = browser.get(f"{LIST}/export?kind=csv").content.decode("utf-8-sig")
    assert "Amina" in exported
    assert "Karim" not in exported


def test_an_export_follows_the_filter_and_is_audited(console: Console) -> None:
    _people(console)
    browser = console.as_role("adviser")
    answer = browser.get(f"{LIST}/export?kind=csv&city=rabat&state=waiting")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"].startswith("attachment")
    header, *rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert header[:3] == ["Référence", "État", "Formation"]
    assert [row[6] for row in rows] == ["Sara"]
    with console.database.session() as session:
        entry = audit.entries(session, actions=["registrations-exported"])[0]
        assert entry.detail == {
            "kind": "csv", "rows": 1, "phones": False, "filter_city": "rabat", "filter_state": "waiting",
        }  # fmt: skip


def test_an_export_for_excel_is_a_sheet(console: Console) -> None:
    _people(console)
    browser = console.as_role("reader")
    assert browser.get(f"{LIST}/export?kind=xlsx").status_code == 403
    browser = console.as_role("adviser")
    browser.post("/console/language", language="ar")
    sheet = load_workbook(io.BytesIO(browser.get(f"{LIST}/export?kind=xlsx").content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert len(rows) == 4
    assert rows[0][0] == "رقم التسجيل"
    assert sheet.sheet_view.rightToLeft
    assert rows[1][5] is None or rows[1][5].date() == TODAY + timedelta(days=9)


@pytest.mark.parametrize(
    ("role", "asked", "shown"),
    [
        ("adviser", "", False),
        ("adviser", "&phones=yes", False),
        ("supervisor", "", False),
        ("supervisor", "&phones=yes", True),
    ],
)
def test_phones_are_masked_unless_the_role_allows_and_asks(
    console: Console, role: Any, asked: str, shown: bool
) -> None:
    _people(console)
    text = console.as_role(role).get(f"{LIST}/export?kind=csv{asked}").content.decode("utf-8-sig")
    assert ("+212600000001" in text) is shown
    assert ("•••• 01" in text) is not shown
    if shown:
        assert "'+212600000001" in text, "a number begins like a formula"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_cell_of_an_export_is_a_formula(console: Console, hostile: str) -> None:
    fill(console, course("excel", title_fr=hostile))
    made = registered(console, console.says("salam", name=hostile, region=hostile))
    browser = console.as_role("adviser")
    browser.post(f"{LIST}/{made.id}", page=LIST, state="confirmed", note=hostile)
    text = browser.get(f"{LIST}/export?kind=csv").content.decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(text, newline=""))):
        assert not [cell for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]
    sheet = load_workbook(io.BytesIO(browser.get(f"{LIST}/export?kind=xlsx").content)).active
    assert sheet is not None
    for cells in sheet.iter_rows():
        for cell in cells:
            assert cell.data_type != "f"
            if isinstance(cell.value, str):
                assert not cell.value.lstrip().startswith(("=", "+", "@"))


def test_what_is_no_formula_is_left_as_it_is() -> None:
    for text in ("", "Amina", "a=b", "1-2", "'quoted'", "أمينة"):
        assert harmless(text) == text


def test_the_addresses_of_the_matrix_answer(console: Console) -> None:
    things = make_things(console)
    browser = console.as_role("reader")
    assert browser.get(address("GET /console/registrations/{registration_id}", things)).status_code == 200
