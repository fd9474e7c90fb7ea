"""`make load`: the product under load, through webhooks with a signature, beside a stock Rasa server in the same run.

.venv/bin/python -m benchmarks.load --quick            one rate, WhatsApp Cloud API: milliseconds of processor a message
.venv/bin/python -m benchmarks.load --quick --wire twilio --rate 20 --seconds 15
.venv/bin/python -m benchmarks.load --only idle,stock  some parts; the others stay as they were measured before
.venv/bin/python -m benchmarks.load --stored 1000000   the last part with so many stored conversations
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import psycopg
from rich.console import Console

from benchmarks.load.growth import ORIGINALS, grow
from benchmarks.rig import report
from benchmarks.rig.runs import BENCH, Bench, Stretch, occasion, running
from benchmarks.rig.wires import WIRES, Twilio, WhatsApp, Wire
from benchmarks.stock.comparison import KINDS, SAMPLE, stock_model, stock_running
from store.core.database import connection_string

RATES = (5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0)
RATE_SECONDS = 25.0
ACK_RATE = 50.0  # a second: how soon webhooks are acknowledged then is looked at however many are answered
MISSED = 2  # rates that are not sustained; higher ones say nothing new
#: What the runbook has for one machine with many messages.
LAYOUT = ("webhooks", "worker", "worker")
REPLY_BAR = 2000.0  # milliseconds, p95
WARM = (15.0, 14.0)
BEYOND = 80.0  # a second: more than anything here sustains
CROWD = 1000  # people who write at a time in an overload
#: Enough that the fill is not what is measured; a checkpoint in the middle would be.
LARGE = {"max_wal_size": "8GB", "checkpoint_timeout": "30min", "maintenance_work_mem": "512MB"}

console = Console()


def sustained(stretches: list[Stretch]) -> Stretch | None:
    """The highest rate at which all were answered in time: p95 within the bar, and no slower than they came."""
    held = [
        each
        for each in stretches
        if each.answered == each.sent and each.reply_p95 <= REPLY_BAR
    ]  # fmt: skip
    return max(held, key=lambda each: each.rate, default=None)


async def _rates(bench: Bench, name: str, seconds: float = RATE_SECONDS, ack: float = 0) -> list[Stretch]:
    await bench.stretch(*WARM)
    found: list[Stretch] = []
    for rate in RATES:
        missed = sum(sustained([each]) is None for each in found)
        if missed >= MISSED and rate != ack:
            continue
        found.append(await bench.stretch(rate, seconds, settle=180.0))
        show(name, found[-1])
    return found


async def rates() -> dict[str, Any]:
    """Acknowledgement and reply times against offered load, through two providers."""
    measured: dict[str, Any] = {}
    for wire in (Twilio(), WhatsApp()):
        async with running(wire, LAYOUT) as bench:
            measured[wire.name] = [asdict(each) for each in await _rates(bench, wire.name, ack=ACK_RATE)]
            measured[f"{wire.name}, memory"] = bench.fleet.memory()
    return measured


async def idle() -> dict[str, Any]:
    """One message a second: from the webhook to the answer handed to the provider."""
    measured: dict[str, Any] = {}
    for wire in (Twilio(), WhatsApp()):
        async with running(wire) as bench:
            await bench.stretch(*WARM)
            found = await bench.stretch(1, 40)
            show(f"idle, {wire.name}", found)
            measured[wire.name] = asdict(found)
    return measured


async def overload() -> dict[str, Any]:
    """Five times what is sustained, for a minute; then whether it recovers, and all it acknowledged is answered."""
    rate = 5 * _known_capacity()
    async with running(WhatsApp(), LAYOUT, people=CROWD) as bench:
        await bench.stretch(*WARM)
        flood = await bench.stretch(rate, 60, settle=1200.0)
        show("overload", flood)
        after = await bench.stretch(10, 15)
        show("afterwards", after)
        stored = _stored(bench)
    return {"flood": asdict(flood), "afterwards": asdict(after), "stored": stored}


def _known_capacity() -> float:
    """What `rates` found, through the provider that does not hold us back; 40 where it was not measured."""
    found = _results().get("rates", {}).get(WhatsApp.name)
    best = sustained([Stretch(**each) for each in found]) if found else None
    return best.rate if best else 40.0


def _stored(bench: Bench) -> dict[str, int]:
    with psycopg.connect(connection_string(bench.fleet.url)) as connection:
        rows = connection.execute(
            "select state, count(*) from messages where direction = 'in' group by 1"
        ).fetchall()
    return {str(state): int(count) for state, count in rows}


async def processes() -> dict[str, Any]:
    """One, two and three app processes on one database, and two engines: the most they answer in a second."""
    shapes: Mapping[str, tuple[tuple[str, ...], int]] = {
        "one app": (("all",), 1),
        "two apps, both all": (("all", "all"), 1),
        "webhooks and worker": (("webhooks", "worker"), 1),
        "webhooks and two workers": (("webhooks", "worker", "worker"), 1),
        "one app, two engines": (("all",), 2),
        "webhooks and two workers, two engines": (("webhooks", "worker", "worker"), 2),
    }
    measured = {}
    for name, (roles, engines) in shapes.items():
        async with running(WhatsApp(), roles, engines) as bench:
            await bench.stretch(*WARM)
            found = await bench.stretch(BEYOND, 15, settle=180.0)
            show(name, found)
            measured[name] = asdict(found)
    return measured


async def stock() -> dict[str, Any]:
    """The same messages to stock Rasa: with fixed texts as it comes, then with our rules and actions."""
    measured: dict[str, Any] = {}
    for kind in KINDS:
        async with stock_running(kind) as bench:
            name = bench.traffic.wire.name
            measured[name] = [asdict(each) for each in await _rates(bench, name)]
            measured[f"{name}, memory"] = bench.fleet.memory()
    return {**measured, "trained": {**stock_model("fixed")[1], "sample": SAMPLE}}


async def stored(conversations: int) -> dict[str, Any]:
    """What a message costs with few and with very many stored conversations."""
    measured: dict[str, Any] = {}
    async with running(WhatsApp(), people=ORIGINALS, settings=LARGE) as bench:
        await bench.stretch(10, ORIGINALS / 10)
        bench.traffic.let_others_write()
        for wanted in (1000, conversations):
            grown = await asyncio.to_thread(grow, bench.fleet.url, bench.fleet.tracker_url, wanted)
            console.print(f"{grown}", highlight=False)
            await asyncio.to_thread(bench.fleet.restart_apps)
            await bench.stretch(*WARM)
            found = await bench.stretch(15, 40, settle=120.0)
            show(f"{grown.conversations} conversations", found)
            measured[str(wanted)] = {"grown": asdict(grown), "stretch": asdict(found)}
    return measured


def show(name: str, found: Stretch) -> None:
    """One line of figures."""
    cpu = ", ".join(f"{who} {each:.1f}" for who, each in found.cpu.items())
    product = sum(each for who, each in found.cpu.items() if who != "sender")
    console.print(
        f"{name}, {found.rate:g}/s for {found.seconds:g} s: {found.acknowledged}/{found.sent} acknowledged, "
        f"{found.refused} refused, {found.answered} answered ({found.answered_a_second:.1f}/s)\n"
        f"  acknowledged after p50 {found.ack_p50:.0f} ms, p95 {found.ack_p95:.0f}, p99 {found.ack_p99:.0f}; "
        f"answer at the provider p50 {found.reply_p50:.0f} ms, p95 {found.reply_p95:.0f}\n"
        f"  processor, ms a message: {cpu}; the product's {product:.1f} "
        f"(cores in use: {sum(found.cores.values()):.2f}, the sender's {found.cores['sender']:.2f})",
        highlight=False,
        soft_wrap=True,
    )


async def quick(wire: Wire, rate: float, seconds: float, roles: Sequence[str]) -> None:
    """One rate, after a warm-up that is not counted."""
    async with running(wire, roles) as bench:
        await bench.stretch(*WARM)
        show(wire.name, await bench.stretch(rate, seconds))


def _results() -> dict[str, Any]:
    file = BENCH / "load.json"
    found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return found


def _keep(part: str, measured: dict[str, Any]) -> None:
    """Each part is kept as soon as it is measured, with when and where."""
    found = {**_results(), part: {**measured, **occasion()}}
    (BENCH / "load.json").write_text(json.dumps(found, indent=1, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one rate only")
    parser.add_argument("--wire", choices=sorted(WIRES), default="whatsapp")
    parser.add_argument("--rate", type=float, default=15)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--roles", default="all", help="one for each app process: all, webhooks, worker")
    parser.add_argument("--only", default="", help="rates, idle, overload, processes, stock, stored")
    parser.add_argument("--stored", type=int, default=100_000, help="conversations in the last part")
    asked = parser.parse_args()
    BENCH.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if asked.quick:
        asyncio.run(quick(WIRES[asked.wire](), asked.rate, asked.seconds, asked.roles.split(",")))
        return
    parts: Mapping[str, Callable[[], Awaitable[dict[str, Any]]]] = {
        "rates": rates,
        "idle": idle,
        "overload": overload,
        "processes": processes,
        "stock": stock,
        "stored": lambda: stored(asked.stored),
    }
    chosen = [name for name in asked.only.split(",") if name] or list(parts)
    for name in chosen:
        console.rule(name)
        _keep(name, asyncio.run(_whole(parts[name])))
    report.write()


async def _whole(part: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    return await part()


if __name__ == "__main__":
    main()
