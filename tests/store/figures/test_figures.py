"""Figures: added up once, complete at once, the same either way, and still there when a person is not."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from actions.base import Option
from store.advisers import advisers
from store.advisers.access_scope import AccessScope
from store.advisers.advisers import NewAdviser
from store.conversations.outbound import OutboundRecord, store_unprompted
from store.core.clock import moroccan_day, utc_now
from store.core.database import Database
from store.core.regions import CITIES_OF_REGION, REGION_OF_CITY
from store.core.vocabulary import CITIES
from store.figures.funnel import funnel
from store.figures.rollup import start_of
from store.figures.times import percentile
from store.handover import requests as adviser_requests
from store.lifecycle import privacy
from store.people import consents
from store.registrations import registrations
from store.tables import Conversation, Message, Person, Registration
from tests.store import making
from tests.store.figures.talks import DAY, NOON, added_up, of_days, says, seen


def course(database: Database, course_id: str = "excel") -> str:
    with database.session() as session:
        making.load(session, making.course(course_id))
    return course_id


def everything(database: Database) -> None:
    """Three people, on two days and three channels."""
    says(database, "salam", known={"variety": "ary", "city": "fes"})
    says(database, "excel?", intent="find_course", reply="courses-found + menu", options=[
        Option("option-course", "course_details", {"course": "excel"}).as_dict(),
        Option("option-more", "more_results").as_dict(),
    ])  # fmt: skip
    says(database, "cloud", sender="+212600000002", intent="find_course", reply="nothing-found", entities=[
        {"entity": "topic", "value": "cloud"},
    ], known={"variety": "fr", "city": "rabat"})  # fmt: skip
    says(database, "1", sender="77", channel="telegram", intent="course_details", reply="course-page", options=[
        Option("option-register", "register", {"course": "excel"}).as_dict(),
    ], at=NOON + timedelta(days=1), known={"variety": "fr"})  # fmt: skip
    says(
        database,
        "??",
        sender="77",
        channel="telegram",
        intent="nlu_fallback",
        at=NOON + timedelta(days=1, hours=1),
    )


def test_numbers_of_a_period_are_the_same_before_and_after_its_days_are_added_up(database: Database) -> None:
    everything(database)
    wanted = of_days(until=DAY + timedelta(days=1))
    before = seen(database, wanted)
    assert added_up(database) > 1
    after = seen(database, wanted)
    assert before == after
    total = after.total
    assert (total.people, total.new_people, total.messages_in, total.messages_out) == (3, 3, 5, 5)
    assert (total.fallbacks, total.unanswered, total.segments) == (1, 1, 10)
    assert [step.people for step in funnel(total.stages)] == [3, 3, 2, 1, 0, 0]
    assert after.counts["shown"] == {"excel": 1}
    assert after.counts["told"] == {"excel": 1}
    assert after.counts["unanswered"] == {"cloud": 1}
    assert percentile(after.counts["answered"], 0.5) == pytest.approx(2, rel=0.2)


def test_a_day_is_added_up_once_and_only_when_it_is_over(database: Database) -> None:
    everything(database)
    first = start_of(DAY + timedelta(days=1))
    assert added_up(database, first + timedelta(minutes=30)) == 0
    assert added_up(database, first + timedelta(hours=2)) == 1
    assert added_up(database, first + timedelta(hours=2)) == 0
    assert seen(database, of_days()).total.messages_in == 3


def test_what_is_not_over_is_read_as_it_is_now(database: Database) -> None:
    today = moroccan_day(utc_now())
    says(database, "salam", at=utc_now() - timedelta(seconds=5))
    assert seen(database, of_days(today, today), utc_now()).total.messages_in == 1
    says(database, "encore", at=utc_now() - timedelta(seconds=3))
    assert seen(database, of_days(today, today), utc_now()).total.messages_in == 2


@pytest.mark.parametrize("rolled", [False, True])
@pytest.mark.parametrize(
    ("narrowed", "people_found"),
    [
        ({"channel": "sms"}, 2),
        ({"channel": "telegram"}, 1),
        ({"variety": "fr"}, 2),
        ({"city": "fes"}, 1),
        ({"city": "fes", "channel": "telegram"}, 0),
        ({"scope": AccessScope(("rabat",))}, 2),
        ({"scope": AccessScope((), "Oriental")}, 1),
        ({"region": "oriental"}, 0),
        ({"region": "fes_meknes"}, 1),
    ],
)
def test_figures_are_narrowed(
    database: Database, narrowed: dict[str, Any], people_found: int, rolled: bool
) -> None:
    everything(database)
    if rolled:
        added_up(database)
    found = seen(database, of_days(until=DAY + timedelta(days=1), **narrowed))
    assert found.total.people == people_found
    assert sum(each.people for each in found.numbers.get("city", {}).values()) == people_found
    assert (found.total.messages_in > 0) == (people_found > 0)
    assert ("told" in found.counts) == (found.total.stages[3] > 0)


def test_a_person_on_two_channels_is_one_person(database: Database) -> None:
    person_id, _ = says(database, "salam")
    with database.session() as session:
        conversation = Conversation(person_id=person_id, channel="web", opened_at=NOON, last_message_at=NOON)
        session.add(conversation)
        session.flush()
        session.add(
            Message(conversation_id=conversation.id, person_id=person_id, channel="web", direction="in",
                    text="salam", created_at=NOON, state="done", flagged=False)
        )  # fmt: skip
    for _ in ("live", "added up"):
        found = seen(database, of_days())
        assert found.total.people == 1
        assert found.numbers["day"][DAY.isoformat()].people == 1
        assert {name: each.people for name, each in found.numbers["channel"].items()} == {"sms": 1, "web": 1}
        added_up(database)


def test_registrations_completions_and_requests_count_when_they_happen(database: Database) -> None:
    course_id, now = course(database), utc_now()
    person_id, _ = says(database, "salam", at=now - timedelta(minutes=5))
    with database.session() as session:
        consents.record_consent(session, person_id, "registration", "1", True, now)
        made = registrations.register(session, person_id, course_id, now=now - timedelta(minutes=2))
        assert isinstance(made, Registration)
        registrations.change_state(session, made.id, "completed", "system", now - timedelta(minutes=1))
        request = adviser_requests.request(session, person_id, "asked")
        request.created_at = now - timedelta(seconds=100)
    today = moroccan_day(now)
    with database.session() as session:
        found = store_unprompted(
            session, session.query(Conversation).one().id, [OutboundRecord(reply_keys=(), text="me voici")]
        )
        found[0].author_kind, found[0].author_adviser_id = "adviser", uuid.uuid4()
        found[0].created_at = now
    found_figures = seen(database, of_days(today - timedelta(days=1), today), now + timedelta(seconds=1))
    total = found_figures.total
    assert (total.registrations, total.completions, total.handed_over) == (1, 1, 1)
    assert [step.people for step in funnel(total.stages)] == [1] * 6
    assert found_figures.counts["registered"] == found_figures.counts["completed"] == {course_id: 1}
    assert found_figures.counts["handed-over"] == {"asked": 1}
    assert percentile(found_figures.counts["adviser-answered"], 0.5) == pytest.approx(100, rel=0.2)


@pytest.mark.parametrize("rolled", [False, True])
def test_numbers_of_a_person_stay_when_they_are_erased(database: Database, rolled: bool) -> None:
    everything(database)
    wanted = of_days(until=DAY + timedelta(days=1))
    if rolled:
        added_up(database)
    before = seen(database, wanted)
    with database.session() as session:
        person_id = session.query(Person).filter_by(city="fes").one().id
        privacy.erase_person(session, person_id, NOON + timedelta(days=3))
    for _ in ("as it is", "added up"):
        assert seen(database, wanted) == before
        added_up(database)
    with database.engine.connect() as connection:
        told = connection.exec_driver_sql("select who::text from figure_days").scalars().all()
    assert str(person_id) not in told


def test_what_fails_to_arrive_counts_by_its_reason(database: Database) -> None:
    _, message_id = says(database, "salam")
    with database.session() as session:
        ours = session.query(Message).filter_by(in_reply_to=message_id).one()
        ours.delivery_state, ours.delivery_detail = "failed", "unreachable"
        ours.delivery_at = NOON + timedelta(hours=2)
    assert seen(database, of_days()).counts["failed"] == {"unreachable": 1}
    added_up(database)
    assert seen(database, of_days()).counts["failed"] == {"unreachable": 1}


def test_half_and_nearly_all() -> None:
    assert percentile({}, 0.5) is None
    seconds = {"0": 50, "40": 50}
    assert percentile(seconds, 0.5) == pytest.approx(0.01 * 2**0.25)
    assert percentile(seconds, 0.95) == pytest.approx(0.01 * 2 ** (40.9 / 4))


def test_who_comes_further_came_through_every_step() -> None:
    steps = funnel((1, 2, 0, 0, 3, 4))
    assert [step.people for step in steps] == [10, 9, 7, 7, 7, 4]
    assert [step.lost for step in steps] == [
        None,
        pytest.approx(0.1),
        pytest.approx(2 / 9),
        0,
        0,
        pytest.approx(3 / 7),
    ]
    assert [step.lost for step in funnel((0,) * 6)] == [None] * 6


def test_every_city_is_of_one_region() -> None:
    assert set(REGION_OF_CITY) == set(CITIES)
    assert sum(len(cities) for cities in CITIES_OF_REGION.values()) == len(CITIES)


def test_a_place_in_peoples_own_words_is_in_no_figure_but_a_scopes_is(database: Database) -> None:
    with database.session() as session:
        advisers.add(session, NewAdviser("haouz", "Haouz", "no password", region="Al Haouz"))
    says(
        database, "salam", sender="+212600000001", known={"region": "Douar Oulad Ali"}, reply="nothing-found"
    )
    says(database, "salam", sender="+212600000002", known={"region": "Al Haouz"}, reply="nothing-found")
    added_up(database)
    with database.session() as session:
        for table in ("figure_days", "figure_counts"):
            rows = str(session.execute(text(f"select t::text from {table} t")).all())
            assert "Oulad Ali" not in rows
            assert "Al Haouz" in rows
    for scope, people_seen in ((AccessScope(region="Al Haouz"), 1), (AccessScope(), 2)):
        assert seen(database, of_days(scope=scope)).total.people == people_seen
