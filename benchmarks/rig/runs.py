"""One stretch of load and what is measured of it, against anything that takes webhooks and costs processor time."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.rig.fleet import Fleet
from benchmarks.rig.traffic import Sent, Traffic, percentile
from benchmarks.rig.wires import Twilio, Wire
from takwin.settings import ROOT

BENCH = ROOT / "var" / "bench"


def occasion() -> dict[str, str]:
    """When and where something is measured, and how fast the machine is at it: the same one may be three times slower
    another day.
    """
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, five million"
        f" additions in {_additions():.2f} s",
    }


def _additions() -> float:
    began, total = time.perf_counter(), 0
    for number in range(5_000_000):
        total += number
    return time.perf_counter() - began


@dataclass(frozen=True)
class Stretch:
    """What one rate came to. Times in milliseconds; `cpu` is milliseconds of processor a message, by process."""

    rate: float
    seconds: float
    sent: int
    acknowledged: int
    refused: int
    answered: int
    ack_p50: float
    ack_p95: float
    ack_p99: float
    reply_p50: float
    reply_p95: float
    answered_a_second: float
    cpu: dict[str, float]
    cores: dict[str, float]


@dataclass
class Bench:
    """A fleet and the people who write to it."""

    fleet: Fleet
    traffic: Traffic

    async def stretch(self, rate: float, seconds: float, settle: float = 30.0) -> Stretch:
        """One rate for so long, with what is measured of it."""
        before, own, began = self.fleet.cpu(), time.process_time(), time.monotonic()
        here = await self.traffic.send_at(rate, seconds)
        await self.traffic.settle(settle)
        took = time.monotonic() - began
        after = {**self.fleet.cpu(), "sender": time.process_time()}
        spent = {name: after[name] - before.get(name, own) for name in after}
        return measured(rate, seconds, here, spent, took)


def measured(
    rate: float, seconds: float, sent: Sequence[Sent], spent: dict[str, float], took: float
) -> Stretch:
    """The figures of a stretch."""
    acks = [1000 * (s.acknowledged - s.due) for s in sent if s.acknowledged and s.status // 100 == 2]
    replies = [1000 * (s.answered - s.due) for s in sent if s.answered]
    last = max((s.answered for s in sent if s.answered), default=0.0) - min(s.due for s in sent)
    return Stretch(
        rate=rate,
        seconds=seconds,
        sent=len(sent),
        acknowledged=len(acks),
        refused=sum(s.status == 503 for s in sent),
        answered=len(replies),
        ack_p50=percentile(acks, 0.5),
        ack_p95=percentile(acks, 0.95),
        ack_p99=percentile(acks, 0.99),
        reply_p50=percentile(replies, 0.5),
        reply_p95=percentile(replies, 0.95),
        answered_a_second=len(replies) / last if last > 0 else 0.0,
        cpu={name: 1000 * each / len(sent) for name, each in spent.items()},
        cores={name: each / took for name, each in spent.items()},
    )


@asynccontextmanager
async def running(
    wire: Wire,
    roles: Sequence[str] = ("all",),
    engines: int = 1,
    people: int = 200,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Bench]:
    """The product, started, with a provider that takes its messages."""
    folder = BENCH / f"load-{time.strftime('%H%M%S')}"
    traffic = Traffic(wire, (), people)
    await traffic.sink.start()
    fleet = Fleet(folder, wire.environment(traffic.sink.url), roles, engines, settings or {})
    serving = [
        url.removeprefix("http://")
        for url, role in zip(fleet.app_urls, roles, strict=True)
        if role != "worker"
    ]
    traffic.apps = serving
    if isinstance(wire, Twilio):
        wire.public_url = fleet.app_url
    try:
        await asyncio.to_thread(fleet.start)
        yield Bench(fleet, traffic)
    finally:
        await traffic.close()
        await asyncio.to_thread(fleet.stop)
        shutil.rmtree(folder / "postgres", ignore_errors=True)
