"""`make bench`: start-up, a turn by the web channel on an idle machine, and the engine's memory.

A turn is measured as a person has it: from the POST of the message to the GET that brings the last reply, polling each
5 ms. Every variety and kind of message takes part; a first round, not counted, warms the engine up.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.rig.conversations import CONVERSATIONS
from store.core.database import ensure_database, migrate
from store.embedded.server import EmbeddedPostgres
from tests.product import Chat, Product

ROUNDS = 6
BARS = {"turn p50": 120.0, "turn p95": 300.0, "engine memory": 800.0, "second start": 20.0}


def main() -> None:
    console = Console()
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "postgres") as server:
        url = ensure_database(server.url, "bench")
        migrate(url)
        tracker = ensure_database(server.url, "bench_tracker")
        started = time.perf_counter()
        with Product.started(url, Path(folder), TAKWIN_TRACKER_URL=tracker) as product:
            start = time.perf_counter() - started
            times = _turns(product)
            memory = _engine_memory(product.process.pid)
    console.print(_table(times, start, memory))


def _turns(product: Product) -> dict[str, list[float]]:
    """Milliseconds of each turn, per variety."""
    times: dict[str, list[float]] = {variety: [] for variety in CONVERSATIONS}
    for number in range(ROUNDS + 1):
        for variety, texts in CONVERSATIONS.items():
            chat = product.chat()
            for text in texts:
                taken = _one(chat, text)
                if number:
                    times[variety].append(taken)
    return times


def _one(chat: Chat, text: str) -> float:
    started = time.perf_counter()
    chat.exchange({"text": text}, poll=0.005)
    return 1000 * (time.perf_counter() - started)


def _engine_memory(pid: int) -> float:
    """Resident megabytes of the engine, the app's child that runs bot.serve."""
    for child in psutil.Process(pid).children(recursive=True):
        if "bot.serve" in child.cmdline():
            return float(child.memory_info().rss) / 2**20
    raise RuntimeError("the engine is not running")


def _table(times: dict[str, list[float]], start: float, memory: float) -> Table:
    table = Table(title="Takwin on this machine")
    for column in ("what", "measured", "bar"):
        table.add_column(column)
    everything = [t for each in times.values() for t in each]
    for variety, each in times.items():
        table.add_row(f"turn p50, {variety}", f"{statistics.median(each):.0f} ms", "")
    table.add_row("turn p50", f"{statistics.median(everything):.0f} ms", f"<= {BARS['turn p50']:.0f} ms")
    p95 = statistics.quantiles(everything, n=20)[-1]
    table.add_row("turn p95", f"{p95:.0f} ms ({len(everything)} turns)", f"<= {BARS['turn p95']:.0f} ms")
    table.add_row("engine, resident", f"{memory:.0f} MB", f"<= {BARS['engine memory']:.0f} MB")
    table.add_row("start until ready, model trained", f"{start:.1f} s", f"<= {BARS['second start']:.0f} s")
    return table


if __name__ == "__main__":
    main()
