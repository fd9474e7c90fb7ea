"""Cutting a message into pieces: runs of words and runs of letters, of what was written and of its skeleton."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from bot.nlu.folding import shortened, tokenize

if TYPE_CHECKING:
    from bot.nlu.features.knowledge import Knowledge

# A message with more concepts than this is a story: what goes with what in it is not telling.
_MOST_CONCEPTS = 12
Cutter = Callable[[str, "Knowledge"], list[list[str]]]
"""From a text to its pieces, one list a view; the number of views is always the same."""


def word_runs(words: Sequence[str], longest: int) -> list[str]:
    """Runs of one to ``longest`` words."""
    return [" ".join(run) for size in range(1, longest + 1) for run in _runs(words, size)]


def letter_runs(words: Sequence[str], shortest: int, longest: int) -> list[str]:
    """Runs of letters inside each word, which has a blank at either end; a short word counts once as a whole."""
    found: list[str] = []
    for word in words:
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            if size >= len(padded):
                found.append(padded)
                break
            found.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return found


def pairs(words: Sequence[str], most: int) -> list[str]:
    """Every two different words, in whatever order; none of a message with more words than ``most``."""
    different = sorted(set(words))
    return [f"{one} & {other}" for one, other in combinations(different, 2)] if len(different) <= most else []


def meaning_views(text: str, knowledge: Knowledge) -> list[list[str]]:
    """Pieces for what a message says: words and letters, as written in plain form and folded; its shape, for which any
    city is as good as another, without and with its ends; its concepts, in order and by twos.
    """
    tokens = tokenize(text)
    written = [shortened(token.plain) for token in tokens]
    folded = [token.folded for token in tokens if token.folded]
    spots = knowledge.spots(text)
    shape = knowledge.shape(tokens, spots)
    concepts = knowledge.concepts(tokens, spots)
    return [
        word_runs(written, 2),
        letter_runs(written, 2, 5),
        word_runs(folded, 2),
        letter_runs(folded, 1, 4),
        word_runs(shape, 3),
        _twos(["|", *shape, "|"]),
        word_runs(["|", *concepts, "|"], 2) if concepts else [],
        pairs(concepts, _MOST_CONCEPTS),
    ]


def spelling_views(text: str, _: Knowledge) -> list[list[str]]:
    """Pieces for how a message is written: nothing is folded, since accents, hamzas and digits tell varieties apart;
    and which scripts are in it, since words of one variety stand in messages of another.
    """
    words = [shortened(word) for word in unicodedata.normalize("NFKC", text).lower().split()]
    scripts = sorted({token.script for token in tokenize(text)} & {"A", "L"})
    return [word_runs(words, 1), letter_runs(words, 1, 5), ["".join(scripts)] if scripts else []]


NAMES: dict[str, tuple[str, ...]] = {
    "meaning": ("words", "letters", "folded words", "folded letters", "shape", "ends", "concepts", "pairs"),
    "spelling": ("words", "letters", "scripts"),
}
"""What each view holds, in the order its cutter gives them."""
VIEWS: dict[str, Cutter] = {"meaning": meaning_views, "spelling": spelling_views}


def _twos(words: Sequence[str]) -> list[str]:
    return [" ".join(run) for run in _runs(words, 2)]


def _runs(words: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (words[at : at + size] for at in range(len(words) - size + 1))
