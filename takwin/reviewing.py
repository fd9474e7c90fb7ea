"""What the review of messages works with: the training data, the intents, and the words that hide who wrote."""

from __future__ import annotations

import json
import re
from functools import cache

import yaml

from bot.nlu.folding import plain
from console.web.reviewing import Reviewing
from takwin.settings import ROOT
from takwin.words import concept_words, word_key, word_list, words

NLU = ROOT / "data" / "nlu"
_WORDS = ROOT / "data" / "words"
#: Intents whose messages may be about the answer before them.
_MAY_COMPLAIN = frozenset({"feedback", "deny", "out_of_scope"})


@cache
def reviewing() -> Reviewing:
    """As the repository's files say, read once. Raises OSError, ValueError for files that are not there or no data."""
    everyday = (
        concept_words(ROOT / "data" / "concepts.yml")
        | words(_WORDS / "not-names.txt")
        | words(_WORDS / "name-openers.txt")
    ) - words(_WORDS / "name-parts.txt")
    return Reviewing(
        nlu=NLU,
        intents=intents(),
        complains=complains,
        stand_ins=json.loads((ROOT / "data" / "console" / "stand-ins.json").read_text(encoding="utf-8")),
        openers=tuple(word_list(_WORDS / "name-openers.txt")),
        everyday=lambda word: word_key(word) in everyday,
    )


@cache
def intents() -> tuple[str, ...]:
    """The intents of domain.yml, in its order."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return tuple(
        name for entry in domain["intents"] for name in (entry if isinstance(entry, dict) else [entry])
    )


def complains(text: str, intent: str) -> bool:
    """Whether a message, understood so, complains about the answer before it: a thumb down, or words of complaint."""
    signs, pattern = _complaints()
    if any(sign in text for sign in signs):
        return True
    return intent in _MAY_COMPLAIN and pattern.search(f" {plain(text)} ") is not None


@cache
def _complaints() -> tuple[tuple[str, ...], re.Pattern[str]]:
    listed = word_list(_WORDS / "complaints.txt")
    text = {plain(each) for each in listed if any(letter.isalnum() for letter in each)}
    pattern = "|".join(re.escape(each) for each in sorted(text, key=len, reverse=True))
    signs = tuple(each for each in listed if not any(letter.isalnum() for letter in each))
    return signs, re.compile(rf" (?:{pattern}) ")
