"""A course is told to those who asked for such a one."""

from typing import Any

import pytest

from store.outreach import alert_matches, alerts, opt_out
from store.people import consents
from store.tables import Course
from takwin.jobs.course_alerts import tell_of_courses
from tests.console.conftest import Console, Said
from tests.console.course_things import agrees, course, fill
from tests.console.pages_checked import check

LIST = "/console/courses"


def _wants(console: Console, sender: str, channel: str, *topics: str, **more: Any) -> Said:
    city = more.pop("alert_city", None)
    said = console.says("salam", sender, channel, **more)
    agrees(console, said.person_id, "alerts")
    with console.database.session() as session:
        alerts.subscribe(session, said.person_id, topics, city)
    return said


def _tell(console: Console, hour: int = 12) -> int:
    at = console.clock().replace(hour=hour, minute=0)
    return tell_of_courses(console.database, console.services.notifier, at)


def _alerts(console: Console, said: Said) -> list[Any]:
    return [m for m in console.messages(said.conversation_id) if m.reply == "course-alert"]


def test_who_asked_for_such_a_course_is_told_once(console: Console) -> None:
    fill(console)
    by_sms = _wants(console, "+212600000001", "sms", "cloud", variety="fr")
    by_whatsapp = _wants(console, "+212600000002", "whatsapp", variety="ary")
    other_topic = _wants(console, "+212600000003", "sms", "sales")
    opted_out = _wants(console, "+212600000004", "sms", "cloud")
    withdrew = _wants(console, "+212600000005", "sms", "cloud")
    with console.database.session() as session:
        opt_out.opt_out(session, opted_out.person_id, "sms", "test")
        consents.record_consent(session, withdrew.person_id, "alerts", "test", False)
    browser = console.as_role("supervisor")
    page = browser.get(f"{LIST}/excel/notify").text
    check(page, "fr")
    assert "2 personnes ont demandé" in page
    assert "Coût : 1 SMS" in page
    assert browser.post(f"{LIST}/excel/notify", page=LIST, sure="9").status_code == 409
    assert browser.post(f"{LIST}/excel/notify", page=LIST, sure="2").status_code == 303
    assert _tell(console, hour=2) == 0, "nobody is woken"
    assert _tell(console) == 2
    assert _tell(console) == 0
    (sms,) = _alerts(console, by_sms)
    assert "Excel de base" in sms.text
    assert "STOP" in sms.text
    assert sms.segments == 1
    assert [option["intent"] for option in sms.options] == ["course_details", "register"]
    (whatsapp,) = _alerts(console, by_whatsapp)
    assert whatsapp.content_template == {"key": "course_alert", "values": ["أساسيات إكسل"]}
    for said in (other_topic, opted_out, withdrew):
        assert _alerts(console, said) == []
    again = browser.get(f"{LIST}/excel/notify").text
    assert "Prévenues : 2" in again
    assert "Personne de plus" in again


@pytest.mark.parametrize("what", ["opts out", "withdraws", "ends", "closed"])
def test_who_changes_their_mind_before_their_turn_is_left_out(console: Console, what: str) -> None:
    fill(console)
    said = _wants(console, "+212600000001", "sms", "cloud")
    browser = console.as_role("supervisor")
    browser.post(f"{LIST}/excel/notify", page=LIST, sure="1")
    with console.database.session() as session:
        if what == "opts out":
            opt_out.opt_out(session, said.person_id, "sms", "test")
        elif what == "withdraws":
            consents.record_consent(session, said.person_id, "alerts", "test", False)
        elif what == "ends":
            alerts.unsubscribe_all(session, said.person_id)
    if what == "closed":
        browser.post(f"{LIST}/excel/status", page=LIST, status="closed")
    assert _tell(console) == 1
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
