"""The embedded server is started again when it dies; readiness says that it is away meanwhile."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from benchmarks.harms import postmaster
from store.core.database import Database
from store.embedded.files import PostmasterFile, kill_processes_on
from store.embedded.server import EmbeddedPostgres
from takwin.compose import embedded_watch
from takwin.compose.app import READY_WITHIN, Parts, build_app
from takwin.compose.embedded_watch import EmbeddedWatch, watched
from takwin.settings import Settings
from takwin.stores import open_stores


@dataclass
class Failing:
    """A server that has died, and starts again only at the last of so many tries."""

    tries: int
    tried: list[float] = field(default_factory=list)
    dead: bool = True

    def has_died(self) -> bool:
        return self.dead

    def revive(self) -> None:
        self.tried.append(time.monotonic())
        if len(self.tried) < self.tries:
            raise RuntimeError("the end of its log: Fatima 0600000000")
        self.dead = False


def _until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_watch, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(embedded_watch, "FIRST_BACKOFF", 0.1)
    monkeypatch.setattr(embedded_watch, "LONGEST_BACKOFF", 0.2)


@pytest.mark.usefixtures("quick")
def test_it_is_tried_later_and_later_until_it_runs(caplog: pytest.LogCaptureFixture) -> None:
    server = Failing(tries=4)
    with caplog.at_level(logging.INFO), EmbeddedWatch(server, lambda: None):
        assert _until(lambda: not server.dead)
        assert _until(lambda: "runs again" in caplog.text)
    waits = [after - before for before, after in zip(server.tried, server.tried[1:], strict=False)]
    assert all(wait >= least for wait, least in zip(waits, (0.1, 0.2, 0.2), strict=True))
    assert "Fatima" not in caplog.text


@pytest.mark.usefixtures("quick")
def test_one_that_dies_again_at_once_is_not_started_at_once() -> None:
    server = Failing(tries=1)
    with EmbeddedWatch(server, lambda: None):
        assert _until(lambda: not server.dead)
        time.sleep(0.05)
        server.dead = True
        died = time.monotonic()
        assert _until(lambda: not server.dead)
    assert server.tried[-1] - died >= 0.1


@pytest.mark.usefixtures("quick")
def test_watching_ends_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_watch, "FIRST_BACKOFF", 60.0)
    server = Failing(tries=9)
    began = time.monotonic()
    with EmbeddedWatch(server, lambda: None):
        assert _until(lambda: bool(server.tried))
    assert time.monotonic() - began < 10


def test_a_server_of_the_operators_is_not_watched() -> None:
    with watched(None, lambda: None):
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    settings = Settings(_env_file=None, var=tmp_path)  # type: ignore[call-arg]
    with open_stores(settings) as stores:
        assert stores.server is not None
        yield stores.server


@pytest.fixture
def database(server: EmbeddedPostgres) -> Iterator[Database]:
    opened = Database(server.url)
    yield opened
    opened.close()


def _client(database: Database) -> TestClient:
    app = build_app(Parts(database, (), "secret", engine_ready=lambda: True, web=(), serves_people=False))

    @app.get("/asks")
    def asks() -> int:
        with database.session() as session:
            return int(session.execute(text("select 1")).scalar_one())

    return TestClient(app)


@pytest.mark.parametrize("all_processes", [False, True], ids=["the first process", "all processes"])
def test_a_killed_server_comes_back(
    server: EmbeddedPostgres, database: Database, all_processes: bool
) -> None:
    client = _client(database)
    assert client.get("/health/ready").status_code == 200
    assert client.get("/asks").json() == 1
    found = PostmasterFile.read(server.data)
    assert found is not None
    with watched(server, database.close):
        killed = time.monotonic()
        os.kill(found.pid, signal.SIGKILL)
        if all_processes:
            kill_processes_on(server.data)
        away = client.get("/health/ready")
        assert (away.status_code, away.json()) == (503, {"database": False, "engine": True})
        assert client.get("/health/live").status_code == 200
        assert client.get("/asks").status_code == 503
        assert _until(lambda: client.get("/health/ready").status_code == 200)
        back = time.monotonic() - killed
        assert client.get("/asks").json() == 1, "no connection of before is used"
    print(f"ready again after {back:.1f} s")
    assert back <= postmaster.BAR


def test_readiness_does_not_wait_for_a_database_that_hangs(
    server: EmbeddedPostgres, database: Database
) -> None:
    client = _client(database)
    assert client.get("/health/ready").status_code == 200
    found = PostmasterFile.read(server.data)
    assert found is not None
    os.kill(found.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert client.get("/health/ready").status_code == 503
        assert time.monotonic() - began < READY_WITHIN + 2
    finally:
        os.kill(found.pid, signal.SIGCONT)
    assert _until(lambda: client.get("/health/ready").status_code == 200)


@pytest.mark.engine
@pytest.mark.slow
def test_a_registration_goes_on_when_the_server_is_killed() -> None:
    with postmaster.embedded_product() as product:
        for all_processes in (False, True):
            outcome = postmaster.kill_during_a_registration(product, all_processes=all_processes)
            print(f"{outcome.killed} killed, answered after {outcome.answered} s")
            assert outcome.registered
            assert outcome.lived
            assert outcome.not_ready, "readiness never said that the database was away"
            assert outcome.ready_again is not None
            assert outcome.answered is not None
            assert outcome.answered <= postmaster.BAR
