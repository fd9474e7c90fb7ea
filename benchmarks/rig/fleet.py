"""The product's processes, each apart from the others, so that each can be measured, killed and started again.

    with Fleet(folder, environment) as fleet:
        fleet.start()                       # database, engines, apps
        fleet.app_url                       # where webhooks go
        fleet.kill("engine"); fleet.revive("engine")
        fleet.cpu()                         # seconds of processor time by kind of process

The database is a PostgreSQL of its own under `folder`; apps and engines are started as an operator would.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import psutil

from store.core.database import ensure_database, migrate
from store.embedded.files import PostmasterFile, processes_on
from store.embedded.server import EmbeddedPostgres
from takwin.compose.engine_process import HEALTH_PATH, EngineConfig, free_port
from takwin.model.model import ENGINE_PYTHON, current_model
from takwin.settings import ROOT
from takwin.stores import TRACKER_DATABASE, psycopg2_url

SECRET = "the secret of the measurements, long enough to sign with"
START_SECONDS = 180.0
KINDS = ("app", "engine", "database")


def trained_model() -> Path:
    """The model of the present data, or the latest there is. Raises RuntimeError without any."""
    model = current_model()
    found = [model] if model else sorted((ROOT / "models").glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)
    if not found:
        raise RuntimeError("no trained model: run `make train`")
    return found[-1]


@dataclass
class Process:
    """One program that is started again and again with the same command; its output goes to one file."""

    kind: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    health: str
    running: subprocess.Popen[bytes] | None = None
    spent: float = 0.0

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                # Not in our group: what stops us stops them in order.
                start_new_session=True,
            )

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Raises RuntimeError where it ends, TimeoutError where it does not answer."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.running is None or self.running.poll() is not None:
                raise RuntimeError(f"{self.kind} ended: {self.log.read_text(errors='replace')[-2000:]}")
            with suppress(httpx.HTTPError):
                if httpx.get(self.health, timeout=5, trust_env=False).status_code == httpx.codes.OK:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"{self.kind} is not ready: {self.log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        self.spent += self.cpu()
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def cpu(self) -> float:
        return 0.0 if self.running is None else _cpu_of(self.running.pid)

    def memory(self) -> float:
        """Resident megabytes."""
        return (
            0.0 if self.running is None else float(psutil.Process(self.running.pid).memory_info().rss) / 2**20
        )

    def _end(self, number: signal.Signals) -> None:
        running, self.running = self.running, None
        if running is None or running.poll() is not None:
            return
        running.send_signal(number)
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@dataclass
class Fleet:
    """`roles` has one entry for each app: all, webhooks or worker. `settings` are postgresql.conf's."""

    folder: Path
    environment: Mapping[str, str]
    roles: Sequence[str] = ("all",)
    engine_count: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)
    apps: list[Process] = field(default_factory=list)
    engines: list[Process] = field(default_factory=list)
    app_urls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server = EmbeddedPostgres(self.folder / "postgres", self.settings)
        self._database_spent = 0.0
        # Chosen beforehand: the providers sign the addresses of the apps.
        self._ports = [free_port() for _ in self.roles]
        self.app_urls = [f"http://127.0.0.1:{port}" for port in self._ports]

    @property
    def app_url(self) -> str:
        return self.app_urls[0]

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def tracker_url(self) -> str:
        return self.server.url_for(TRACKER_DATABASE)

    def start(self) -> None:
        """Everything, and wait until it answers."""
        self.start_database()
        self.start_engines()
        self.start_apps()

    def start_database(self) -> None:
        self.server.start()
        migrate(self.server.url)
        ensure_database(self.server.url, TRACKER_DATABASE)

    def start_engines(self) -> None:
        model = trained_model()
        for number in range(self.engine_count):
            log = self.folder / f"engine-{number}.log"
            config = EngineConfig(
                model,
                free_port(),
                SECRET,
                f"{self._actions_url()}/actions",
                psycopg2_url(self.tracker_url),
                log,
            )
            self.engines.append(
                Process(
                    "engine",
                    [str(ENGINE_PYTHON), "-m", "bot.serve", "--model", str(model), "--port", str(config.port)],
                    config.environment(),
                    log,
                    config.url + HEALTH_PATH,
                )
            )  # fmt: skip
        for engine in self.engines:
            engine.start()
        for engine in self.engines:
            engine.wait_ready()

    def _actions_url(self) -> str:
        """Where a worker would have an engine of its own find its actions: in itself."""
        at = next((number for number, role in enumerate(self.roles) if role != "webhooks"), 0)
        return self.app_urls[at]

    def start_apps(self) -> None:
        engines = ",".join(each.health.removesuffix(HEALTH_PATH) for each in self.engines)
        for number, (role, port) in enumerate(zip(self.roles, self._ports, strict=True)):
            variables = {
                **os.environ,
                "TAKWIN_DATABASE_URL": self.url,
                "TAKWIN_ENGINE_URL": engines,
                "TAKWIN_VAR": str(self.folder / f"app-{number}"),
                "TAKWIN_SECRET": SECRET,
                "TAKWIN_MODEL": str(trained_model()),
                "TAKWIN_PUBLIC_URL": self.app_url,
                "PORT": str(port),
                **self.environment,
            }
            app = Process(
                "app",
                [sys.executable, "-m", "takwin.cli.main", "serve", "--role", role],
                variables,
                self.folder / f"app-{number}.log",
                f"http://127.0.0.1:{port}/health/live",
            )
            self.apps.append(app)
            app.start()
            # One after the other: the first fills an empty catalogue.
            app.wait_ready()

    def stop(self) -> None:
        for process in (*self.apps, *self.engines):
            process.stop()
        self.server.stop()

    def restart_apps(self) -> None:
        """As new: with no plan of a query from when the tables were small."""
        for process in self.apps:
            process.stop()
            process.start()
            process.wait_ready()

    def kill(self, kind: str, number: int = 0) -> None:
        """SIGKILL to a process; to the database with all its own."""
        if kind == "database":
            self._kill_database()
        else:
            (self.apps if kind == "app" else self.engines)[number].kill()

    def revive(self, kind: str, number: int = 0, *, wait: bool = False) -> None:
        """Start again what was killed."""
        if kind == "database":
            self.server.stop()
            self.server.start()
            return
        process = (self.apps if kind == "app" else self.engines)[number]
        process.start()
        if wait:
            process.wait_ready()

    def cpu(self) -> dict[str, float]:
        """Seconds of processor time so far, by kind of process."""
        return {
            "app": sum(each.spent + each.cpu() for each in self.apps),
            "engine": sum(each.spent + each.cpu() for each in self.engines),
            "database": self._database_spent + self._database_cpu(),
        }

    def memory(self) -> dict[str, float]:
        return {"app": sum(a.memory() for a in self.apps), "engine": sum(e.memory() for e in self.engines)}

    def _postmaster(self) -> int | None:
        left = PostmasterFile.read(self.server.data)
        return left.pid if left is not None and left.is_our_server(self.server.data) else None

    def _database_cpu(self) -> float:
        pid = self._postmaster()
        return 0.0 if pid is None else _cpu_of(pid)

    def _kill_database(self) -> None:
        self._database_spent += self._database_cpu()
        pid = self._postmaster()
        for each in (*([pid] if pid else []), *processes_on(self.server.data)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _cpu_of(pid: int) -> float:
    """Seconds of a process, its children, and those of its children that have ended."""
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
    return total
