"""The queue's tables are Procrastinate's own: this applies its SQL, and what a newer version of it adds later."""

from importlib import resources

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

#: Tables of the queue and of this module: not in our models, so left out when the two are compared.
QUEUE_TABLES = "procrastinate_"

_APPLIED = "procrastinate_applied_migrations"


def prepare_queue(connection: Connection) -> None:
    """Creates the queue's tables, or applies those of Procrastinate's migrations that are new since last time.

    Runs in the transaction of the connection; the caller commits.
    """
    known = _known_migrations()
    if _exists(connection, _APPLIED):
        applied = set(connection.scalars(text(f"select name from {_APPLIED}")))  # noqa: S608 - a constant
        for name in sorted(known.keys() - applied):
            _execute_script(connection, known[name])
            _record(connection, [name])
        return
    connection.execute(text(f"create table {_APPLIED} (name text primary key)"))
    # The schema of the installed version already has all of its migrations in it.
    _execute_script(connection, SchemaManager.get_schema())
    _record(connection, sorted(known))


def _known_migrations() -> dict[str, str]:
    folder = resources.files("procrastinate.sql") / "migrations"
    return {
        item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".sql")
    }


def _exists(connection: Connection, table: str) -> bool:
    return connection.scalar(text("select to_regclass(:name)"), {"name": table}) is not None


def _record(connection: Connection, names: list[str]) -> None:
    rows = [{"name": name} for name in names]
    connection.execute(text(f"insert into {_APPLIED} (name) values (:name)"), rows)  # noqa: S608 - a constant


def _execute_script(connection: Connection, sql: str) -> None:
    """Runs SQL of many statements, in which `%` is nothing special, in the connection's transaction."""
    driver_connection = connection.connection.driver_connection
    assert driver_connection is not None  # noqa: S101 - for mypy: it is open
    driver_connection.execute(sql)
