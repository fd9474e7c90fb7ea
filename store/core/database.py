"""The database as callers see it: sessions, and the schema kept up to date."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import InterfaceError, OperationalError, errors
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from store.core.advisory_locks import AdvisoryLock
from store.core.encryption import SESSION_KEY, Cipher
from store.core.storable import storable_json
from store.queue.schema import prepare_queue

MIGRATIONS = Path(__file__).parents[1] / "migrations"


class Database:
    """A pool of connections to one PostgreSQL database. Thread-safe; one per process."""

    def __init__(self, url: str, cipher: Cipher | None = None, *, pool_size: int = 10) -> None:
        """`url` is SQLAlchemy's (`postgresql+psycopg://…`; plain `postgresql://` is taken for it).

        `cipher` reads and writes addresses; without one, functions that touch them raise CipherError.
        """
        self.url = driver_url(url)
        self.engine: Engine = create_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=pool_size,
            json_serializer=storable_json,
            # An error would otherwise quote what people wrote, into logs.
            hide_parameters=True,
            connect_args={"options": "-c timezone=UTC"},
        )
        info = {} if cipher is None else {SESSION_KEY: cipher}
        self.cipher = cipher
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, info=info)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits when the block ends well and rolls back when it raises.

        Rows read in it can be read after it has closed.
        """
        with self._sessions() as session, session.begin():
            yield session

    def close(self) -> None:
        """Closes every connection of the pool. A session that is opened later makes a new one."""
        self.engine.dispose()


def is_outage(error: BaseException) -> bool:
    """Whether an error says that the database is away, or that a connection to it was lost: nothing was stored, and the
    same may be tried again. After a restart of the server each pool meets it once.
    """
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error.orig, OperationalError | InterfaceError)
    return isinstance(error, OperationalError | InterfaceError | PoolTimeout)


def is_conflict(error: BaseException) -> bool:
    """Whether a row that was to be built on went away meanwhile, or one was made twice: again, it will be right."""
    return isinstance(error, IntegrityError) or (
        isinstance(error, DBAPIError) and isinstance(error.orig, errors.DeadlockDetected)
    )


def driver_url(url: str) -> str:
    """The URL with psycopg 3 as its driver. Raises ValueError for another database than PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise ValueError(f"Takwin keeps its data in PostgreSQL only, not {parsed.get_backend_name()}")
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def connection_string(url: str) -> str:
    """The URL as libpq takes it (psycopg, Procrastinate's connector), without SQLAlchemy's driver name."""
    return make_url(driver_url(url)).set(drivername="postgresql").render_as_string(hide_password=False)


def migrate(url: str) -> None:
    """Brings the schema, the queue's included, to this version of the program. Safe to call at each start."""
    with _one_connection(url) as connection:
        # Held by this connection outside of any transaction, so that it spans all of them.
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": int(AdvisoryLock.MIGRATION)})
        connection.commit()
        try:
            command.upgrade(_alembic(connection), "head")
            prepare_queue(connection)
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(text("select pg_advisory_unlock(:key)"), {"key": int(AdvisoryLock.MIGRATION)})
            connection.commit()


def current_revision(url: str, *, seconds: int = 0) -> str | None:
    """The migration the database is at; None for an empty one. Where `seconds` are given, neither connecting nor the
    answer is waited for any longer.
    """
    limits = {"connect_timeout": seconds, "options": f"-c statement_timeout={seconds}s"} if seconds else {}
    with _one_connection(url, connect_args=limits) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """The migration this version of the program needs."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if head is None:
        raise RuntimeError(f"no migration in {MIGRATIONS}: the installation is incomplete")
    return head


def ensure_database(url: str, name: str) -> str:
    """The URL of the database `name` on the same server, created where it was missing."""
    with _one_connection(url, isolation_level="AUTOCOMMIT") as connection:
        known = connection.execute(
            text("select 1 from pg_database where datname = :name"), {"name": name}
        ).first()
        if known is None:
            driver_connection = connection.connection.driver_connection
            assert driver_connection is not None  # noqa: S101 - for mypy: it is open
            # Another process may create it between the question and the answer.
            with suppress(errors.DuplicateDatabase, errors.UniqueViolation):
                driver_connection.execute(SQL("create database {}").format(Identifier(name)))
    return make_url(driver_url(url)).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _one_connection(url: str, **options: Any) -> Iterator[Connection]:
    engine = create_engine(driver_url(url), poolclass=NullPool, **options)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
