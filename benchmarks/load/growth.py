"""A store with many people in it: copies of the people who have just written, each with ids and a time of their own.

The copies have what the originals have (messages, encrypted payloads, options, the engine's events), so that rows and
indexes are as large as in service.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from store.core.database import connection_string

ORIGINALS = 200
COPIES_AT_ONCE = 250
TABLES = ("persons", "addresses", "conversations", "messages")


@dataclass(frozen=True)
class Grown:
    """What the store holds now: rows, gigabytes on disk (both databases), and how long it took to fill."""

    conversations: int
    messages: int
    events: int
    gigabytes: float
    seconds: float


def grow(url: str, tracker_url: str, conversations: int) -> Grown:
    """Fill up to so many conversations. The originals are the latest people who were answered once."""
    began = time.monotonic()
    with _open(url) as store, _open(tracker_url) as tracker:
        people = [str(row[0]) for row in store.execute(
            "select person_id from conversations where last_n = 1 order by opened_at desc limit %s", (ORIGINALS,)
        ).fetchall()]  # fmt: skip
        present = _count(store, "conversations")
        copies = max(0, round((conversations - present) / len(people)))
        done = _count(store, "conversations") // max(1, len(people))
        for first in range(done, done + copies, COPIES_AT_ONCE):
            last = min(first + COPIES_AT_ONCE, done + copies) - 1
            for name in TABLES:
                store.execute(_copy(store, name, people, first, last))
            tracker.execute(_copy_events(tracker, people, first, last))
        for connection in (store, tracker):
            connection.execute("vacuum analyze")
            connection.execute("checkpoint")
        return Grown(
            _count(store, "conversations"),
            _count(store, "messages"),
            _count(tracker, "events"),
            (_size(store) + _size(tracker)) / 1e9,
            time.monotonic() - began,
        )


def _open(url: str) -> psycopg.Connection[tuple[object, ...]]:
    connection = psycopg.connect(connection_string(url), autocommit=True)
    # Copies of rows that hold together hold together: their keys need no checking one by one.
    connection.execute("set session_replication_role = replica")
    connection.execute("set synchronous_commit = off")
    return connection


def _copy(
    connection: psycopg.Connection[tuple[object, ...]],
    table: str,
    people: Sequence[str],
    first: int,
    last: int,
) -> Composable:
    whose = "id" if table == "persons" else "person_id"
    names, values = [], []
    for name, kind in _columns(connection, table):
        names.append(Identifier(name))
        values.append(_changed(name, kind))
    return SQL(
        "insert into {table} ({names}) select {values} from {table} as t, generate_series({first}, {last}) as k"
        " where t.{whose} = any({people}::uuid[])"
    ).format(
        table=Identifier(table),
        names=SQL(", ").join(names),
        values=SQL(", ").join(values),
        first=Literal(first),
        last=Literal(last),
        whose=Identifier(whose),
        people=Literal(list(people)),
    )


def _changed(name: str, kind: str) -> Composable:
    """A column's value in a copy: another key, another time, the same content."""
    column = SQL("t.") + Identifier(name)
    if kind == "uuid":
        return SQL("md5({}::text || '-' || k)::uuid").format(column)
    if name == "provider_id_digest":
        return SQL("encode(sha256(convert_to({} || '-' || k, 'UTF8')), 'hex')").format(column)
    if name == "provider_message_id":
        return SQL("{} || '-' || k").format(column)
    if kind == "timestamp with time zone":
        return SQL("{} - k * interval '41 seconds'").format(column)
    return column


def _copy_events(
    connection: psycopg.Connection[tuple[object, ...]], people: Sequence[str], first: int, last: int
) -> Composed:
    names = [name for name, _ in _columns(connection, "events") if name not in ("id", "sender_id")]
    columns = SQL(", ").join(map(Identifier, names))
    return SQL(
        "insert into events (sender_id, {columns}) select md5(sender_id || '-' || k)::uuid::text, {columns}"
        " from events as t, generate_series({first}, {last}) as k where sender_id = any({people}) order by k, t.id"
    ).format(columns=columns, first=Literal(first), last=Literal(last), people=Literal(list(people)))


def _columns(connection: psycopg.Connection[tuple[object, ...]], table: str) -> list[tuple[str, str]]:
    rows = connection.execute(
        "select column_name, data_type from information_schema.columns where table_name = %s"
        " and table_schema = 'public' and is_generated = 'NEVER' order by ordinal_position",
        (table,),
    ).fetchall()
    return [(str(name), str(kind)) for name, kind in rows]


def _count(connection: psycopg.Connection[tuple[object, ...]], table: str) -> int:
    row = connection.execute(SQL("select count(*) from {}").format(Identifier(table))).fetchone()
    return int(str(row[0])) if row else 0


def _size(connection: psycopg.Connection[tuple[object, ...]]) -> int:
    row = connection.execute("select pg_database_size(current_database())").fetchone()
    return int(str(row[0])) if row else 0
