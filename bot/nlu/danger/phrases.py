"""Phrases of danger: ``<folder>/<variety>.txt``, a phrase a line, ``#`` starts a comment. The app reads them too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import List

from bot.nlu.folding import plain


def read_phrases(folder: Path) -> List[str]:
    """All phrases of a folder as they are written."""
    lines = (
        line.split("#")[0].strip()
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [line for line in lines if line]


class Phrases:
    """Whole words are compared, in plain form: a name that contains one is none."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.written = tuple(phrases)
        self._phrases = tuple(f" {plain(phrase)} " for phrase in self.written)

    def in_text(self, text: str) -> bool:
        """Whether one of the phrases stands in a text."""
        written = f" {plain(text)} "
        return any(phrase in written for phrase in self._phrases)
