"""Retention at work: over the store and the engine's own record."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from store.core.clock import utc_now
from store.core.database import Database, connection_string
from store.engine import erasures as engine_erasures
from store.engine.tracker import TrackerStore
from store.handover import requests as adviser_requests
from store.lifecycle import privacy
from store.lifecycle.merging import merge
from store.people import people
from store.tables import Address, FigureProgress, Person
from takwin.cli.main import app
from takwin.jobs.engine_erasures import TURN_IS_OVER, forget_erased
from takwin.jobs.retention import Retention, RetentionFailed, periods_of
from takwin.settings import Settings
from takwin.stores import Stores
from tests.store.making import person

# As Rasa's SQLTrackerStore makes it.
_EVENTS = """
create table events (id serial primary key, sender_id varchar(255) not null, type_name varchar(255) not null,
    timestamp double precision, intent_name varchar(255), action_name varchar(255), data text)
"""
NOW = utc_now()
OLD, NEW = NOW - timedelta(days=800), NOW - timedelta(days=1)


@pytest.fixture
def record(database_url: str) -> Iterator[psycopg.Connection]:
    """The engine's own database: here it is ours."""
    with psycopg.connect(connection_string(database_url), autocommit=True) as connection:
        connection.execute(_EVENTS)
        yield connection
        connection.execute("drop table if exists events")


@pytest.fixture
def tracker(database_url: str) -> TrackerStore:
    return TrackerStore(database_url)


@pytest.fixture
def retention(database: Database, tracker: TrackerStore) -> Retention:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    return Retention(database, tracker, periods_of(settings))


def happened(record: psycopg.Connection, who: object, at: datetime, *kinds: str) -> None:
    for kind in kinds:
        record.execute(
            "insert into events (sender_id, type_name, timestamp) values (%s, %s, %s)",
            (str(who), kind, at.timestamp()),
        )


def left(record: psycopg.Connection) -> list[tuple[str, int]]:
    rows = record.execute("select sender_id, count(*) from events group by 1 order by 1").fetchall()
    return [(str(who), int(count)) for who, count in rows]


def silent(database: Database) -> uuid.UUID:
    with database.session() as session:
        someone = person(session, "s-1")
        session.execute(update(Person).values(created_at=OLD))
        session.execute(update(Address).values(last_inbound_at=OLD))
        session.merge(FigureProgress(one=1, until=NOW))
        return someone


def test_sessions_that_are_over_are_forgotten_and_the_one_that_goes_on_is_kept(
    retention: Retention, record: psycopg.Connection, database: Database
) -> None:
    with database.session() as session:
        session.merge(FigureProgress(one=1, until=NOW))
    happened(record, "went", OLD, "session_started", "user", "bot")
    happened(record, "came-back", OLD, "session_started", "user")
    happened(record, "goes-on", OLD, "session_started", "user")
    happened(record, "came-back", NEW, "session_started", "user")
    happened(record, "goes-on", NEW, "user")
    assert retention.expired(NOW)["events"] == 5
    assert retention.drop(NOW)["events"] == 5
    assert left(record) == [("came-back", 2), ("goes-on", 3)]
    assert retention.drop(NOW)["events"] == 0


def test_all_events_may_have_had_their_time(
    retention: Retention, record: psycopg.Connection, database: Database
) -> None:
    silent(database)
    happened(record, "went", OLD, "session_started", "user")
    retention.drop(NOW)
    assert left(record) == []


def test_who_went_silent_is_forgotten_by_the_engine_too(
    retention: Retention, tracker: TrackerStore, record: psycopg.Connection, database: Database
) -> None:
    someone = silent(database)
    happened(record, someone, NEW, "user")
    assert retention.drop(NOW)["people"] == 1
    assert forget_erased(database, tracker, now=utc_now()) == 0  # a turn may still be under way
    assert forget_erased(database, tracker, now=utc_now() + TURN_IS_OVER) == 1
    assert left(record) == []
    assert forget_erased(database, tracker, now=utc_now() + TURN_IS_OVER) == 0


def test_what_the_app_died_over_is_done_later(
    tracker: TrackerStore, record: psycopg.Connection, database: Database
) -> None:
    with database.session() as session:
        one, other, erased = (person(session, f"s-{n}") for n in range(3))
    for who in (one, other, erased):
        happened(record, who, NEW, "user")
    with database.session() as session:
        privacy.erase_person(session, erased)
        merge(session, one, other)
    assert forget_erased(database, tracker, now=utc_now() + TURN_IS_OVER) == 2
    assert left(record) == [(str(one), 1)]


def test_an_erasure_that_is_undone_is_not_noted(database: Database) -> None:
    with database.session() as session:
        someone = person(session)
    with database.session() as session:
        privacy.erase_person(session, someone)
        session.rollback()
    with database.session() as session:
        assert engine_erasures.pending(session, utc_now() + TURN_IS_OVER) == []
        assert people.get(session, someone).id == someone


def test_an_engine_whose_record_is_away_forgets_later(
    database: Database, record: psycopg.Connection, tracker: TrackerStore, caplog: pytest.LogCaptureFixture
) -> None:
    with database.session() as session:
        someone = person(session)
    happened(record, someone, NEW, "user")
    with database.session() as session:
        privacy.erase_person(session, someone)
    away = TrackerStore("postgresql://nobody@127.0.0.1:1/none")
    assert not away.forget(someone)
    assert str(someone) not in caplog.text
    with pytest.raises(OperationalError):
        forget_erased(database, away, now=utc_now() + TURN_IS_OVER)
    assert forget_erased(database, tracker, now=utc_now() + TURN_IS_OVER) == 1


def test_a_stop_ends_it_soon(retention: Retention, database: Database) -> None:
    someone = silent(database)
    assert retention.drop(NOW, stopping=lambda: True) == {}
    with database.session() as session:
        assert session.get(Person, someone) is not None


def test_what_fails_keeps_nothing_else_from_going(
    database: Database, record: psycopg.Connection, retention: Retention, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = silent(database)
    happened(record, someone, OLD, "user")

    def broken(*_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("takwin.jobs.retention.erase_if_silent", broken)
    with pytest.raises(RetentionFailed, match=r"^people$"):
        retention.drop(NOW)
    assert left(record) == []


def test_the_command_counts_first_and_drops_then(
    database: Database, database_url: str, record: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(record, silent(database), OLD, "user")
    stores = Stores(database_url, database_url, embedded=False)
    monkeypatch.setattr("takwin.stores.open_database", contextmanager(lambda _: iter([(database, stores)])))
    with database.session() as session:
        help_asked = adviser_requests.request(session, person(session, "s-2"), adviser_requests.URGENT)
        help_asked.created_at = OLD
        adviser_requests.close(session, help_asked.id, NOW - timedelta(days=366))
    for arguments, said in (
        (["--dry-run"], "people: 1"), (["--dry-run"], "urgent: 1"), ([], "events: 1"), (["--dry-run"], "people: 0"),
        (["--dry-run"], "urgent: 0"),
    ):  # fmt: skip
        done = CliRunner().invoke(app, ["people", "expire", *arguments])
        assert done.exit_code == 0, done.output
        assert said in done.output.splitlines()


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("keep_messages_days", 731),
        ("keep_urgent_days", 731),
        ("keep_urgent_days", 29),
        ("keep_people_days", 731),
        ("keep_profiles_days", 731),
        ("keep_profiles_days", 300),
    ],
)
def test_what_is_promised_can_not_be_lengthened(name: str, days: int) -> None:
    with pytest.raises(ValueError, match=name):
        Settings(_env_file=None, **{name: days})  # type: ignore[call-arg, arg-type]
