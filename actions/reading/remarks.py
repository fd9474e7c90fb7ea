"""Remarks: what people say in the course of a talk that no intent has (data/words/remarks.yml)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

Phrase = tuple[str, ...]
_LONGEST = 8


class Remarks:
    """Finds which kinds of remarks a message makes."""

    def __init__(
        self, phrases: Mapping[str, Iterable[str]] | None = None, word_key: Callable[[str], str] = str.lower
    ) -> None:
        """`phrases` by kind; `word_key` is the form in which words are compared."""
        self._word_key = word_key
        self._kinds: dict[Phrase, set[str]] = {}
        for kind, written in (phrases or {}).items():
            for phrase in written:
                key = self._keys(phrase)
                if key:
                    self._kinds.setdefault(key, set()).add(kind)

    def made_in(self, text: str) -> frozenset[str]:
        """The kinds of all remarks in a message."""
        words = self._keys(text)
        found: set[str] = set()
        for at in range(len(words)):
            for length in range(1, min(_LONGEST, len(words) - at) + 1):
                found |= self._kinds.get(tuple(words[at : at + length]), set())
        return frozenset(found)

    def _keys(self, text: str) -> Phrase:
        keys: Sequence[str] = [self._word_key(word) for word in text.replace("’", "'").split()]
        return tuple(key for key in keys if key)
