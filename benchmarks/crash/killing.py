"""One run of the crash test: people write, processes are killed at random and started again, then all is judged."""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.crash.checks import Record, Verdict, judge
from benchmarks.crash.lines import open_lines
from benchmarks.crash.phones import Phones
from benchmarks.rig.fleet import SECRET, Fleet
from store.core.database import Database, connection_string
from store.core.encryption import Cipher

LONGEST_DOWN = 3.0  # seconds between a kill and the start that follows
SETTLE_SECONDS = 240.0


@dataclass(frozen=True)
class Plan:
    """How many people write how much, and how often they are disturbed. `think`: mean seconds between two messages."""

    people: int = 520
    messages: int = 20
    kills: int = 24
    think: float = 8.0
    spread: float = 60.0
    seed: int = 7
    patient_twilio: bool = False


@dataclass
class Killed:
    """One kill: what, when (seconds since the disturbance began), how many messages had been written."""

    kind: str
    at: float
    written: int
    down: float


@dataclass
class Result:
    """What one run came to."""

    plan: Plan
    kills: list[Killed]
    verdict: Verdict
    seconds: float
    ended_by_themselves: int
    settled: bool

    @property
    def good(self) -> bool:
        return self.verdict.good and self.settled


class Killer(threading.Thread):
    """Kills at given counts of written messages, and starts again. Also starts again what ended by itself, as an app
    does that finds no database when it starts.
    """

    def __init__(self, fleet: Fleet, phones: Phones, plan: Plan, written_before: int) -> None:
        super().__init__(daemon=True)
        self._fleet = fleet
        self._phones = phones
        self._before = written_before
        self._random = random.Random(plan.seed)
        self.killed: list[Killed] = []
        self.ended_by_themselves = 0
        self._began = time.monotonic()
        self._stopped = threading.Event()
        total = phones.total - written_before
        kinds = ["app", "engine", "database"] * (plan.kills // 3 + 1)
        kinds = kinds[: plan.kills]
        self._random.shuffle(kinds)
        marks = sorted(self._random.uniform(0.03, 0.93) * total for _ in kinds)
        self._due = list(zip(marks, kinds, strict=True))

    def run(self) -> None:
        while not self._stopped.is_set():
            self._start_what_ended()
            done = self._phones.written - self._before
            if self._due and done >= self._due[0][0]:
                _, kind = self._due.pop(0)
                self._kill(kind, done)
            self._stopped.wait(0.05)

    def stop(self) -> None:
        """Kill no more, and have everything run."""
        self._stopped.set()
        self.join(120)
        self._start_what_ended()

    def _kill(self, kind: str, done: int) -> None:
        down = self._random.uniform(0.0, LONGEST_DOWN)
        self._fleet.kill(kind)
        self.killed.append(Killed(kind, time.monotonic() - self._began, done, down))
        time.sleep(down)
        self._fleet.revive(kind)

    def _start_what_ended(self) -> None:
        for process in (*self._fleet.apps, *self._fleet.engines):
            if process.running is not None and process.running.poll() is not None:
                self.ended_by_themselves += 1
                time.sleep(0.3)
                process.start()


@dataclass
class Crash:
    """One run under `folder`."""

    plan: Plan
    folder: Path
    say: Any = field(default=lambda _: None)

    def run(self) -> Result:
        lines = open_lines(patient_twilio=self.plan.patient_twilio)
        environment = {name: value for line in lines for name, value in line.environment().items()}
        fleet = Fleet(self.folder, environment)
        for line in lines:
            line.call(fleet.app_url)
        phones = Phones(lines, self.plan.people, self.plan.messages, self.plan.think, self.plan.seed)
        try:
            fleet.start()
            self.say("everything runs")
            return asyncio.run(self._disturbed(fleet, phones))
        finally:
            phones.close()
            for line in lines:
                with suppress(Exception):
                    line.stop()
            fleet.stop()

    async def _disturbed(self, fleet: Fleet, phones: Phones) -> Result:
        began = time.monotonic()
        controls = phones.controls()
        await phones.live(controls, 1.0)
        self.say(f"{phones.written} messages on a calm day")
        others = [phone for phone in phones.phones if phone not in controls]
        killer = Killer(fleet, phones, self.plan, phones.written)
        killer.start()
        telling = asyncio.create_task(self._tell(phones, killer))
        await phones.live(others, self.plan.spread)
        await asyncio.to_thread(killer.stop)
        telling.cancel()
        settled = await self._settle(fleet, phones)
        database = Database(fleet.url, Cipher(SECRET))
        try:
            verdict = judge(phones.phones, controls, Record(database, fleet.tracker_url))
        finally:
            database.close()
        took = time.monotonic() - began
        return Result(self.plan, killer.killed, verdict, took, killer.ended_by_themselves, settled)

    async def _tell(self, phones: Phones, killer: Killer) -> None:
        while True:
            await asyncio.sleep(15)
            self.say(f"{phones.written}/{phones.total} messages, {len(killer.killed)} kills")

    async def _settle(self, fleet: Fleet, phones: Phones) -> bool:
        """Wait until the queue is empty and nothing more arrives."""
        end = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < end:
            with suppress(psycopg.Error):
                if await asyncio.to_thread(_waiting, fleet.url) == 0:
                    break
            await asyncio.sleep(0.5)
        else:
            return False
        for line in phones.lines:
            await asyncio.to_thread(line.settle)
        await asyncio.sleep(1.0)
        phones.drain()
        return True


def _waiting(url: str) -> int:
    """Jobs that are not over."""
    with psycopg.connect(connection_string(url)) as connection:
        row = connection.execute(
            "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"
            " and queue_name in ('turns', 'deliveries')"
        ).fetchone()
        return int(row[0]) if row else 0


def quiet() -> None:
    """Providers lose calls while we are away; their threads need not say so."""
    threading.excepthook = lambda _: None
    for name in ("httpx", "httpcore", "uvicorn", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
