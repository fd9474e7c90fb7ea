"""Phrases as the gazetteer files write them, read into choices of words.

``(a|b)`` stands for either, ``(a|)`` for a or nothing, ``{n}`` for any number, and a phrase that starts with ``=`` is
only ever matched as it is written: no clitic taken off, no spelling forgiven.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.nlu.folding import tokenize

SLOT = "{n}"
EXACT = "="
_GROUP = re.compile(r"\(([^()]*)\)")
_SHORTEST_WORD = 3

Words = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One choice of words after the other, in plain form and without articles; () in a choice is "or nothing".

    ``exact`` forbids every looseness.
    """

    choices: tuple[tuple[Words, ...], ...]
    exact: bool = False


def read_phrase(pattern: str, fillers: Collection[str] = ()) -> Phrase:
    """The phrase that ``pattern`` writes. Small words are left out of it: matching skips them too."""
    exact = pattern.startswith(EXACT)
    loose = not exact and SLOT not in pattern
    choices = []
    for index, part in enumerate(_GROUP.split(pattern.removeprefix(EXACT))):
        # Every second part is what stood between brackets.
        options = part.split("|") if index % 2 else [part]
        choice = dict.fromkeys(
            _option(option, exact, fillers if loose else (), index % 2 == 1) for option in options
        )
        if set(choice) != {()}:
            choices.append(tuple(choice))
    if all(() in choice for choice in choices):
        # Small words only: then they are what is meant.
        return read_phrase(pattern) if fillers else Phrase((), exact)
    return Phrase(tuple(choices), exact)


def spellings(phrase: Phrase) -> Iterator[Words]:
    """Every way the phrase may read (many, for a phrase with many choices)."""
    for choice in itertools.product(*phrase.choices):
        yield tuple(itertools.chain.from_iterable(choice))


def without_article(word: str) -> str:
    """An Arabic word without its article, where a word is left."""
    return word[2:] if word.startswith("ال") and len(word) - 2 >= _SHORTEST_WORD else word


def _option(option: str, exact: bool, fillers: Collection[str], choosable: bool) -> Words:
    """The words of one option; a small word that is an option of its own is meant."""
    words = _words(option, exact, fillers)
    return _words(option, exact, ()) if choosable and not words else words


def _words(option: str, exact: bool, fillers: Collection[str]) -> Words:
    words: list[str] = []
    for index, part in enumerate(option.split(SLOT)):
        if index:
            words.append(SLOT)
        words.extend(token.plain for token in tokenize(part))
    if not exact:
        words = [without_article(word) for word in words]
    return tuple(word for word in words if word not in fillers)
