"""Reading a person's name from what they write, and telling a name from something else."""

from __future__ import annotations

import re

from actions.base import Services

MAX_WORDS = 6
MAX_LENGTH = 60
MAX_WORDS_AFTER = 3
"""A name may be followed by a word or two more ("Fatima, 25 ans"); before a whole sentence it is part of that."""
#: Digits spell sounds in Latin letters: "Fati7a", "3abdelah".
_LETTER = r"(?:[^\W\d_]|(?<![^\W_])[235679](?=[a-z])|(?<=[a-z])[235679])"
_NAME_WORD = re.compile(rf"^{_LETTER}+(?:['’‘ʼ`´\-.]{_LETTER}+)*\.?$", re.IGNORECASE)
#: A point after one letter is an initial's.
_PAUSE = re.compile(r"[,،؛;!?؟\n]|(?<!\b\w)\.")
_BETWEEN_VALUES = re.compile(r"[,،؛;/|\n]|\s[-–—]+\s|\s{2,}")
_AND = frozenset({"et", "w", "o", "ou", "wa", "و"})
_BEFORE_NAME = re.compile(r"^[\s,:;\-–،.]+|[\s,:;\-–،.!]+$")


def introduced_name(text: str, services: Services) -> str | None:
    """The name after "my name is" in any variety ("smiti Fatima", "je m'appelle ...", "سميتي ..."), or None."""
    words = text.split()
    keys = [services.word_key(word) for word in words]
    for opener in services.name_openers:
        size = len(opener)
        for start in range(len(words) - size):
            if tuple(keys[start : start + size]) == opener:
                if not services.question_words.isdisjoint(keys[:start]):
                    return None  # "why do you want my full name?"
                # What follows a comma is of no account: it was said that this is a name.
                name = _BEFORE_NAME.sub("", " ".join(_until_taken_back(words[start + size :], services)))
                return plain_name(_PAUSE.split(name, maxsplit=1)[0], services)
    return None


def name_beside_values(beside: str, services: Services) -> str | None:
    """The name in an answer that holds other values too ("Karim Alaoui - Rabat - bac+2"), or None.

    Args:
        beside: the answer with blanks where its other values stand.
    """
    parts = [part.strip(" .:-–") for part in _BETWEEN_VALUES.split(beside)]
    names = [name for part in parts if (name := plain_name(part, services))]
    everyday = names and any(services.word_key(word) in services.common_words for word in names[0].split())
    return None if everyday else next(iter(names), None)


def _until_taken_back(words: list[str], services: Services) -> list[str]:
    """The words before "and not ...": what comes then is no longer the name."""
    keys = [services.word_key(word) for word in words]
    end = next((at for at, key in enumerate(keys) if at and key in services.negations), len(words))
    return words[: end - 1] if 1 < end < len(words) and keys[end - 1] in _AND else words[:end]


def plain_name(text: str, services: Services) -> str | None:
    """The text itself if it can be a name: one to five words of letters, none of them an everyday answer."""
    candidate = _BEFORE_NAME.sub("", text)
    candidate, *rest = _PAUSE.split(candidate, maxsplit=1)
    if rest and len(rest[0].split()) > MAX_WORDS_AFTER:
        return None
    candidate = candidate.strip()
    words = candidate.split()
    if not 1 <= len(words) <= MAX_WORDS or len(candidate) > MAX_LENGTH or len(candidate) < 2:
        return None
    if not all(_NAME_WORD.match(word) for word in words):
        return None
    if any(services.word_key(word) in services.not_names for word in words):
        return None
    return " ".join(word if not word.islower() or not word.isascii() else word.capitalize() for word in words)
