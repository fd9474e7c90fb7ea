"""Journeys: conversations written down as they are held, and held again with the product.

    # What this journey shows.
    > bghit chi formation f l'informatique        the person writes (a number picks a choice, as in real life)
    >> option-register                            the person taps the choice of this title (`option-course 2`: the 2nd)
    < courses-found                               the reply keys of the answer, in order, separated by commas
    ~ Google                                      a piece of text the answer must contain
    !~ Google                                     ... and one it must not contain
    = find_course                                 the intent understood of what was written
    @ fr                                          the variety of the answer
    ! registrations requested 1                   what is in the database at this point: registrations by state,
    ! consents registration yes 1                 consents by purpose and answer, adviser_requests, alerts

A line of `<` may name only keys that must be there, in order; others may stand between them.
`a | b` is either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

MARKS = (">>", "!~", ">", "<", "~", "=", "@", "!")


@dataclass(frozen=True)
class Step:
    """One line of a journey: its mark, its text and where it stands."""

    mark: str
    text: str
    line: int


@dataclass(frozen=True)
class Journey:
    """A journey as read from its file."""

    path: Path
    variety: str
    steps: tuple[Step, ...]


def read_journey(path: Path) -> Journey:
    """Raises ValueError naming the line that is no step."""
    steps = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        mark = next((m for m in MARKS if line.startswith(m)), None)
        if mark is None:
            raise ValueError(f"{path}:{number}: a line starts with # or one of {' '.join(MARKS)}")
        steps.append(Step(mark, line[len(mark) :].strip(), number))
    return Journey(path, path.parent.name, tuple(steps))


def all_journeys(folder: Path) -> list[Journey]:
    return [read_journey(path) for path in sorted(folder.glob("*/*.txt")) if path.stem != "intents"]


_COUNT = re.compile(r"^(?P<what>[a-z_]+)(?P<words>(?: [a-z_]+)*) (?P<count>\d+)$")


def expected_count(text: str) -> tuple[str, tuple[str, ...], int]:
    """`registrations requested 1` as (table, words, count). Raises ValueError for anything else."""
    match = _COUNT.match(text)
    if match is None:
        raise ValueError(f"{text!r}: `<table> <words> <count>` is expected")
    return match["what"], tuple(match["words"].split()), int(match["count"])
