"""What the costliest texts that a person can send cost everybody else.

python -m benchmarks.harms.costly_texts                 all three parts
python -m benchmarks.harms.costly_texts --only engine   milliseconds of the engine's processor, each kind of text
python -m benchmarks.harms.costly_texts --only web      how much longer than a greeting each is waited for
python -m benchmarks.harms.costly_texts --only crowd    20 who send nothing else, beside 40 people (--seconds 60)
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import httpx
import psutil
import psycopg
from rich.console import Console
from rich.table import Table

from benchmarks.rig.conversations import CONVERSATIONS
from store.core.database import connection_string, ensure_database, migrate
from store.embedded.server import EmbeddedPostgres
from takwin.model.model import current_model
from takwin.settings import ROOT
from tests.bot.in_engine import printed
from tests.costly_texts import KINDS, LONGEST
from tests.product import Product

IN_ENGINE = ROOT / "tests" / "bot" / "costly_in_engine.py"
GREETING = "salam"
GREETINGS = 20
WORST = 15
ENGINE_BAR, WEB_BAR, CROWD_BAR = 300.0, 1000.0, 2.0
SENDERS, EACH_SECOND, PEOPLE, THINK = 20, 2, 40, 5.0
SETTLE = 120.0

console = Console()


@dataclass(frozen=True)
class Running:
    """The product, and the database in which it is looked what became of messages."""

    product: Product
    database_url: str

    def engine_pid(self) -> int:
        children = psutil.Process(self.product.process.pid).children(recursive=True)
        return next(child.pid for child in children if "bot.serve" in child.cmdline())


def _processor(shown: Running) -> dict[str, float]:
    """Seconds of processor that the app and its engine have had."""
    processes = {"app": shown.product.process.pid, "engine": shown.engine_pid()}
    times = {name: psutil.Process(pid).cpu_times() for name, pid in processes.items()}
    return {name: float(each.user + each.system) for name, each in times.items()}


@contextmanager
def running() -> Iterator[Running]:
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "postgres") as server:
        url = ensure_database(server.url, "bench")
        migrate(url)
        tracker = ensure_database(server.url, "bench_tracker")
        with Product.started(url, Path(folder), TAKWIN_TRACKER_URL=tracker) as product:
            yield Running(product, url)


def engine() -> None:
    """Each kind, as long as the door lets it be and as long as it is still read whole."""
    lengths = [1000, LONGEST]
    took = printed(IN_ENGINE, str(current_model()), given={"lengths": lengths, "texts": []})["took"]
    table = Table("kind", *(f"{length} characters, ms" for length in lengths), title="the engine's processor")
    for kind, each in sorted(took.items(), key=lambda one: -max(one[1]))[:WORST]:
        table.add_row(kind, *(f"{ms:.0f}" for ms in each))
    worst = max(max(each) for each in took.values())
    middle = statistics.median(max(each) for each in took.values())
    table.add_row("all kinds: worst, median", f"{worst:.0f} (<= {ENGINE_BAR:.0f})", f"{middle:.0f}")
    console.print(table)


def web(shown: Running) -> None:
    """Each kind once, by a person of its own, over what a greeting takes."""
    greeting = statistics.median(_wait(shown.product, GREETING) for _ in range(GREETINGS))
    waits = {kind: _wait(shown.product, text_of(LONGEST)) - greeting for kind, text_of in KINDS.items()}
    table = Table(
        "kind", "ms over a greeting", title=f"wait by the web channel; a greeting {greeting:.0f} ms"
    )
    for kind, wait in sorted(waits.items(), key=lambda one: -one[1])[:WORST]:
        table.add_row(kind, f"{wait:.0f}")
    table.add_row("all kinds: worst", f"{max(waits.values()):.0f} (<= {WEB_BAR:.0f})")
    console.print(table)


def _wait(product: Product, text: str) -> float:
    chat = product.chat()
    started = time.perf_counter()
    chat.exchange({"text": text or GREETING}, poll=0.005)
    return 1000 * (time.perf_counter() - started)


async def _send(client: httpx.AsyncClient, session: str, number: int, text: str) -> None:
    body = {"id": f"{session}-{number}", "text": text}
    posted = await client.post(f"/channels/web/{session}/messages", json=body)
    posted.raise_for_status()


async def _sender(client: httpx.AsyncClient, name: str, seconds: float, draw: random.Random) -> None:
    """Sends at its pace whatever is answered."""
    session, kinds = f"sender-{name}", list(KINDS)
    started = time.monotonic()
    for number in range(int(seconds * EACH_SECOND)):
        await asyncio.sleep(max(0.0, started + number / EACH_SECOND - time.monotonic()))
        await _send(client, session, number, KINDS[draw.choice(kinds)](draw.choice((1000, 2500, LONGEST))))


async def _person(client: httpx.AsyncClient, name: str, seconds: float, draw: random.Random) -> None:
    """Goes through a conversation, thinking between messages as people do."""
    lines = cycle(draw.choice(list(CONVERSATIONS.values())))
    ends = time.monotonic() + seconds
    number = 0
    await asyncio.sleep(draw.uniform(0, THINK))
    while time.monotonic() < ends:
        await _send(client, f"person-{name}", number, next(lines))
        number += 1
        await asyncio.sleep(draw.uniform(0.5 * THINK, 1.5 * THINK))


async def _crowd(url: str, seconds: float) -> None:
    limits = httpx.Limits(max_connections=SENDERS + PEOPLE)
    async with httpx.AsyncClient(base_url=url, timeout=60.0, trust_env=False, limits=limits) as client:
        run = uuid.uuid4().hex[:8]
        await asyncio.gather(
            *(_sender(client, f"{run}-{n}", seconds, random.Random(n)) for n in range(SENDERS)),
            *(_person(client, f"{run}-{n}", seconds, random.Random(1000 + n)) for n in range(PEOPLE)),
        )


_ENDED = """
select case when provider_message_id like '%sender-%' then 'senders' else 'people' end, state,
       extract(epoch from finished_at - created_at)::float
from messages where direction = 'in'
"""


def _settled(shown: Running) -> tuple[dict[str, list[float]], int, int]:
    """Seconds from the door to the end of each turn, how many were put aside, and how many wait at the end."""
    deadline = time.monotonic() + SETTLE
    while True:
        with psycopg.connect(connection_string(shown.database_url)) as connection:
            rows = connection.execute(_ENDED).fetchall()
        waiting = sum(state == "received" for _, state, _ in rows)
        if not waiting or time.monotonic() > deadline:
            break
        time.sleep(1.0)
    waits = {
        who: [waited for each, _, waited in rows if each == who and waited is not None]
        for who in ("people", "senders")
    }
    return waits, sum(state == "failed" for _, state, _ in rows), waiting


def crowd(shown: Running, seconds: float) -> None:
    """Those who send nothing else, beside people."""
    before = shown.engine_pid()
    spent = _processor(shown)
    asyncio.run(_crowd(shown.product.url, seconds))
    waits, failed, waiting = _settled(shown)
    table = Table(
        "who", "messages", "p50 s", "p95 s", "longest s", title=f"{SENDERS} senders, {PEOPLE} people"
    )
    for who, each in waits.items():
        cuts = statistics.quantiles(each, n=20)
        table.add_row(who, str(len(each)), f"{cuts[9]:.2f}", f"{cuts[18]:.2f}", f"{max(each):.2f}")
    console.print(table)
    messages = sum(map(len, waits.values()))
    for name, before_it in spent.items():
        console.print(
            f"{name}: {1000 * (_processor(shown)[name] - before_it) / messages:.0f} ms of processor a message"
        )
    console.print(
        f"bar: p95 <= {CROWD_BAR:.0f} s; not answered {waiting}, put aside {failed}, "
        f"engine started again: {'yes' if shown.engine_pid() != before else 'no'}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=("engine", "web", "crowd"))
    parser.add_argument("--seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    if arguments.only in (None, "engine"):
        engine()
    if arguments.only == "engine":
        return
    with running() as shown:
        if arguments.only in (None, "web"):
            web(shown)
        if arguments.only in (None, "crowd"):
            crowd(shown, arguments.seconds)


if __name__ == "__main__":
    main()
