"""What an answer makes of the intent: a yes and a no are what was read, and nothing else may become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional

import numpy as np

from bot.nlu.answers.reader import Answer
from bot.nlu.features.arrays import Floats
from bot.nlu.wishes import WISHES

AFFIRM, DENY = "affirm", "deny"

#: A wish beside a no is taken up from this probability on.
SURE_WISH = 0.8
_FEWEST_WORDS = 3

#: What a "no" may come with that is done instead.
WISHES_BESIDE_NO = (WISHES - {"register"}) | {"ask_privacy", "help"}


def after_answer(
    answer: Answer,
    rest: Optional[str],
    alone: Floats,
    labels: Sequence[str],
    probabilities: Callable[[str], Floats],
) -> Floats:
    """The probabilities of ``labels`` for a message that answers a confirmation.

    Args:
        rest: the message after its "no", where it begins with one.
        alone: the probabilities of the message by itself.
        probabilities: those of another text.
    """
    if answer == "yes":
        return _only(AFFIRM, labels)
    if answer == "no":
        wished = probabilities(rest) if rest and len(rest.split()) >= _FEWEST_WORDS else None
        if wished is not None and _is_wish(wished, labels):
            return _without_answers(wished, labels)
        return _only(DENY, labels)
    return _without_answers(alone, labels)


def _is_wish(probabilities: Floats, labels: Sequence[str]) -> bool:
    at = int(np.argmax(probabilities))
    return labels[at] in WISHES_BESIDE_NO and float(probabilities[at]) >= SURE_WISH


def _only(intent: str, labels: Sequence[str]) -> Floats:
    return np.array([float(label == intent) for label in labels])


def _without_answers(probabilities: Floats, labels: Sequence[str]) -> Floats:
    """The others stay as unlikely as they were: what is left of a "maybe" is not understood."""
    return np.array(
        [0.0 if label in (AFFIRM, DENY) else p for p, label in zip(probabilities, labels, strict=True)]
    )
