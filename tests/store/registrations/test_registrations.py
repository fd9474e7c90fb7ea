"""Registrations: one active per person and course, no more than there are places, every change kept."""

import itertools
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from store.core.database import Database
from store.people.consents import ConsentMissing
from store.people.people import PersonUnknown
from store.registrations import registrations
from store.registrations.registrations import IllegalTransition, Refused, SessionFull
from store.tables import CourseSession, Registration
from tests.store.making import NOW, TODAY, at_once, course, load, person


@pytest.fixture
def someone(database: Database) -> uuid.UUID:
    """Who agreed to being registered, where there are courses: `free`, `small` with two places, and closed ones."""
    with database.session() as session:
        load(
            session,
            course("free"),
            course("small", mode="in_person", city="fes", capacity=2, starts_on=TODAY + timedelta(days=10)),
            course("shut", status="closed"),
            course("old", status="historic"),
            course("over", ends_on=TODAY - timedelta(days=1)),
            course("begun", mode="in_person", starts_on=TODAY - timedelta(days=1)),
            course("last-day", registration_closes_on=TODAY),
        )
        return person(session, "someone", "registration")


def _register(database: Database, who: uuid.UUID, course_id: str) -> Registration:
    with database.session() as session:
        made = registrations.register(session, who, course_id, now=NOW)
        assert isinstance(made, Registration)
        return made


def _people(database: Database, count: int) -> list[uuid.UUID]:
    with database.session() as session:
        return [person(session, f"p{n}", "registration") for n in range(count)]


def test_a_course_taken_at_any_time(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    assert (made.state, made.session_id) == ("requested", None)
    with database.session() as session:
        [change] = registrations.changes_of(session, made.id)
        assert (change.from_state, change.to_state, change.author, change.at) == (
            None,
            "requested",
            "person",
            NOW,
        )


def test_a_second_time_is_refused_with_the_first(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    with database.session() as session:
        again = registrations.register(session, someone, "free", now=NOW)
        assert isinstance(again, Refused)
        assert again.reason == "already"
        assert again.existing is not None
        assert again.existing.reference == made.reference


def test_a_turn_run_again_gets_the_same_registration(database: Database, someone: uuid.UUID) -> None:
    with database.session() as session:
        first = registrations.register(session, someone, "free", request_id="message-1")
        again = registrations.register(session, someone, "free", request_id="message-1")
        other = registrations.register(session, someone, "free", request_id="message-2")
    assert first is again
    assert isinstance(other, Refused)


def test_asked_for_many_times_at_once_it_is_one(database: Database, someone: uuid.UUID) -> None:
    def ask() -> Registration | Refused:
        with database.session() as session:
            return registrations.register(session, someone, "small", now=NOW)

    answers = at_once(*[ask] * 6)
    assert sum(isinstance(one, Registration) for one in answers) == 1
    assert {one.reason for one in answers if isinstance(one, Refused)} == {"already"}
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Registration)) == 1


def test_after_cancelling_one_may_register_again(database: Database, someone: uuid.UUID) -> None:
    first = _register(database, someone, "free")
    with database.session() as session:
        registrations.cancel(session, first.id)
        again = registrations.register(session, someone, "free")
        assert isinstance(again, Registration)
        assert again.reference != first.reference
        assert [one.id for one in registrations.of_person(session, someone, active_only=True)] == [again.id]
        assert len(registrations.of_person(session, someone)) == 2


@pytest.mark.parametrize(
    ("course_id", "reason"),
    [
        ("shut", "closed"),
        ("old", "historic"),
        ("over", "expired"),
        ("begun", "expired"),
        ("nothing", "unknown"),
    ],
)
def test_what_one_cannot_register_for(
    database: Database, someone: uuid.UUID, course_id: str, reason: str
) -> None:
    with database.session() as session:
        assert registrations.register(session, someone, course_id, now=NOW) == Refused(reason)  # type: ignore[arg-type]
        asked = registrations.refusal(session, someone, course_id, now=NOW)
        assert asked == Refused(reason)  # type: ignore[arg-type]
        assert registrations.of_person(session, someone) == []


def test_the_last_day_is_a_day_in_morocco(database: Database, someone: uuid.UUID) -> None:
    with database.session() as session:
        assert registrations.refusal(session, someone, "last-day", now=NOW) is None
        evening = NOW.replace(hour=22, minute=59)
        assert registrations.refusal(session, someone, "last-day", now=evening) is None
        assert (
            registrations.refusal(session, someone, "last-day", now=evening + timedelta(hours=1, minutes=1))
            is not None
        )


def test_a_withdrawn_course_takes_nobody(database: Database, someone: uuid.UUID) -> None:
    with database.session() as session:
        load(session, course("other"))
        assert registrations.register(session, someone, "free", now=NOW) == Refused("closed")


def test_a_session_must_be_one_of_the_course(database: Database, someone: uuid.UUID) -> None:
    with database.session() as session:
        assert registrations.register(session, someone, "small", "free@any", now=NOW) == Refused("unknown")
        run = f"small@{TODAY + timedelta(days=10)}"
        made = registrations.register(session, someone, "small", run, now=NOW)
        assert isinstance(made, Registration)
        assert made.session_id == run


def test_nobody_is_registered_without_consent(database: Database) -> None:
    with database.session() as session:
        load(session, course("free"))
        with pytest.raises(ConsentMissing):
            registrations.register(session, person(session, "silent"), "free")
        with pytest.raises(PersonUnknown):
            registrations.register(session, uuid.uuid4(), "free")


def test_places_then_a_waiting_list_then_promotion(database: Database, someone: uuid.UUID) -> None:
    first, second, third, fourth = (
        _register(database, who, "small") for who in [someone, *_people(database, 3)]
    )
    assert [one.state for one in (first, second, third, fourth)] == [
        "confirmed",
        "confirmed",
        "waiting",
        "waiting",
    ]
    assert third.session_id is not None
    with database.session() as session:
        assert registrations.seats_left(session, third.session_id) == 0
        assert registrations.waiting_position(session, first) is None
        assert [registrations.waiting_position(session, one) for one in (third, fourth)] == [1, 2]
        with pytest.raises(SessionFull):
            registrations.change_state(session, third.id, "confirmed", "adviser:1")
        registrations.cancel(session, first.id, now=NOW)
        states = [registrations.find(session, one.id).state for one in (second, third, fourth)]
        assert states == ["confirmed", "confirmed", "waiting"]
        last = registrations.changes_of(session, third.id)[-1]
        assert (last.from_state, last.to_state, last.author) == ("waiting", "confirmed", "system")


def test_a_cancelled_wait_promotes_nobody(database: Database, someone: uuid.UUID) -> None:
    made = [_register(database, who, "small") for who in [someone, *_people(database, 3)]]
    with database.session() as session:
        registrations.cancel(session, made[2].id)
        assert registrations.find(session, made[3].id).state == "waiting"


def test_racing_for_the_last_place_gives_one_place(database: Database, someone: uuid.UUID) -> None:
    _register(database, someone, "small")  # of its two places one is left
    racers = _people(database, 6)
    made = at_once(*[lambda who=who: _register(database, who, "small") for who in racers])
    assert sorted(one.state for one in made) == ["confirmed", *["waiting"] * 5]


def test_places_given_back_at_once_go_to_as_many_who_wait(database: Database, someone: uuid.UUID) -> None:
    made = [_register(database, who, "small") for who in [someone, *_people(database, 4)]]

    def cancel(one: Registration) -> None:
        with database.session() as session:
            registrations.cancel(session, one.id)

    at_once(lambda: cancel(made[0]), lambda: cancel(made[1]), lambda: cancel(made[2]))
    with database.session() as session:
        states = [registrations.find(session, one.id).state for one in made]
    assert states == ["cancelled"] * 3 + ["confirmed"] * 2


def test_a_raised_limit_has_places_for_who_waits(database: Database, someone: uuid.UUID) -> None:
    made = [_register(database, who, "small") for who in [someone, *_people(database, 3)]]
    with database.session() as session:
        load(
            session,
            course("small", mode="in_person", city="fes", capacity=3, starts_on=TODAY + timedelta(days=10)),
        )
        assert [registrations.find(session, one.id).state for one in made[2:]] == ["confirmed", "waiting"]


def test_the_earliest_session_with_a_place_is_chosen(database: Database, someone: uuid.UUID) -> None:
    with database.session() as session:
        for name, day, places in (("b", 20, 1), ("c", 30, 1)):
            session.add(
                CourseSession(
                    id=name, course_id="free", starts_on=TODAY + timedelta(days=day), capacity=places
                )
            )
        session.add(
            CourseSession(id="a", course_id="free", starts_on=date(2020, 1, 1), open_until=date(2020, 1, 1))
        )
    made = [_register(database, who, "free") for who in [someone, *_people(database, 2)]]
    assert [(one.session_id, one.state) for one in made] == [
        ("b", "confirmed"),
        ("c", "confirmed"),
        ("b", "waiting"),
    ]


def test_cancelling_and_completing_twice_change_nothing(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    with database.session() as session:
        for _ in range(2):
            done = registrations.complete(session, made.id, "person", NOW, "certificate shown")
            assert isinstance(done, Registration)
            assert done.state == "completed"
        assert len(registrations.changes_of(session, made.id)) == 2
        assert registrations.changes_of(session, made.id)[-1].note == "certificate shown"
        refused = registrations.cancel(session, made.id)
        assert isinstance(refused, Refused)
        assert refused.reason == "completed"
        other = registrations.register(session, someone, "free")
        assert isinstance(other, Registration)
        for _ in range(2):
            cancelled = registrations.cancel(session, other.id)
            assert isinstance(cancelled, Registration)
        refused = registrations.complete(session, other.id)
        assert isinstance(refused, Refused)
        assert refused.reason == "cancelled"


def test_only_legal_transitions(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    for before, after in itertools.product(registrations.NEXT, repeat=2):
        with database.session() as session:
            one = registrations.find(session, made.id)
            one.state = before
            session.flush()
            if before == after or after in registrations.NEXT[before]:
                assert registrations.change_state(session, made.id, after, "adviser:1").state == after  # type: ignore[arg-type]
            else:
                with pytest.raises(IllegalTransition, match=f"from {before} to {after}"):
                    registrations.change_state(session, made.id, after, "adviser:1")  # type: ignore[arg-type]


def test_a_reference_is_found_as_people_write_it(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    code = made.reference.removeprefix("TK-")
    with database.session() as session:
        for written in (made.reference, made.reference.lower(), f" tk {code} ", code, " ".join(code.lower())):
            found = registrations.by_reference(session, written)
            assert found is not None
            assert found.id == made.id
        assert registrations.by_reference(session, "TK-0O1I2") is None
        assert registrations.by_reference(session, "hello") is None


def test_no_registration_of_that_id(database: Database) -> None:
    with database.session() as session:
        with pytest.raises(registrations.RegistrationUnknown):
            registrations.cancel(session, uuid.uuid4())
        assert registrations.promote(session, None) == []


def test_a_taken_reference_is_drawn_again(
    database: Database, someone: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _register(database, someone, "free")
    drawn = iter([made.reference, "TK-22222"])
    monkeypatch.setattr(registrations, "new_reference", lambda: next(drawn))
    assert _register(database, someone, "small").reference == "TK-22222"
