"""Courses in the console: edits that outlive an import, publishing, sessions, imports with a preview, links, alerts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.nlu.folding import fold
from channels.queue import Deferrer
from channels.render import Renderer
from store import alert_matches, alerts, catalogue, link_checks, opt_out, people
from store.clock import utc_now
from store.course_lists import is_dead
from store.tables import Course, CourseSession, LinkCheck, Provider
from takwin.cli import app
from takwin.console import ConsoleChores
from takwin.link_check import LinkChecker, check_due
from tests.console.conftest import Browser, Console, Said
from tests.console.course_things import TODAY, agrees, course, fill, registered, registration
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


# Links


class _Answers(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        path = self.path.partition("?")[0]
        status = {"/gone": 404, "/good": 200, "/only-get": 405, "/moved": 302, "/loop": 302}.get(path, 500)
        if self.command == "GET" and path == "/only-get":
            status = 200
        self.send_response(status)
        if status == 302:
            self.send_header("location", "/good" if path == "/moved" else "/loop")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def website() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_links_are_checked_and_what_came_of_it_is_kept(console: Console, website: str) -> None:
    fill(
        console,
        *(course(name, url=f"{website}/{name}") for name in ("good", "gone", "only-get", "moved", "loop")),
    )
    browser = console.as_role("supervisor")
    assert browser.post(f"{LIST}/links", page=LIST).headers["location"] == f"{LIST}?links=5"
    assert check_due(console.database, LinkChecker(private=True), utc_now) == 5
    assert check_due(console.database, LinkChecker(private=True), utc_now) == 0
    with console.database.session() as session:
        rows = link_checks.checked(session, utc_now() - timedelta(minutes=1))
        dead = {row.url.rpartition("/")[2] for row in rows if is_dead(row)}
    assert dead == {"gone", "loop"}
    page = browser.get(f"{LIST}?only=dead").text
    assert set(re.findall(r'<td><a href="/console/courses/([\w-]+)">', page)) == dead
    check(browser.get(f"{LIST}/gone").text, "fr")


def test_the_command_tells_of_the_links_the_catalogue_has_now(
    console: Console, website: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line each, however long; what an earlier catalogue had is not told again."""
    long = f"gone?{'x' * 150}"
    fill(console, course("one", url=f"{website}/{long}"), course("two", url=f"{website}/good"))
    opened = contextmanager(lambda _: iter([(console.database, "")]))
    monkeypatch.setattr("takwin.serve.open_database", opened)

    def told() -> list[str]:
        done = CliRunner().invoke(app, ["catalogue", "check-links"])
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    unasked = told()
    assert f"not-public  {website}/good" in unasked
    assert unasked[-2:] == ["2 links, 0 lead nowhere", "2 not asked: addresses that are not public"]
    monkeypatch.setattr("takwin.link_check.LinkChecker", partial(LinkChecker, private=True))
    assert told() == [f"404  {website}/{long}", "2 links, 1 lead nowhere"]
    with console.database.session() as session:
        session.execute(update(Course).where(Course.id == "one").values(url=f"{website}/moved"))
    assert told() == ["2 links, 0 lead nowhere"]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://127.0.0.1:1/", "not-public"),
        ("http://localhost/", "not-public"),
        ("http://[::1]/", "not-public"),
        ("http://10.0.0.1/", "not-public"),
        ("http://169.254.169.254/latest/meta-data", "not-public"),
        ("http://[::ffff:127.0.0.1]/", "not-public"),
        ("http://0.0.0.0/", "not-public"),
        ("file:///etc/passwd", "not-web"),
        ("ftp://example.org/", "not-web"),
        ("http://user:pass@example.org/", "not-web"),
        ("http://no-such-host.invalid/", "no-host"),
    ],
)
def test_no_machine_of_our_own_network_is_asked(url: str, problem: str) -> None:
    assert LinkChecker(timeout=2).check_one(url).problem == problem


def test_a_name_that_leads_to_us_or_a_redirection_there_is_not_followed(website: str) -> None:
    port = website.rpartition(":")[2]
    inside = LinkChecker(resolve=lambda _host, _port: ["127.0.0.1"])
    assert inside.check_one(f"http://courses.example:{port}/good").problem == "not-public"
    both = LinkChecker(resolve=lambda _host, _port: ["93.184.216.34", "127.0.0.1"])
    assert both.check_one("http://courses.example/").problem == "not-public"


# Telling who asked for such a course


def _wants(console: Console, sender: str, channel: str, *topics: str, **more: Any) -> Said:
    city = more.pop("alert_city", None)
    said = console.says("salam", sender, channel, **more)
    agrees(console, said.person_id, "alerts")
    with console.database.session() as session:
        alerts.subscribe(session, said.person_id, topics, city)
    return said


def _tell(console: Console, replies: Renderer, hour: int = 12) -> int:
    at = console.clock().replace(hour=hour, minute=0)
    return ConsoleChores(console.database, replies, Deferrer()).tell_of_courses(at)


def _alerts(console: Console, said: Said) -> list[Any]:
    return [m for m in console.messages(said.conversation_id) if m.reply == "course-alert"]


def test_who_asked_for_such_a_course_is_told_once(console: Console, replies: Renderer) -> None:
    fill(console)
    by_sms = _wants(console, "+212600000001", "sms", "cloud", variety="fr")
    by_whatsapp = _wants(console, "+212600000002", "whatsapp", variety="ary")
    other_topic = _wants(console, "+212600000003", "sms", "sales")
    opted_out = _wants(console, "+212600000004", "sms", "cloud")
    withdrew = _wants(console, "+212600000005", "sms", "cloud")
    with console.database.session() as session:
        opt_out.opt_out(session, opted_out.person_id, "sms", "test")
        people.record_consent(session, withdrew.person_id, "alerts", "test", False)
    browser = console.as_role("supervisor")
    page = browser.get(f"{LIST}/excel/notify").text
    check(page, "fr")
    assert "2 personnes ont demandé" in page
    assert "Coût : 1 SMS" in page
    assert browser.post(f"{LIST}/excel/notify", page=LIST, sure="9").status_code == 409
    assert browser.post(f"{LIST}/excel/notify", page=LIST, sure="2").status_code == 303
    assert _tell(console, replies, hour=2) == 0, "nobody is woken"
    assert _tell(console, replies) == 2
    assert _tell(console, replies) == 0
    (sms,) = _alerts(console, by_sms)
    assert "Excel de base" in sms.text
    assert "STOP" in sms.text
    assert sms.segments == 1
    assert [option["intent"] for option in sms.options] == ["course_details", "register"]
    (whatsapp,) = _alerts(console, by_whatsapp)
    assert whatsapp.args["$template"] == {"key": "course_alert", "values": ["أساسيات إكسل"]}
    for said in (other_topic, opted_out, withdrew):
        assert _alerts(console, said) == []
    again = browser.get(f"{LIST}/excel/notify").text
    assert "Prévenues : 2" in again
    assert "Personne de plus" in again


@pytest.mark.parametrize("what", ["opts out", "withdraws", "ends", "closed"])
def test_who_changes_their_mind_before_their_turn_is_left_out(
    console: Console, replies: Renderer, what: str
) -> None:
    fill(console)
    said = _wants(console, "+212600000001", "sms", "cloud")
    browser = console.as_role("supervisor")
    browser.post(f"{LIST}/excel/notify", page=LIST, sure="1")
    with console.database.session() as session:
        if what == "opts out":
            opt_out.opt_out(session, said.person_id, "sms", "test")
        elif what == "withdraws":
            people.record_consent(session, said.person_id, "alerts", "test", False)
        elif what == "ends":
            alerts.unsubscribe_all(session, said.person_id)
    if what == "closed":
        browser.post(f"{LIST}/excel/status", page=LIST, status="closed")
    assert _tell(console, replies) == 1
    assert _alerts(console, said) == []
    with console.database.session() as session:
        assert alert_matches.progress(session, "excel") == {"skipped": 1}


@pytest.mark.parametrize(
    ("alert_city", "mode", "city", "expected"),
    [(None, "in_person", "fes", 1), ("fes", "in_person", "fes", 1), ("rabat", "in_person", "fes", 0),
     ("rabat", "online", None, 1)],
)  # fmt: skip
def test_a_class_is_told_in_its_city_an_online_course_everywhere(
    console: Console, alert_city: str | None, mode: str, city: str | None, expected: int
) -> None:
    fill(console, course("excel", mode=mode, city=city))
    _wants(console, "+212600000001", "sms", "cloud", alert_city=alert_city)
    with console.database.session() as session:
        found = session.get(Course, "excel")
        assert found is not None
        assert alert_matches.audience(session, found).total == expected


def test_a_closed_course_is_told_to_nobody(console: Console) -> None:
    fill(console, course("excel", status="closed"))
    _wants(console, "+212600000001", "sms", "cloud")
    answer = console.as_role("supervisor").post(f"{LIST}/excel/notify", page=LIST, sure="1")
    assert answer.status_code == 409
    with console.database.session() as session:
        assert alert_matches.progress(session, "excel") == {}


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


def test_a_link_table_row_is_told_dead_or_not() -> None:
    for status, problem, dead in ((200, None, False), (404, None, True), (403, None, False), (None, "timeout", True),
                                  (None, "not-public", False), (None, None, False)):  # fmt: skip
        assert is_dead(LinkCheck(url="x", status=status, problem=problem)) is dead
