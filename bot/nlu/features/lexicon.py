"""Words of one meaning, whatever their language: what is learnt from one variety counts in the others.

A lexicon is a YAML file of concept → variety → forms, single words or short phrases. Nothing in it is about intents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Dict, List, Optional, Tuple

import yaml

from bot.nlu.folding import LONGEST_WORD, Token, fold_word, stems, tokenize

# A skeleton this short may be of many words: it has to be written as the lexicon has it.
_SHORTEST_SKELETON = 2
_SHORTEST_STEM = 3

Phrase = Tuple[str, ...]


class LexiconError(ValueError):
    """A lexicon file does not have the shape described in this module; the message names the file and the concept."""


def read_lexicon(path: Path) -> Dict[str, List[str]]:
    """Concept → its forms in all varieties. Raises ``LexiconError``."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(content, dict):
        raise LexiconError(f"{path}: expected concepts at the top")
    found: Dict[str, List[str]] = {}
    for concept, varieties in content.items():
        if not isinstance(varieties, dict) or not all(
            isinstance(forms, list) for forms in varieties.values()
        ):
            raise LexiconError(f"{path}: {concept}: expected varieties with lists of forms")
        found[str(concept)] = list(dict.fromkeys(str(f) for forms in varieties.values() for f in forms))
    return found


class Lexicon:
    """Names the concepts of a message: by the words as written, else by their skeletons, clitics on or off."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        self._written: Dict[Phrase, str] = {}
        self._folded: Dict[Phrase, str] = {}
        self._longest = 1
        for concept, forms in concepts.items():
            for form in forms:
                self._add(concept, tokenize(form))

    def _add(self, concept: str, tokens: Sequence[Token]) -> None:
        if not tokens:
            return
        self._written.setdefault(tuple(token.plain for token in tokens), concept)
        skeleton = tuple(token.folded for token in tokens)
        if sum(map(len, skeleton)) >= _SHORTEST_SKELETON:
            self._folded.setdefault(skeleton, concept)
        self._longest = max(self._longest, len(tokens))

    def concepts(self, tokens: Sequence[Token]) -> List[str]:
        """The concepts of ``tokens`` in order; words that have none are passed over."""
        found: List[str] = []
        at = 0
        while at < len(tokens):
            for length in range(min(self._longest, len(tokens) - at), 0, -1):
                concept = self._phrase(tokens[at : at + length])
                if concept:
                    break
            else:
                length, concept = 1, self._without_clitics(tokens[at].plain)
            if concept:
                found.append(concept)
            at += length
        return found

    def _phrase(self, tokens: Sequence[Token]) -> Optional[str]:
        written = self._written.get(tuple(token.plain for token in tokens))
        return written or self._folded.get(tuple(token.folded for token in tokens))

    def _without_clitics(self, word: str) -> Optional[str]:
        if len(word) > LONGEST_WORD:
            return None
        left = [stem for prefix, stem in stems(word) if prefix]
        written = (self._written.get((stem,)) for stem in left)
        folded = (self._folded.get((fold_word(stem),)) for stem in left if len(stem) >= _SHORTEST_STEM)
        return next(filter(None, written), None) or next(filter(None, folded), None)
