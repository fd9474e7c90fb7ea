"""Examples of answers: ``<folder>/<variety>/<question>/<label>.txt``, an answer a line."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import List, NamedTuple, Tuple

from bot.nlu.example_files import ExamplesError, read_example_files

LABELS = ("neither", "no", "weak", "yes")
"""``weak`` is a yes without strength ("ok", a thumb): it is none where something would be lost for good."""

QUESTIONS = ("cancel", "consent", "erase", "summary")

_LIKE_ANSWERS = frozenset(
    {"affirm", "deny", "delete_my_data", "cancel_registration", "register", "inform", "stop_messages"}
)
_SEED = 3


class Example(NamedTuple):
    """What somebody wrote when they were asked, and what it comes to."""

    variety: str
    question: str
    label: str
    text: str


def read_examples(folder: Path) -> List[Example]:
    """All examples below ``folder``. Raises ``ExamplesError``."""
    found: List[Example] = []
    for file in read_example_files(folder):
        if file.group not in QUESTIONS or file.name not in LABELS:
            raise ExamplesError(
                f"{file.path}: expected <variety>/{'|'.join(QUESTIONS)}/{'|'.join(LABELS)}.txt"
            )
        found.extend(Example(file.variety, file.group, file.name, line) for line in file.lines)
    return found


def examples_of_wishes(lines: Sequence[Tuple[str, str]], most: int) -> List[Example]:
    """Other wishes as answers that are neither, dealt to the questions in turn.

    Args:
        lines: (intent, text); those that say yes or no, or the verb of a question, are left out.
        most: how many are taken.
    """
    wishes = [text for intent, text in lines if intent not in _LIKE_ANSWERS]
    some = random.Random(_SEED).sample(wishes, min(most, len(wishes)))
    return [Example("", QUESTIONS[at % len(QUESTIONS)], "neither", text) for at, text in enumerate(some)]
