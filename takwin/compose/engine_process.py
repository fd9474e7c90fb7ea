"""The engine as a child of the app: started, health-checked, restarted with backoff when it dies, stopped with us."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from takwin.model.model import ENGINE_PYTHON
from takwin.settings import ROOT

log = logging.getLogger(__name__)

HEALTH_PATH = "/webhooks/takwin/health"
CHECK_EVERY = 2.0
FAILED_CHECKS_BEFORE_RESTART = 5
START_TIMEOUT = 120.0
FIRST_BACKOFF, LONGEST_BACKOFF = 0.5, 30.0
STOP_TIMEOUT = 10.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class EngineConfig:
    """What the engine needs to know: its model, its doors and its stores."""

    model: Path
    port: int
    secret: str
    actions_url: str
    tracker_url: str
    log_file: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def notes(self) -> Path:
        """Where the engine notes what it parses, so that its successor knows what it died of (`bot/reader.py`)."""
        return self.log_file.with_name(f"engine-{self.port}.parsing")

    def environment(self) -> Mapping[str, str]:
        return {
            # One thread a sentence vector: threads that wait for each other at every layer lose more than they gain
            # as soon as another process has something to do (24 tokens at load 5 on 2 cores: 56 ms, with two 527).
            "OMP_NUM_THREADS": "1",
            **os.environ,
            "TAKWIN_SECRET": self.secret,
            "TAKWIN_ACTIONS_URL": self.actions_url,
            "TAKWIN_TRACKER_URL": self.tracker_url,
            "TAKWIN_ENGINE_NOTES": str(self.notes),
            "RASA_TELEMETRY_ENABLED": "false",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONWARNINGS": "ignore",
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class EngineProcess:
    """Keeps one engine alive. `run` until cancelled; `wait_ready` tells when it answers."""

    def __init__(self, config: EngineConfig) -> None:
        self.config = config
        self.ready = asyncio.Event()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.poll() is None else None

    async def run(self) -> None:
        """Start the engine and keep it running until this task is cancelled."""
        backoff = FIRST_BACKOFF
        try:
            while True:
                started = time.monotonic()
                self._start()
                await self._watch()
                self.ready.clear()
                self._stop()
                if time.monotonic() - started > 4 * LONGEST_BACKOFF:
                    backoff = FIRST_BACKOFF
                log.warning("engine stopped, starting it again in %.1f s", backoff)
                await asyncio.sleep(backoff)
                backoff = min(2 * backoff, LONGEST_BACKOFF)
        finally:
            await asyncio.to_thread(self._stop)
            for each in (self.config.notes, self.config.notes.with_suffix(".deaths")):
                each.unlink(missing_ok=True)

    async def wait_ready(self, timeout: float = START_TIMEOUT) -> bool:
        try:
            await asyncio.wait_for(self.ready.wait(), timeout)
        except TimeoutError:
            return False
        return True

    async def _watch(self) -> None:
        """Return when the process has died or no longer answers."""
        deadline = time.monotonic() + START_TIMEOUT
        failures = 0
        async with httpx.AsyncClient(timeout=5.0, trust_env=False) as client:
            while self._process and self._process.poll() is None:
                if await _healthy(client, self.config.url):
                    self.ready.set()
                    failures = 0
                elif self.ready.is_set():
                    failures += 1
                    if failures >= FAILED_CHECKS_BEFORE_RESTART:
                        return
                elif time.monotonic() > deadline:
                    return
                await asyncio.sleep(CHECK_EVERY if self.ready.is_set() else 0.2)

    def _start(self) -> None:
        self.config.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self.config.log_file.open("ab") as log_file:
            self._process = _spawn(self.config, log_file)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _spawn(config: EngineConfig, log_file: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(ENGINE_PYTHON), "-m", "bot.serve", "--model", str(config.model), "--port", str(config.port)],
        cwd=ROOT,
        env=config.environment(),
        stdin=subprocess.DEVNULL,
        stdout=log_file,
        stderr=log_file,
        # A group of its own: Ctrl-C reaches us alone, and we stop the engine after the turns in progress.
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent() -> None:
    """Linux: have the kernel stop the engine when the app is killed without a chance to do it."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return


async def _healthy(client: httpx.AsyncClient, url: str) -> bool:
    try:
        response = await client.get(url + HEALTH_PATH)
    except httpx.HTTPError:
        return False
    return response.status_code == httpx.codes.OK
