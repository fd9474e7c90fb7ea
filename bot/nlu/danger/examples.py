"""Examples of danger: ``<folder>/<variety>/<label>/<category>.txt``, a message a line.

What is written after danger stands beside them, in ``needs/`` (``bot.nlu.danger.needs``).
"""

from __future__ import annotations

from pathlib import Path
from typing import List, Mapping, NamedTuple

from bot.nlu.example_files import ExamplesError, read_example_files

DANGER, CONCERN, HARMLESS = "danger", "concern", "harmless"

KIND_OF: Mapping[str, str] = {
    "suicide": "self",
    "despair": "self",
    "selfharm": "self",
    "violence": "violence",
    "sexual": "violence",
    "forced_marriage": "violence",
    "exploitation": "violence",
    "threats": "violence",
    "medical": "medical",
    "child": "child",
}
"""Categories of danger by whom one calls."""

NEEDS_GROUP = "needs"
AWAY, OTHER = "away", "other"
NEEDS = ("no_contact", "who_reads", "shelter", "no_answer", AWAY, OTHER)
"""What is asked for after danger."""

KINDS = ("self", "violence", "medical", "child")
CLASSES = (HARMLESS, CONCERN, *KINDS)


class Example(NamedTuple):
    """A message and its class, one of ``CLASSES``."""

    variety: str
    text: str
    of: str


def read_examples(folder: Path) -> List[Example]:
    """All examples below ``folder``. Raises ``ExamplesError``."""
    found: List[Example] = []
    for file in read_example_files(folder):
        label, category = file.group, file.name
        if label == NEEDS_GROUP:
            continue
        if label not in (DANGER, CONCERN, HARMLESS) or (label == DANGER and category not in KIND_OF):
            raise ExamplesError(f"{file.path}: no label {label!r} or no category {category!r}")
        of = KIND_OF[category] if label == DANGER else label
        found.extend(Example(file.variety, line, of) for line in file.lines)
    return found


class NeedExample(NamedTuple):
    """A message after one about danger, and what it asks for, one of ``NEEDS``."""

    text: str
    need: str


def read_needs(folder: Path) -> List[NeedExample]:
    """The examples in ``<folder>/<variety>/needs/<need>.txt``; none where there are no such files.

    Raises:
        ExamplesError: a file is named after no need.
    """
    found: List[NeedExample] = []
    for file in read_example_files(folder):
        if file.group != NEEDS_GROUP:
            continue
        if file.name not in NEEDS:
            raise ExamplesError(f"{file.path}: no need of this name; there are {', '.join(NEEDS)}")
        found.extend(NeedExample(line, file.name) for line in file.lines)
    return found
