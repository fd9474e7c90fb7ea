"""The plain form: what was written, without accents, vowel marks, letter variants and elongations."""

from __future__ import annotations

from bot.nlu.folding.tokens import tokenize


def plain(text: str) -> str:
    """``text`` in plain form: lower case, one shape per letter, ASCII digits, one space between words."""
    return " ".join(token.plain for token in tokenize(text))
