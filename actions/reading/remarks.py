"""Remarks: what people say in the course of a talk that no intent has (data/words/remarks.yml)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
        return frozenset(kind for phrase in self._phrases_in(text) for kind in self._kinds[phrase])

    def longest_in(self, text: str) -> str | None:
        """The kind of the longest remark in a message, the first of them; None where there is none."""
        phrase = max(self._phrases_in(text), key=len, default=None)
        return None if phrase is None else min(self._kinds[phrase])

    def _phrases_in(self, text: str) -> Iterator[Phrase]:
        words = self._keys(text)
        for at in range(len(words)):
            for length in range(1, min(_LONGEST, len(words) - at) + 1):
                if (phrase := words[at : at + length]) in self._kinds:
                    yield phrase

    def _keys(self, text: str) -> Phrase:
        keys: Sequence[str] = [self._word_key(word) for word in text.replace("’", "'").split()]
        return tuple(key for key in keys if key)
