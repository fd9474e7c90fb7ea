"""One call prepares the whole database, and what it prepares is what the models say."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from store.core.database import (
    Database,
    connection_string,
    current_revision,
    ensure_database,
    head_revision,
    migrate,
)
from store.embedded.server import EmbeddedPostgres
from store.tables import Base


def test_an_empty_database_is_brought_to_the_newest_schema(postgres: EmbeddedPostgres) -> None:
    url = ensure_database(postgres.url, "from_empty")
    assert current_revision(url) is None
    migrate(url)
    assert current_revision(url) == head_revision()
    migrate(url)
    assert current_revision(url) == head_revision()


def test_the_migrated_schema_is_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or not _of_queue(name),
        }
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    assert differences == []


def _of_queue(name: str | None) -> bool:
    return name is not None and name.startswith("procrastinate_")


def test_the_queue_is_ready(database: Database) -> None:
    with database.session() as session:
        job = "row('q', 't', 0, 'person', null, '{}', null)::procrastinate_job_to_defer_v1"
        session.execute(text(f"select procrastinate_defer_jobs_v1(array[{job}])"))
        assert session.scalar(text("select count(*) from procrastinate_jobs where lock = 'person'")) == 1


def test_a_newer_queue_gets_its_migrations(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.queue import schema as queue_schema

    known = queue_schema._known_migrations()
    newer = {**known, "99.00.00_01_new.sql": "create table procrastinate_new (percent text default '100%');"}
    monkeypatch.setattr(queue_schema, "_known_migrations", lambda: newer)
    migrate(database.url)
    migrate(database.url)
    with database.session() as session:
        assert session.scalar(text("select to_regclass('procrastinate_new')")) is not None


def test_machines_that_start_together_migrate_one_after_the_other(postgres: EmbeddedPostgres) -> None:
    url = ensure_database(postgres.url, "from_empty_together")
    failures: list[BaseException] = []

    def start() -> None:
        try:
            migrate(url)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert current_revision(url) == head_revision()


def test_a_second_database_on_the_same_server(postgres: EmbeddedPostgres) -> None:
    first = ensure_database(postgres.url, "takwin_tracker")
    assert first == ensure_database(postgres.url, "takwin_tracker") == postgres.url_for("takwin_tracker")
    database = Database(first)
    with database.session() as session:
        assert session.scalar(text("select current_database()")) == "takwin_tracker"
    database.close()


def test_a_failed_session_leaves_nothing(database: Database) -> None:
    with database.session() as session:
        session.execute(text("create table kept (n int)"))

    def fail() -> None:
        with database.session() as session:
            session.execute(text("insert into kept values (1)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.session() as session:
        assert session.scalar(text("select count(*) from kept")) == 0


def test_only_postgresql(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="PostgreSQL only"):
        Database(f"sqlite:///{tmp_path}/x.db")


def test_urls_for_each_driver() -> None:
    assert connection_string("postgresql+psycopg://u:p@h:1/d") == "postgresql://u:p@h:1/d"
    database = Database("postgresql://u:p@h:1/d")
    assert database.url == "postgresql+psycopg://u:p@h:1/d"
