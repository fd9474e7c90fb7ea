"""Word lists of `data/words/` and consent versions of `data/consent.json`, as the actions take them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from bot.nlu.alternatives import spelt_out
from bot.nlu.folding import plain


def word_list(path: Path) -> list[str]:
    """The lines of a list; `#` starts a comment."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def word_key(word: str) -> str:
    """The form by which a word of a list is looked up: lower case, one shape per letter, no accent or punctuation.

    Plain, not folded to the skeleton: an everyday word may share its consonants with an insult.
    """
    return plain(word).replace(" ", "")


def words(path: Path) -> frozenset[str]:
    """Every word of a list, however many a line."""
    return frozenset(word_key(word) for line in word_list(path) for word in line.split())


def phrases(path: Path) -> tuple[tuple[str, ...], ...]:
    """Phrases as tuples of word keys, the longest first."""
    found = {tuple(word_key(word) for word in line.split()) for line in word_list(path)}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def remarks(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Phrases of each kind of remark, of all varieties, spelt out."""
    kinds = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        kind: tuple(spelt for written in varieties.values() for each in written for spelt in spelt_out(each))
        for kind, varieties in kinds.items()
    }


@cache
def cities(path: Path) -> Mapping[str, str]:
    """The city that each of its forms in a gazetteer (bot/nlu/entities/gazetteer.py) names, by word key. Read once."""
    known = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        word_key(spelt.removeprefix("=")): city
        for city, varieties in known.items()
        for forms in varieties.values()
        for form in forms
        for spelt in spelt_out(str(form))
    }


@cache
def concept_words(path: Path) -> frozenset[str]:
    """Every form of one word in a lexicon of concepts (bot/nlu/features/lexicon.py): what people say every day.

    Read once: the file is long.
    """
    concepts = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    forms = (str(form) for varieties in concepts.values() for found in varieties.values() for form in found)
    return frozenset(word_key(form) for form in forms if " " not in form)


def consent_versions(path: Path) -> Mapping[str, str]:
    """The wording version in force per purpose."""
    purposes = json.loads(path.read_text(encoding="utf-8"))
    return {purpose: entry["version"] for purpose, entry in purposes.items()}
