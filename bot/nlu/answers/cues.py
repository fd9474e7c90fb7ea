"""Words that keep an answer from being a plain yes, whatever else it says: ``data/answers/cues.yml``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import yaml

from bot.nlu.alternatives import spelt_out
from bot.nlu.folding import tokenize

NO_TROUBLE = "no_trouble"
SPOKEN_TO = "spoken_to"
ONLY = "only"
REFUSAL = "refusal"
EXACTLY = "exactly"
NEGATION = "negation"
_ASKS = "?؟"
_LONGEST = 7

#: A Darija verb with its negation around it.
_NEGATED = re.compile(r"ما\w{2,}ش|ma\w{2,}(?:ch|sh|x)")

Phrase = Tuple[str, ...]
CueLists = Mapping[str, Mapping[str, Sequence[str]]]


class CuesError(ValueError):
    """The file of cues does not hold kinds with lists of phrases a variety; the message names the kind."""


def read_cues(path: Path) -> Dict[str, Dict[str, List[str]]]:
    """Kind → variety → phrases. Raises ``CuesError``."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for kind, varieties in content.items():
        for variety, phrases in varieties.items():
            if not all(isinstance(phrase, str) for phrase in phrases):
                raise CuesError(f"{path}: {kind}, {variety}: put quotes around {phrases!r}")
    return dict(content)


class Cues:
    """Finds the first cue of an answer."""

    def __init__(self, lists: CueLists) -> None:
        """``lists``: as ``read_cues`` gives them."""
        self.lists = lists
        self._phrases: Dict[str, Dict[Phrase, str]] = {}
        self._asides: Dict[str, Dict[Phrase, str]] = {}
        self._exactly = {text for texts in (lists.get(EXACTLY) or {}).values() for text in texts}
        for kind, varieties in lists.items():
            if kind == EXACTLY:
                continue
            into = self._asides if kind in (NO_TROUBLE, SPOKEN_TO, REFUSAL) else self._phrases
            for variety, phrases in varieties.items():
                known = into.setdefault(variety, {})
                for phrase in itertools.chain.from_iterable(map(spelt_out, phrases)):
                    known.setdefault(tuple(token.plain for token in tokenize(phrase)), kind)

    def found(self, text: str, varieties: Sequence[str], *, strict: bool) -> Optional[str]:
        """The kind of a cue in ``text``, read in any of the ``varieties``; None where there is none.

        Args:
            strict: phrases such as "no problem" count as negations too, and "only" as a condition.
        """
        if any(mark in text for mark in _ASKS):
            return "question"
        if text.strip() in self._exactly:
            return EXACTLY
        left_out = (SPOKEN_TO,) if strict else (SPOKEN_TO, NO_TROUBLE)
        words = self._without([token.plain for token in tokenize(text)], varieties, left_out)
        if strict and any(_NEGATED.fullmatch(word) for word in words):
            return NEGATION
        found = (_phrases_in(words, self._phrases.get(variety, {})) for variety in varieties)
        return next((kind for kinds in found for kind in kinds if strict or kind != ONLY), None)

    def _without(self, words: List[str], varieties: Sequence[str], kinds: Sequence[str]) -> List[str]:
        kept: List[str] = []
        at = 0
        while at < len(words):
            length = self._length_left_out(words, at, varieties, kinds)
            if not length:
                kept.append(words[at])
            at += length or 1
        return kept

    def _length_left_out(
        self, words: Sequence[str], at: int, varieties: Sequence[str], kinds: Sequence[str]
    ) -> int:
        for variety in varieties:
            phrases = self._asides.get(variety, {})
            for length in _lengths(words, at, phrases):
                if phrases[tuple(words[at : at + length])] in kinds:
                    return length
        return 0

    def after_refusal(self, text: str, varieties: Sequence[str]) -> Optional[str]:
        """What ``text`` goes on with after the "no" that it begins with; None where it begins otherwise."""
        tokens = tokenize(text)
        length = self._length_left_out([token.plain for token in tokens], 0, varieties, (REFUSAL,))
        return text[tokens[length - 1].end :].lstrip(" ,.;:!-،؛") if length else None


def _phrases_in(words: Sequence[str], phrases: Mapping[Phrase, str]) -> Iterator[str]:
    for at in range(len(words)):
        for length in _lengths(words, at, phrases):
            yield phrases[tuple(words[at : at + length])]


def _lengths(words: Sequence[str], at: int, phrases: Mapping[Phrase, Any]) -> Iterator[int]:
    """How long the phrases are that start at a word, the longest first."""
    longest = min(_LONGEST, len(words) - at)
    return (length for length in range(longest, 0, -1) if tuple(words[at : at + length]) in phrases)
