"""What the trained model makes of messages, many at a time.

    python -m bot.understand IN.jsonl OUT.jsonl [--model models/x.tar.gz]
    python -m bot.understand --explain "a message"

Each line of IN has a ``text`` and may have the ``variety`` of the conversation so far. Each line of OUT has ``text``,
``intent`` (the likeliest, even where the assistant would fall back), ``confidence``, ``ranking`` of three, ``variety``,
``entities``, ``fallback``: whether the assistant would say that it did not understand, ``danger``: whether help numbers
are sent, and ``concern``: whether it is asked kindly.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bot.explain import explain
from bot.understanding import Understanding, newest_model

_BATCH = 64


def _batches(lines: Iterable[str]) -> Iterator[list[dict[str, Any]]]:
    rows = (json.loads(line) for line in lines if line.strip())
    while batch := list(islice(rows, _BATCH)):
        yield batch


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, metavar="IN.jsonl", nargs="?")
    parser.add_argument("target", type=Path, metavar="OUT.jsonl", nargs="?")
    parser.add_argument("--explain", metavar="TEXT", help="say why one message is understood as it is")
    parser.add_argument("--model", type=Path, help="an archive; the newest in models/ otherwise")
    arguments = parser.parse_args()
    try:
        understanding = Understanding(arguments.model or newest_model())
    except FileNotFoundError as error:
        raise SystemExit(str(error)) from error
    if arguments.explain is not None:
        print("\n".join(explain(understanding, arguments.explain)))
        return
    if arguments.source is None or arguments.target is None:
        parser.error("IN.jsonl and OUT.jsonl are needed, or --explain TEXT")
    with (
        arguments.source.open(encoding="utf-8") as source,
        arguments.target.open("w", encoding="utf-8") as target,
    ):
        for batch in _batches(source):
            for line in understanding.of(batch):
                target.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
