"""`make crash`: people write over every provider while our processes are killed at random; then every message is
accounted for.

.venv/bin/python -m benchmarks.crash                           520 people, 20 messages each, 24 kills
.venv/bin/python -m benchmarks.crash --people 60 --messages 8 --kills 6 --think 1

App, engine and database are processes of their own, each killed by SIGKILL (the database with all its processes) and
started again after a moment, as a supervisor would. The same seed kills at the same places; what runs then is chance.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from benchmarks.crash.killing import Crash, Plan, Result, quiet
from benchmarks.rig import report
from benchmarks.rig.runs import BENCH, occasion


def table(result: Result) -> Table:
    """What happened, for people."""
    verdict = result.verdict
    by_kind = Counter(each.kind for each in result.kills)
    shown = Table(title=f"{verdict.messages} messages, {len(result.kills)} kills ({dict(by_kind)})")
    shown.add_column("what")
    shown.add_column("count", justify="right")
    rows = {
        "acknowledged": verdict.acknowledged,
        "fetched by the poller": verdict.fetched,
        "replies": verdict.replies,
        **verdict.faults,
        **{f"duplicates at {name} (no look-up there)": n for name, n in verdict.duplicates.items()
           if name not in verdict.unexplained},
        "written at once and crossed": verdict.crossed,
        "of these answered in the order written": verdict.crossed_in_order,
        "people whose tracker has another order": verdict.tracker_in_another_order,
        "processes that ended by themselves": result.ended_by_themselves,
        "queue empty at the end": "yes" if result.settled else "no",
        "seconds": f"{result.seconds:.0f}",
    }  # fmt: skip
    for name, value in rows.items():
        shown.add_row(name.replace("_", " "), str(value))
    return shown


def end_in_order() -> None:
    """Asked to stop, stop everything: nothing of ours may be left running."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, value in asdict(Plan()).items():
        if isinstance(value, bool):
            parser.add_argument(f"--{name.replace('_', '-')}", action="store_true")
        else:
            parser.add_argument(f"--{name}", type=type(value), default=value)
    asked = Plan(**vars(parser.parse_args(arguments)))
    console = Console()
    quiet()
    end_in_order()
    folder = BENCH / f"crash-{time.strftime('%H%M%S')}"
    began = time.monotonic()
    result = Crash(
        asked, folder, lambda text: console.print(f"{time.monotonic() - began:5.0f} s  {text}")
    ).run()
    console.print(table(result))
    for fault, examples in result.verdict.examples.items():
        console.print(f"{fault}: {examples[:8]}", highlight=False)
    kept = {**asdict(result), **occasion()}
    (folder / "crash.json").write_text(json.dumps(kept, indent=1, default=str))
    if asked.people >= Plan.people:
        # Only the whole of it is published.
        (BENCH / "crash.json").write_text(json.dumps(kept, indent=1, default=str))
        report.write()
    if result.good:
        shutil.rmtree(folder / "postgres", ignore_errors=True)
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
