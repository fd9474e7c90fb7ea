"""A signed body as plain values that our database can keep.

JSON may hold what PostgreSQL refuses: NUL, halves of surrogate pairs, numbers that are none, nesting without end. One
such message would be refused by the database each time Meta sends it, and everything beside it with it.
"""

import json
import math
from typing import Any

_DEEPEST = 24  # Meta's own payloads have 12 levels


def read_json(body: bytes) -> Any:
    """What the body says. Raises ValueError where it is not JSON."""
    try:
        return _plain(json.loads(body), _DEEPEST)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict | list) and depth == 0:
        return None
    if isinstance(value, dict):
        return {_storable(key): _plain(each, depth - 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, depth - 1) for each in value]
    return value


def _storable(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
