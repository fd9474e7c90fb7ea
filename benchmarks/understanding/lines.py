"""Our lines dealt into those to learn from and those held out, as every comparison of the understanding has them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "benchmarks"
BESIDE = ROOT.parent / "shared" / "nlu" / "dev.jsonl"
VARIETIES = ("ar", "ary", "ary-Latn", "fr")
_MARK = re.compile(r'\[([^\]]+)\]\{"entity": "(\w+)", "value": "([^"]+)"\}')
Line = tuple[str, str, str]
"""(variety, intent, line as marked)"""
Message = dict[str, Any]


def deal(sample: int) -> tuple[list[Line], list[Message], list[Line]]:
    """(lines to learn from, messages held out, all lines); as many of each intent and variety in the first two."""
    by: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted((ROOT / "data" / "nlu").glob("*/*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("      - "):
                by[path.parent.name, path.stem].append(line[8:])
    learnt, held_out, everything = [], [], []
    for (variety, intent), lines in by.items():
        random.Random(7).shuffle(lines)
        everything += [(variety, intent, line) for line in lines]
        learnt += [(variety, intent, line) for line in lines[:sample]]
        held_out += [marked(variety, intent, line) for line in lines[sample : 2 * sample]]
    return learnt, held_out, everything


def marked(variety: str, intent: str, line: str) -> Message:
    """The message of a marked line, with what is to be understood of it."""
    entities = sorted({(entity, value) for _, entity, value in _MARK.findall(line)})
    return {
        "text": _MARK.sub(r"\1", line),
        "variety": variety,
        "intent": intent,
        "entities": entities,
        "line": line,
    }


def message_of(row: dict[str, Any]) -> Message:
    """The message of a row of a set given with `--messages`."""
    entities = sorted({(name, str(value)) for name, values in row["entities"].items() for value in values})
    return {**row, "entities": entities}


def as_nlu(lines: list[Line]) -> str:
    """The lines as Rasa reads training data."""
    by: dict[tuple[str, str], list[str]] = defaultdict(list)
    for variety, intent, line in lines:
        by[variety, intent].append(line)
    parts = ['version: "3.1"', "nlu:"]
    for (variety, intent), those in by.items():
        parts += [f"  - intent: {intent}", f"    metadata:\n      variety: {variety}", "    examples: |"]
        parts += [f"      - {line}" for line in those]
    return "\n".join(parts) + "\n"
