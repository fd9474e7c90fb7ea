"""What is known of the languages beside the training lines: names of things, and words of one meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Dict, List, Optional

from bot.nlu.entities.extractor import Extractor, Found
from bot.nlu.entities.gazetteer import read_gazetteer
from bot.nlu.features.lexicon import Lexicon, read_lexicon
from bot.nlu.folding import Token

Rest = Callable[[Sequence[Token]], List[str]]
"""Names words between the things that a message names."""


@dataclass(frozen=True)
class Knowledge:
    """A gazetteer, as ``read_gazetteer`` gives it, and a lexicon, as ``read_lexicon`` does; either may be empty.

    What the gazetteer names is found before the intent is known, by its rules alone.
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
        return self._extractor.extract(text) if self._extractor else []

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
    at = 0  # both are in order: no spot is looked at again once it is passed
    for token in tokens:
        while at < len(spots) and spots[at].end <= token.start:
            at += 1
        spot = spots[at] if at < len(spots) and spots[at].start < token.end else None
        if spot is None:
            words.append(token)
        elif spot is not last:
            found += [*rest(words), f"<{spot.entity}>"]
            words = []
        last = spot or last
    return found + rest(words)
