"""A message in windows: of a long one each stretch is looked at by itself, at a cost that grows as its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import List

#: A stretch holds so many words at most, and so many characters; a window is two stretches, each stretch but the ends
#: stands in two windows.
STRETCH_WORDS, STRETCH_CHARACTERS = 16, 120
#: The greeting of the Prophet, one character that its plain form spells in eighteen.
_OF_EIGHTEEN = "\ufdfa"


def paired(parts: Sequence[str]) -> List[str]:
    """Stretches by twos, so that what is said across the end of one is seen."""
    if len(parts) <= 1:
        return list(parts) or [""]
    return [_joined(one, other) for one, other in pairwise(parts)]


def _joined(one: str, other: str) -> str:
    """The pieces of a word that was cut are one word again."""
    cut = len(one) == STRETCH_CHARACTERS and " " not in one
    return f"{one}{other}" if cut else f"{one} {other}"


def stretches(text: str) -> Iterator[str]:
    """The stretches of a text, in order; all of it is in them."""
    gathered: List[str] = []
    length = 0
    for word in _words(text.replace(_OF_EIGHTEEN, " ")):
        if gathered and (len(gathered) == STRETCH_WORDS or length + len(word) > STRETCH_CHARACTERS):
            yield " ".join(gathered)
            gathered, length = [], 0
        gathered.append(word)
        length += len(word) + 1
    if gathered:
        yield " ".join(gathered)


def _words(text: str) -> Iterator[str]:
    """The words of a text; one that fills more than a stretch comes in pieces."""
    for word in text.split():
        for at in range(0, len(word), STRETCH_CHARACTERS):
            yield word[at : at + STRETCH_CHARACTERS]
