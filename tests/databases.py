"""A database for each test: made from a template once, emptied for the next test rather than made anew.

To copy a template takes most of a second, to delete what a test wrote a few milliseconds. A database whose schema or
whose rows of the template a test changed is dropped, and the next test gets another copy.
"""

from dataclasses import dataclass, field
from itertools import count

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from store.core.database import connection_string
from store.embedded.server import EmbeddedPostgres

_TABLES = """
select table_name from information_schema.tables
where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
"""
_SHAPE = """
select md5(string_agg(line, ',' order by line)) from (
    select table_name || '.' || column_name || ' ' || data_type || is_nullable as line
    from information_schema.columns where table_schema = 'public'
    union all select indexname || ' ' || indexdef from pg_indexes where schemaname = 'public'
    union all select tgname || tgenabled::text from pg_trigger
) as lines
"""
_MOVED = "select sequencename from pg_sequences where schemaname = 'public' and last_value is not null"


@dataclass(frozen=True)
class _State:
    """What a database of this template is like before a test: its shape, and its rows by table."""

    shape: str
    rows: dict[str, str]
    sequences: frozenset[str]


@dataclass
class Databases:
    """Those of one server and one template."""

    server: EmbeddedPostgres
    template: str
    _free: list[str] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _new: _State | None = None

    def take(self) -> str:
        """The name of a database that is as the template is."""
        if self._free:
            return self._free.pop()
        name = f"{self.template}_{next(self._numbers)}"
        with self._administer() as connection:
            connection.execute(
                SQL("create database {} template {} strategy file_copy").format(
                    Identifier(name), Identifier(self.template)
                )
            )
        if self._new is None:
            with self._open(name) as connection:
                self._new = _state(connection)
        return name

    def give_back(self, name: str) -> None:
        """Whoever is still connected is thrown out, and what a test wrote is gone."""
        with self._administer() as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,)
            )
        assert self._new is not None
        with self._open(name) as connection:
            _empty(connection, self._new)
            as_new = _state(connection) == self._new
        if as_new:
            self._free.append(name)
            return
        with self._administer() as connection:
            connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))

    def _administer(self) -> Connection:
        return self._open("postgres")

    def _open(self, name: str) -> Connection:
        return psycopg.connect(connection_string(self.server.url_for(name)), autocommit=True)


def _state(connection: Connection) -> _State:
    [shape] = connection.execute(_SHAPE).fetchone() or ("",)
    moved = frozenset(name for (name,) in connection.execute(_MOVED))
    return _State(shape, _rows(connection), moved)


def _rows(connection: Connection) -> dict[str, str]:
    """What each table that is not empty holds, as a digest."""
    tables = [name for (name,) in connection.execute(_TABLES)]
    if not tables:
        return {}
    held = connection.execute(SQL(" union all ").join(_digest(name) for name in tables))
    return {name: digest for name, digest in held if digest is not None}


def _digest(table: str) -> Composed:
    return SQL("select {name}, md5(string_agg(t::text, ',' order by t::text)) from {table} as t").format(
        name=table, table=Identifier(table)
    )


def _empty(connection: Connection, new: _State) -> None:
    held = _rows(connection)
    with connection.transaction():
        # No trigger and no foreign key has a say in what order things go.
        connection.execute("set local session_replication_role = replica")
        for table in held.keys() - new.rows.keys():
            connection.execute(SQL("delete from {}").format(Identifier(table)))
    for (name,) in connection.execute(_MOVED).fetchall():
        if name not in new.sequences:
            connection.execute(SQL("alter sequence {} restart").format(Identifier(name)))
