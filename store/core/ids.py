"""Identifiers: time-ordered UUIDs for rows, and references that a person can read aloud."""

import secrets
import threading
import time
import uuid
from datetime import datetime

#: Letters and digits that cannot be taken for one another on paper: no 0, O, 1 or I.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_PREFIX = "TK-"
REFERENCE_LENGTH = 5


_LOCK = threading.Lock()
_last_tick = 0


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): the time first, to a quarter of a microsecond, and in this process ever rising.

    Rows made one after the other sort so, and land together in an index.
    """
    tick = _next_tick()
    return _version_7(tick >> 12, tick & 0xFFF, secrets.randbits(62))


def first_id_at(instant: datetime) -> uuid.UUID:
    """The id below all that are made from this instant on, and above all before it: rows of a time by their key."""
    return _version_7(int(instant.timestamp() * 1000), 0, 0)


def _version_7(milliseconds: int, fraction: int, rest: int) -> uuid.UUID:
    """Since 1970, in 4096ths of a millisecond, and 62 more bits."""
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | rest)


def is_made_before(one: uuid.UUID, other: str | None) -> bool:
    """Whether an id was made before another, as far as the clocks of their processes agree. True where the other is
    none of ours.
    """
    try:
        return other is None or one < uuid.UUID(other)
    except ValueError:
        return True


def _next_tick() -> int:
    """Milliseconds since 1970 with 12 binary places, above every one before."""
    global _last_tick
    with _LOCK:
        _last_tick = max(_last_tick + 1, time.time_ns() * 4096 // 1_000_000)
        return _last_tick


def new_reference() -> str:
    """A random reference such as `TK-7F3K2`. Unlikely to be taken (33 million), not certain: the caller tries again."""
    return REFERENCE_PREFIX + "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


def parse_reference(text: str) -> str | None:
    """The reference a person typed, in its one written form, or None where the text is not one.

    Case, spaces and hyphens do not matter, digits may be Arabic-Indic, and the prefix may be missing.
    """
    written = "".join(_plain(character) for character in text.upper() if character.isalnum())
    prefix = REFERENCE_PREFIX.rstrip("-")
    if len(written) == len(prefix) + REFERENCE_LENGTH and written.startswith(prefix):
        written = written[len(prefix) :]
    if len(written) != REFERENCE_LENGTH or any(character not in REFERENCE_ALPHABET for character in written):
        return None
    return REFERENCE_PREFIX + written


def _plain(character: str) -> str:
    return str(int(character)) if character.isdecimal() else character
