"""What a person did by themself is taken back, and nothing else is."""

import uuid
from datetime import timedelta

import pytest

from store.core.database import Database
from store.registrations import registrations
from store.registrations.undoing import WITHIN, take_back
from store.tables import Registration
from tests.store.making import NOW, TODAY, course, load, person


@pytest.fixture
def someone(database: Database) -> uuid.UUID:
    with database.session() as session:
        small = course(
            "small", mode="in_person", city="fes", capacity=1, starts_on=TODAY + timedelta(days=10)
        )
        load(session, course("free"), small)
        return person(session, "someone", "registration")


def _register(database: Database, who: uuid.UUID, course_id: str) -> Registration:
    with database.session() as session:
        made = registrations.register(session, who, course_id, now=NOW)
        assert isinstance(made, Registration)
        return made


@pytest.mark.parametrize("do", [registrations.complete, registrations.cancel])
def test_it_is_as_before(database: Database, someone: uuid.UUID, do: object) -> None:
    made = _register(database, someone, "free")
    with database.session() as session:
        do(session, made.id, now=NOW)  # type: ignore[operator]
        undone = take_back(session, made.id, NOW)
        assert undone is not None
        assert undone.state == "requested"
        assert registrations.changes_of(session, made.id)[-1].author == registrations.PERSON
        assert take_back(session, made.id, NOW) is None


def test_what_an_adviser_did_stays(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    with database.session() as session:
        registrations.complete(session, made.id, f"adviser:{uuid.uuid4()}", NOW)
        assert take_back(session, made.id, NOW) is None
        assert registrations.find(session, made.id).state == "completed"


def test_what_is_long_ago_stays(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    with database.session() as session:
        registrations.complete(session, made.id, now=NOW)
        assert take_back(session, made.id, NOW + WITHIN + timedelta(seconds=1)) is None


def test_whose_place_is_gone_waits_for_one(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "small")
    with database.session() as session:
        other = person(session, "other", "registration")
    assert made.state == "confirmed"
    with database.session() as session:
        registrations.cancel(session, made.id, now=NOW)
    assert _register(database, other, "small").state == "confirmed"
    with database.session() as session:
        undone = take_back(session, made.id, NOW)
        assert undone is not None
        assert undone.state == "waiting"


def test_who_registered_anew_has_one_registration(database: Database, someone: uuid.UUID) -> None:
    made = _register(database, someone, "free")
    with database.session() as session:
        registrations.cancel(session, made.id, now=NOW)
    _register(database, someone, "free")
    with database.session() as session:
        assert take_back(session, made.id, NOW) is None
