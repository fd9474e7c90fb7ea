"""What is known of the languages beside the training lines: names of things, and words of one meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Dict, List, Optional

from bot.nlu.entities.extractor import Extractor, Found
from bot.nlu.entities.gazetteer import read_gazetteer
from bot.nlu.features.lexicon import Lexicon, read_lexicon
from bot.nlu.folding import Token

_MOST_CHARACTERS = 2000

Rest = Callable[[Sequence[Token]], List[str]]
"""Names words between the things that a message names."""


@dataclass(frozen=True)
class Knowledge:
    """A gazetteer, as ``read_gazetteer`` gives it, and a lexicon, as ``read_lexicon`` does; either may be empty.

    What the gazetteer names is found before the intent is known, by its rules alone, and only in the first 2,000
    characters of a text.
    """

    gazetteer: Dict[str, Any] = field(default_factory=dict)
    lexicon: Dict[str, List[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, gazetteer: Optional[str], lexicon: Optional[str]) -> Knowledge:
        """From a folder and a file, or None for nothing. Raises GazetteerError, LexiconError."""
        return cls(
            read_gazetteer(Path(gazetteer)) if gazetteer else {},
            read_lexicon(Path(lexicon)) if lexicon else {},
        )

    @cached_property
    def _extractor(self) -> Optional[Extractor]:
        return Extractor(self.gazetteer) if self.gazetteer else None

    @cached_property
    def _lexicon(self) -> Optional[Lexicon]:
        return Lexicon(self.lexicon) if self.lexicon else None

    def spots(self, text: str) -> Sequence[Found]:
        """What a text names. Found once a message: it costs more than all else that is known."""
        return self._extractor.extract(text[:_MOST_CHARACTERS]) if self._extractor else []

    def shape(self, tokens: Sequence[Token], spots: Sequence[Found]) -> List[str]:
        """The skeletons of the words, what they name said by its kind: "a course in <topic> in <city>"."""
        return _named(tokens, spots, lambda words: [word.folded for word in words if word.folded])

    def concepts(self, tokens: Sequence[Token], spots: Sequence[Found]) -> List[str]:
        """The concepts of the words, what they name said by its kind; words without a concept are left out."""
        lexicon = self._lexicon
        return _named(tokens, spots, lexicon.concepts) if lexicon else []


def _named(tokens: Sequence[Token], spots: Sequence[Found], rest: Rest) -> List[str]:
    found: List[str] = []
    words: List[Token] = []
    last = None
    for token in tokens:
        spot = next((spot for spot in spots if token.start < spot.end and token.end > spot.start), None)
        if spot is None:
            words.append(token)
        elif spot is not last:
            found += [*rest(words), f"<{spot.entity}>"]
            words = []
        last = spot or last
    return found + rest(words)


def fingerprint(gazetteer: Optional[str], lexicon: Optional[str] = None) -> Optional[str]:
    """A hash of the files of a gazetteer and a lexicon; None where there are none."""
    files = sorted(Path(gazetteer).rglob("*.yml")) if gazetteer else []
    files += [Path(lexicon)] if lexicon else []
    if not files:
        return None
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
