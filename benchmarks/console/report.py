"""What the console's pages took, as a table and as the page of docs/benchmarks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psycopg
from rich.table import Table

from benchmarks.console.pages import PageKind
from benchmarks.rig.traffic import percentile
from store.core.database import connection_string


@dataclass(frozen=True)
class Measured:
    """What a kind of page took, in seconds."""

    asked: PageKind
    who: str
    times: tuple[float, ...]

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)

    @property
    def holds(self) -> bool:
        return self.p95 <= self.asked.bar


def counted(url: str) -> dict[str, int]:
    """How many rows of each kind there are."""
    tables = (
        "messages",
        "conversations",
        "persons",
        "registrations",
        "adviser_requests",
        "review_items",
        "figure_days",
        "figure_counts",
    )
    with psycopg.connect(connection_string(url)) as connection:
        found = {}
        for table in tables:
            row = connection.execute(f"select count(*) from {table}").fetchone()
            assert row is not None
            found[table] = int(row[0])
        return found


def rows(measured: Sequence[Measured]) -> Iterator[tuple[str, ...]]:
    for each in measured:
        numbers = [
            f"{1000 * value:.0f}" for value in (percentile(each.times, 0.5), each.p95, max(each.times))
        ]
        bar = f"{1000 * each.asked.bar:.0f}"
        yield (
            each.asked.name,
            each.who,
            str(len(each.times)),
            *numbers,
            bar,
            "holds" if each.holds else "MISSED",
        )


_HEADS = ("page", "seen by", "calls", "p50 ms", "p95 ms", "longest ms", "bar ms", "")


def table(measured: Sequence[Measured]) -> Table:
    """The figures, for people."""
    shown = Table(*_HEADS)
    for row in rows(measured):
        shown.add_row(*row)
    return shown


def report(measured: Sequence[Measured], size: dict[str, int], busy: float) -> str:
    """The page of docs/benchmarks. `busy`: how many processes wanted a processor when the calls began."""
    lines = [f"| {' | '.join(_HEADS)} |", "|" + "---|" * len(_HEADS)]
    lines += [f"| {' | '.join(row)} |" for row in rows(measured)]
    sizes = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in size.items())
    return "\n".join([
        "# The console on a million messages", "",
        "`make bench-console` fills a database and asks for every list, search, thread and figures page through",
        "the app, on this machine, with the embedded PostgreSQL (shared_buffers 512 MB). Each call has another",
        "filter, period or conversation; times are whole pages, template and compression included.", "",
        f"In the store: {sizes}.",
            f"{os.cpu_count()} processor cores; load when the calls began: {busy:.1f}.", "",
        *lines, "",
        "Bars: the 95th of a hundred calls of a list or search within 300 ms, of the figures within 1 s.", "",
        "How: [`store/inbox/search_index.py`](../../store/inbox/search_index.py) keeps what a conversation is found by",
        "in one text vector; [`store/figures/rollup.py`](../../store/figures/rollup.py) adds up each day once it is",
        "over, so that only the",
        "present day is read from messages. An \"or\" between what the facts know and what they do not is asked way by",
        "way ([`store/inbox/filters.py: ways`](../../store/inbox/filters.py)), and rare items of the queue of review,",
        "like answers that had nothing to offer, have indexes in the order they are read. Names are noted when",
        "they come ([`store/inbox/people.py`](../../store/inbox/people.py)), not looked for among everybody.", "",
        "What is measured is a machine as much as a program: shared machines take two to four times as long in some",
        "minutes as in others.", "",
    ])  # fmt: skip
