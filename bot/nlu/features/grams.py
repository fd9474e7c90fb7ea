"""Cutting a message into pieces: runs of words and runs of letters, of what was written and of its skeleton."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from bot.nlu.folding import Token, tokenize

Spot = tuple[int, int, str]
"""Where a phrase that names something stands in a text, and what kind of thing it is: (start, end, kind)."""
Cutter = Callable[[str, Sequence[Spot]], list[list[str]]]
"""From a text and its spots to its pieces, one list a view; the number of views is always the same."""


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


def shape(tokens: Sequence[Token], spots: Sequence[Spot]) -> list[str]:
    """The folded words of a message with each spot named by its kind: "a course in <topic> in <city>"."""
    words: list[str] = []
    named: set[Spot] = set()
    for token in tokens:
        spot = next((spot for spot in spots if token.start < spot[1] and token.end > spot[0]), None)
        if spot is None:
            words.extend([token.folded] if token.folded else [])
        elif spot not in named:
            named.add(spot)
            words.append(f"<{spot[2]}>")
    return words


def meaning_views(text: str, spots: Sequence[Spot]) -> list[list[str]]:
    """Pieces for what a message says: words and letters, as written in plain form and folded; then its shape, for
    which any city is as good as another, without and with its ends.
    """
    tokens = tokenize(text)
    written = [token.plain for token in tokens]
    folded = [token.folded for token in tokens if token.folded]
    shaped = shape(tokens, spots)
    return [
        word_runs(written, 2),
        letter_runs(written, 2, 5),
        word_runs(folded, 2),
        letter_runs(folded, 1, 4),
        word_runs(shaped, 3),
        [" ".join(run) for run in _runs(["|", *shaped, "|"], 2)],
    ]


def spelling_views(text: str, _: Sequence[Spot] = ()) -> list[list[str]]:
    """Pieces for how a message is written: nothing is folded, since accents, hamzas and digits tell varieties apart."""
    words = unicodedata.normalize("NFKC", text).lower().split()
    return [word_runs(words, 1), letter_runs(words, 1, 5)]


VIEWS: dict[str, Cutter] = {"meaning": meaning_views, "spelling": spelling_views}


def _runs(words: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (words[at : at + size] for at in range(len(words) - size + 1))
