"""Phrases with alternatives, as lists of phrases are written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

_ALTERNATIVES = re.compile(r"\(([^()]*)\)")


def spelt_out(phrase: str) -> Iterator[str]:
    """Every phrase that one with alternatives stands for: ``no (big|) problem`` is "no big problem", "no problem"."""
    parts = _ALTERNATIVES.split(phrase)
    for chosen in itertools.product(*(part.split("|") for part in parts[1::2])):
        yield "".join(itertools.chain.from_iterable(itertools.zip_longest(parts[::2], chosen, fillvalue="")))
