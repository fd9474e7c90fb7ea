"""What long texts were understood as a moment ago: who sends the same one again and again costs little more.

Beside twenty senders of the costliest texts most of the engine's time went to texts it had just read
(`benchmarks.harms.costly_texts --only crowd`). Short ones cost less than looking them up is worth.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections import OrderedDict
from typing import Any, Mapping, Optional

#: Characters from which on a text is remembered, and how many texts are.
FROM, MOST = 300, 256


class Remembered:
    """The last texts by their hash, together with what they were read with; no text itself is kept. Used from one event
    loop.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._parsed: OrderedDict[bytes, dict[str, Any]] = OrderedDict()

    def get(self, text: str, metadata: Mapping[str, Any]) -> Optional[dict[str, Any]]:
        """What ``text`` was understood as with this metadata; None where that is not known."""
        if len(text) < FROM:
            return None
        key = _key(text, metadata)
        if key not in self._parsed:
            return None
        self._parsed.move_to_end(key)
        return {**copy.deepcopy(self._parsed[key]), "text": text}

    def put(self, text: str, metadata: Mapping[str, Any], parsed: Mapping[str, Any]) -> None:
        """Remember what a text was understood as; the one not asked for longest is forgotten."""
        if len(text) < FROM:
            return
        self._parsed[_key(text, metadata)] = copy.deepcopy({**parsed, "text": ""})
        while len(self._parsed) > self._most:
            self._parsed.popitem(last=False)


def _key(text: str, metadata: Mapping[str, Any]) -> bytes:
    read_with = json.dumps([text, metadata], sort_keys=True, default=str)
    return hashlib.blake2b(read_with.encode(errors="surrogatepass"), digest_size=16).digest()
