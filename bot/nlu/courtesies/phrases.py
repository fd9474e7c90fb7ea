"""Courtesies at the ends of a message: ``data/words/courtesies.yml``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, FrozenSet, NamedTuple, Tuple

import yaml

from bot.nlu.alternatives import spelt_out
from bot.nlu.folding import Token, tokenize

_LONGEST = 9
#: What parts a request from what comes after it and says nothing itself, as a question mark does.
_BETWEEN = " \n,،;؛-"

#: A phrase of more words, or a longer word, is also known by its skeleton: "lah yr7m lwalidin" has many spellings.
_SHORTEST_SKELETON = 5

Lists = Mapping[str, Mapping[str, Sequence[str]]]
Words = Tuple[str, ...]


class Phrases(NamedTuple):
    """Words one after the other, in plain form and as skeletons."""

    plain: FrozenSet[Words]
    folded: FrozenSet[Words]

    def length(self, tokens: Sequence[Token]) -> int:
        """How many tokens at the beginning are phrases or emoji, one after the other, the longest first."""
        plain = tuple(token.plain for token in tokens)
        folded = tuple(token.folded for token in tokens)
        at = 0
        while at < len(tokens):
            longest = range(min(_LONGEST, len(tokens) - at), 0, -1)
            if _is_emoji(tokens[at]):
                at += 1
                continue
            found = (
                length
                for length in longest
                if plain[at : at + length] in self.plain or folded[at : at + length] in self.folded
            )
            length = next(found, 0)
            if not length:
                break
            at += length
        return at


NONE = Phrases(frozenset(), frozenset())


@dataclass(frozen=True)
class Courtesies:
    """``openers`` and ``endings``: by variety; those of endings from their last word to their first."""

    lists: Lists
    openers: Mapping[str, Phrases]
    endings: Mapping[str, Phrases]

    @classmethod
    def of(cls, lists: Lists) -> Courtesies:
        """From the lists of a file: ``openers``, ``endings``, and what is written ``beside``, each by variety."""
        beside = lists.get("beside", {})
        openers = _by_variety(lists.get("openers", {}), beside, backwards=False)
        return cls(lists, openers, _by_variety(lists.get("endings", {}), beside, backwards=True))

    def core(self, text: str, variety: Any) -> str:
        """A message without its courtesies; all of it where nothing else is in it, or the variety has none."""
        tokens = tokenize(text)
        first = self.openers.get(variety, NONE).length(tokens)
        last = len(tokens) - self.endings.get(variety, NONE).length(tokens[::-1])
        if first >= last or (first == 0 and last == len(tokens)):
            return text
        end = tokens[last].start if last < len(tokens) else len(text)
        return text[tokens[first].start : end].rstrip(_BETWEEN)


def read_courtesies(path: Path) -> Courtesies:
    """Those of a file."""
    return Courtesies.of(yaml.safe_load(path.read_text(encoding="utf-8")))


def _by_variety(
    lists: Mapping[str, Sequence[str]], beside: Mapping[str, Sequence[str]], *, backwards: bool
) -> Dict[str, Phrases]:
    own = {variety: _phrases(written, -1 if backwards else 1) for variety, written in lists.items()}
    return {
        variety: Phrases(
            phrases.plain.union(*(own[other].plain for other in beside.get(variety, ()))),
            phrases.folded.union(*(own[other].folded for other in beside.get(variety, ()))),
        )
        for variety, phrases in own.items()
    }


def _phrases(written: Iterable[str], step: int) -> Phrases:
    spelt = [tokenize(phrase)[::step] for each in written for phrase in spelt_out(each)]
    folded = (tuple(token.folded for token in tokens) for tokens in spelt)
    return Phrases(
        frozenset(tuple(token.plain for token in tokens) for tokens in spelt),
        frozenset(skeletons for skeletons in folded if _tells(skeletons)),
    )


def _tells(skeletons: Words) -> bool:
    """Whether no other words are likely to have these skeletons."""
    return sum(map(len, skeletons)) >= _SHORTEST_SKELETON and all(skeletons)


def _is_emoji(token: Token) -> bool:
    return unicodedata.category(token.plain[:1] or " ") == "So"
