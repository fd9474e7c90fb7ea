"""Courses in the console: edits that outlive an import, publishing, sessions, imports with a preview."""

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.nlu.folding import fold
from store.catalogue import courses as catalogue
from store.tables import Course, CourseSession, Provider
from tests.console.conftest import Browser, Console
from tests.console.course_things import TODAY, course, fill, registered, registration
from tests.console.pages_checked import check

LIST = "/console/courses"
#: What the form of a course sends, as it is filled in for the course `excel` below.
FORM = {"title": "Excel", "title_language": "fr", "provider": "ofppt", "topics": ["cloud"], "source": "a test",
        "mode": "online"}  # fmt: skip


def _course(console: Console, course_id: str = "excel") -> Course:
    with console.database.session() as session:
        found = session.get(Course, course_id)
        assert found is not None
        return found


def _edit(console: Console, **changed: Any) -> Any:
    return console.as_role("supervisor").post(f"{LIST}/excel", page=LIST, **(FORM | changed))


def test_an_edit_stays_when_the_catalogue_is_imported_again(console: Console) -> None:
    fill(console)
    assert _edit(console, title_fr="Tableur pour tous", duration="PT20H").status_code == 303
    edited = _course(console)
    assert (edited.title_fr, edited.effort_hours) == ("Tableur pour tous", 20)
    assert {"title_fr", "duration"} <= set(edited.edited_columns)
    fill(console, course("excel", title="Excel 2", title_fr="Excel de base", duration="PT5H"))
    kept = _course(console)
    assert (kept.title, kept.title_fr, kept.effort_hours) == ("Excel 2", "Tableur pour tous", 20)
    assert fold("Tableur pour tous") in kept.title_fold
    assert fold("Excel de base") not in kept.title_fold


def test_what_was_edited_is_found_at_once_and_in_any_script(console: Console) -> None:
    fill(console)
    _edit(console, title_ar="جداول الحساب")
    with console.database.session() as session:
        found = catalogue.find_course_by_title(session, "جداول الحساب", fold)
        assert found is not None
        assert found.id == "excel"
    assert "excel" in console.as_role("reader").get(f"{LIST}?q=جداول").text


def test_a_column_is_given_back_to_the_imports(console: Console) -> None:
    fill(console)
    _edit(console, title_fr="Tableur")
    browser = console.as_role("supervisor")
    browser.post(f"{LIST}/excel/release", page=LIST, column="title_fr")
    fill(console)
    assert _course(console).title_fr == "Excel de base"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "À remplir"),
        ({"url": "javascript:alert(1)"}, "Cette écriture"),
        ({"duration": "vingt heures"}, "Une durée"),
        ({"provider": "nobody"}, "organisme"),
        ({"topics": []}, "À remplir"),
        ({"topics": ["magic"]}, "Valeur inconnue"),
        ({"checked_on": "hier"}, "Une date"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    console: Console, changed: dict[str, Any], words: str
) -> None:
    fill(console)
    answer = _edit(console, **changed)
    assert answer.status_code == 422
    assert words in answer.text
    check(answer.text, "fr")
    assert _course(console).edited_columns == []


def test_a_new_course_is_closed_until_published_and_no_import_withdraws_it(console: Console) -> None:
    fill(console)
    browser = console.as_role("supervisor")
    made = browser.post(f"{LIST}/new", page=LIST, id="couture", **(FORM | {"title": "Couture"}))
    assert made.headers["location"] == f"{LIST}/couture"
    assert _course(console, "couture").status == "closed"
    again = browser.post(f"{LIST}/new", page=LIST, id="couture", **FORM)
    assert (again.status_code, "Déjà pris" in again.text) == (422, True)
    browser.post(f"{LIST}/couture/status", page=LIST, status="open")
    fill(console)
    kept = _course(console, "couture")
    assert (kept.status, kept.withdrawn_at) == ("open", None)


def test_publishing_and_closing_stay(console: Console) -> None:
    fill(console)
    browser = console.as_role("supervisor")
    browser.post(f"{LIST}/excel/status", page=LIST, status="closed")
    fill(console)
    assert _course(console).status == "closed"
    assert browser.post(f"{LIST}/excel/status", page=LIST, status="gone").status_code == 422


def test_a_session_is_added_and_a_higher_limit_gives_places_to_who_waits(console: Console) -> None:
    fill(console)
    browser = console.as_role("supervisor")
    start = str(TODAY + timedelta(days=20))
    browser.post(f"{LIST}/excel/sessions", page=LIST, starts_on=start, capacity="1")
    first = registered(console, console.says("un", "+212600000001"))
    second = registered(console, console.says("deux", "+212600000002"))
    assert (first.state, second.state) == ("confirmed", "waiting")
    assert first.session_id == f"excel@{start}"
    browser.post(f"{LIST}/excel/sessions", page=LIST, session=first.session_id, starts_on=start, capacity="2")
    assert registration(console, second.id).state == "confirmed"
    fill(console)
    with console.database.session() as session:
        run = session.get_one(CourseSession, first.session_id)
        assert (run.withdrawn_at, run.capacity) == (None, 2)
    wrong = browser.post(f"{LIST}/excel/sessions", page=LIST, starts_on=start, ends_on=str(TODAY))
    assert (wrong.status_code, "précède" in wrong.text) == (422, True)
    check(wrong.text, "fr")


def test_what_was_checked_longest_ago_stands_first(console: Console) -> None:
    old, new = TODAY - timedelta(days=400), TODAY - timedelta(days=2)
    fill(console, course("fresh", checked_on=new), course("old", checked_on=old), course("never"))
    browser = console.as_role("supervisor")
    page = browser.get(LIST).text
    order = re.findall(r'<td><a href="/console/courses/(\w+)">', page)
    assert order == ["never", "old", "fresh"]
    assert re.findall(r'<td><a href="/console/courses/(\w+)">', browser.get(f"{LIST}?only=stale").text) == [
        "never", "old",
    ]  # fmt: skip
    browser.post(f"{LIST}/old/checked", page=LIST)
    fill(console, course("fresh", checked_on=new), course("old", checked_on=old), course("never"))
    assert _course(console, "old").checked_on == TODAY


def test_providers_and_agencies_are_edited_like_courses(console: Console) -> None:
    fill(console)
    browser = console.as_role("supervisor")
    browser.post("/console/providers/ofppt", page=LIST, name="Office de la formation")
    browser.post("/console/agencies/ofppt", page=LIST, name_fr="Agence", source="moi", phone="+212535000000")
    fill(console)
    with console.database.session() as session:
        assert session.get_one(Provider, "ofppt").name == "Office de la formation"
        (agency,) = catalogue.agencies(session)
        assert (agency.name_fr, agency.phone, agency.city) == ("Agence", "+212535000000", None)
    assert fold("Office de la formation") in _course(console).text_fold
    for path in ("/console/agencies", "/console/providers/ofppt", "/console/agencies/ofppt"):
        check(browser.get(path).text, "fr")
    assert browser.post("/console/agencies/new", page=LIST, id="fes", source="moi").status_code == 303


# Imports

_HEADER = "id,name_fr,name_ar,city,address_fr,address_ar,phone,hours_fr,hours_ar,url,source,checked_on\n"


def _send(browser: Browser, **files: str | bytes) -> Any:
    sent = {name: (f"{name}.csv", text, "text/csv") for name, text in files.items()}
    return browser.client.post(f"{LIST}/import", data={"csrf": browser.csrf(LIST)}, files=sent)


def test_an_import_is_shown_first_and_done_when_confirmed(console: Console) -> None:
    fill(console)
    browser = console.as_role("supervisor")
    text = _HEADER + "ofppt,Agence de Fès-Médina,,fes,,,,,,,a test,\nrabat,Agence,,rabat,,,,,,,a test,\n"
    shown = _send(browser, agencies=text)
    assert shown.status_code == 200
    check(shown.text, "fr")
    assert "Ajouts : 1" in shown.text
    assert "Changements : 1" in shown.text
    assert re.search(
        r"<del><bdi>Agence de Fès</bdi></del>.*<ins><bdi>Agence de Fès-Médina</bdi></ins>", shown.text
    )
    with console.database.session() as session:
        assert len(catalogue.agencies(session)) == 1, "nothing is done before it is confirmed"
    confirm = re.search(r'action="(/console/courses/import/[^"]+)"', shown.text)
    assert confirm is not None
    assert browser.post(confirm[1], page=LIST, changes="7").status_code == 409
    assert browser.post(confirm[1], page=LIST, changes="2").status_code == 303
    with console.database.session() as session:
        assert {each.name_fr for each in catalogue.agencies(session)} == {"Agence de Fès-Médina", "Agence"}
    assert _course(console).withdrawn_at is None, "what was not sent is left as it is"
    assert browser.post(confirm[1], page=LIST, changes="2").status_code == 404


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (_HEADER + "x,,,atlantis,,,,,,,a test,\n", "2", "Valeur inconnue"),
        (_HEADER + "x,,,,,,,,,,,\n", "2", "À remplir"),
        (_HEADER + "x,,,,,,,,,,a,\nx,,,,,,,,,,b,\n", "3", "déjà sur une autre ligne"),
        (_HEADER + "x,1,2\n", "2", "Nombre de cases"),
        ("id,colour\n", "1", "Colonne inconnue"),
        (b"\xff\xfe\x00", "", "UTF-8"),
    ],
)
def test_a_faulty_file_is_refused_with_row_and_reason(
    console: Console, content: str | bytes, line: str, words: str
) -> None:
    fill(console)
    answer = _send(console.as_role("supervisor"), agencies=content)
    assert answer.status_code == 422
    assert words in answer.text
    assert f"<td>{line}</td>" in answer.text or not line
    assert "/console/courses/import/" not in answer.text
    check(answer.text, "fr")


def test_what_was_exported_is_what_an_import_reads(console: Console) -> None:
    fill(console, course("excel", title="=1+1", title_fr="-2", summary_fr="@x", starts_on=TODAY, capacity=3))
    browser = console.as_role("supervisor")
    exported = browser.get(f"{LIST}/export?file=courses.csv")
    assert "'=1+1" in exported.content.decode("utf-8-sig")
    assert ",=" not in exported.content.decode("utf-8-sig")
    assert "ne changent rien" in _send(browser, courses=exported.content).text
    assert browser.get(f"{LIST}/export?file=passwords.csv").status_code == 404


def test_pages_hold_in_both_languages(console: Console) -> None:
    fill(console)
    browser = console.as_role("supervisor")
    for language in ("fr", "ar"):
        browser.post("/console/language", language=language)
        for path in (LIST, f"{LIST}/excel", f"{LIST}/new", f"{LIST}/import", f"{LIST}/excel/notify",
                     "/console/agencies", "/console/agencies/new", "/console/providers/new"):  # fmt: skip
            page = browser.get(path)
            assert page.status_code == 200, path
            check(page.text, language)
    reader = console.as_role("reader").get(f"{LIST}/excel").text
    assert "<textarea" not in reader
    assert f"{LIST}/excel/status" not in reader
