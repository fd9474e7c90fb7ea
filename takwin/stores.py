"""The databases of an installation: the operator's PostgreSQL or the embedded one, for the app and for commands."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from store.core.database import Database, connection_string, ensure_database, migrate
from store.core.encryption import Cipher
from store.embedded.server import EmbeddedError, EmbeddedPostgres, FolderInUse, running_url
from takwin.secret import installation_secret
from takwin.settings import Settings

TRACKER_DATABASE = "takwin_tracker"
__all__ = ["TRACKER_DATABASE", "EmbeddedError", "Stores", "open_database", "open_stores", "psycopg2_url"]


@dataclass(frozen=True)
class Stores:
    """The databases in use: ours, and the engine's tracker as psycopg2 (Rasa's driver) takes it. `server` is the
    embedded one where it is ours to keep alive, and not another app's.
    """

    url: str
    tracker_url: str
    embedded: bool
    server: EmbeddedPostgres | None = None


@contextmanager
def open_stores(settings: Settings, *, beside_app: bool = False) -> Iterator[Stores]:
    """The operator's PostgreSQL or the embedded one, migrated, with the tracker's database beside ours.

    `beside_app`: where a running app has the embedded server, share it, as a command of a moment may.

    Raises:
        EmbeddedError: the embedded server does not start, or another app has it.
    """
    with ExitStack() as stack:
        url, server = settings.database_url, None
        if not url:
            url, server = _embedded(settings.var / "postgres", stack, beside_app)
        migrate(url)
        tracker_url = settings.tracker_url or ensure_database(url, TRACKER_DATABASE)
        yield Stores(url, tracker_url, embedded=not settings.database_url, server=server)


def _embedded(folder: Path, stack: ExitStack, beside_app: bool) -> tuple[str, EmbeddedPostgres | None]:
    try:
        server = stack.enter_context(EmbeddedPostgres(folder))
    except FolderInUse:
        shared = running_url(folder) if beside_app else None
        if shared is None:
            raise
        return shared, None
    return server.url, server


@contextmanager
def open_database(settings: Settings) -> Iterator[tuple[Database, Stores]]:
    """Our database with its cipher, for a command that is done in a moment."""
    with open_stores(settings, beside_app=True) as stores:
        database = Database(stores.url, Cipher(installation_secret(settings)))
        try:
            yield database, stores
        finally:
            database.close()


def psycopg2_url(url: str) -> str:
    """A database URL for Rasa's SQLAlchemy 1.4 and psycopg2."""
    return connection_string(url).replace("postgresql://", "postgresql+psycopg2://", 1)
