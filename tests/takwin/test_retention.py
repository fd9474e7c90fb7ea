"""Retention at work: over the store and the engine's own record."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from store import engine_erasures, people, privacy
from store.clock import utc_now
from store.database import Database, connection_string
from store.merging import merge
from store.retention import KINDS
from store.tables import Address, FigureProgress, Person
from store.tracker import TrackerStore
from takwin.cli import app
from takwin.retention import TURN_IS_OVER, Retention, RetentionFailed, periods_of
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
def retention(database: Database, database_url: str) -> Retention:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    return Retention(database, TrackerStore(database_url), periods_of(settings))


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
    assert retention.due(NOW)["events"] == 5
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
    retention: Retention, record: psycopg.Connection, database: Database
) -> None:
    someone = silent(database)
    happened(record, someone, NEW, "user")
    assert retention.drop(NOW)["people"] == 1
    assert retention.forget(utc_now()) == 0  # a turn may still be under way
    assert retention.forget(utc_now() + TURN_IS_OVER) == 1
    assert left(record) == []
    assert retention.forget(utc_now() + TURN_IS_OVER) == 0


def test_what_the_app_died_over_is_done_later(
    retention: Retention, record: psycopg.Connection, database: Database
) -> None:
    with database.session() as session:
        one, other, erased = (person(session, f"s-{n}") for n in range(3))
    for who in (one, other, erased):
        happened(record, who, NEW, "user")
    with database.session() as session:
        privacy.erase_person(session, erased)
        merge(session, one, other)
    assert retention.forget(utc_now() + TURN_IS_OVER) == 2
    assert left(record) == [(str(one), 1)]


def test_an_erasure_that_is_undone_is_not_noted(database: Database) -> None:
    with database.session() as session:
        someone = person(session)
    with database.session() as session:
        privacy.erase_person(session, someone)
        session.rollback()
    with database.session() as session:
        assert engine_erasures.due(session, utc_now() + TURN_IS_OVER) == []
        assert people.get(session, someone).id == someone


def test_an_engine_whose_record_is_away_forgets_later(
    database: Database, record: psycopg.Connection, retention: Retention, caplog: pytest.LogCaptureFixture
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
        Retention(database, away, dict.fromkeys(KINDS, timedelta(days=1))).forget(utc_now() + TURN_IS_OVER)
    assert retention.forget(utc_now() + TURN_IS_OVER) == 1


def test_it_is_done_by_itself_until_stopped(
    retention: Retention, record: psycopg.Connection, database: Database
) -> None:
    someone = silent(database)
    happened(record, someone, OLD, "user")

    def is_there() -> bool:
        with database.session() as session:
            return session.get(Person, someone) is not None or bool(left(record))

    async def run_until_gone() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(retention.run(stop))
        for _ in range(200):
            if not await asyncio.to_thread(is_there):
                break
            await asyncio.sleep(0.05)
        stop.set()
        await running

    asyncio.run(run_until_gone())
    assert not is_there()


def test_what_fails_keeps_nothing_else_from_going(
    database: Database, record: psycopg.Connection, retention: Retention, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = silent(database)
    happened(record, someone, OLD, "user")

    def broken(*_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr("store.retention.erase_silent", broken)
    with pytest.raises(RetentionFailed, match=r"^people$"):
        retention.drop(NOW)
    assert left(record) == []


def test_the_command_counts_first_and_drops_then(
    database: Database, database_url: str, record: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(record, silent(database), OLD, "user")
    stores = Stores(database_url, database_url, embedded=False)
    monkeypatch.setattr("takwin.stores.open_database", contextmanager(lambda _: iter([(database, stores)])))
    for arguments, said in ((["--dry-run"], "people: 1"), ([], "events: 1"), (["--dry-run"], "people: 0")):
        done = CliRunner().invoke(app, ["people", "expire", *arguments])
        assert done.exit_code == 0, done.output
        assert said in done.output.splitlines()


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("keep_messages_days", 731),
        ("keep_people_days", 731),
        ("keep_profiles_days", 731),
        ("keep_profiles_days", 300),
    ],
)
def test_what_is_promised_can_not_be_lengthened(name: str, days: int) -> None:
    with pytest.raises(ValueError, match=name):
        Settings(_env_file=None, **{name: days})  # type: ignore[call-arg, arg-type]
