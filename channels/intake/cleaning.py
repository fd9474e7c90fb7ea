"""Text of people made safe: to keep in the database, and to hand to the engine.

Rasa reads a text that starts with "/" as a command (`/restart`, `/intent{...}`), after stripping any
Unicode white space; taking off one slash only would turn "//restart" into an attack. Characters that do not
show are taken out first, so that none of them can shelter a slash.
"""

import re
import unicodedata
from itertools import islice

MAX_STORED_CHARACTERS = 10_000  # longer than any provider carries; the rest of a longer text is dropped

_LEADING = re.compile(r"^[\s/\u200c\u200d]+")
_SPACE_CONTROLS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Bidi marks, embeddings, overrides and isolates; zero-width space, word joiner, BOM, interlinear marks. The
# joiners (ZWJ, ZWNJ) stay: emoji and letters are made with them.
_UNSEEN = frozenset(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)


def storable(text: str) -> str:
    """The text as PostgreSQL can keep it: no NUL, no half of a surrogate pair, at most
    MAX_STORED_CHARACTERS.
    """
    whole = (c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
    return "".join(islice(whole, MAX_STORED_CHARACTERS))


def for_engine(text: str) -> str:
    """The text as the engine may read it, on one line; empty when nothing that shows is left. The engine reads as much
    of it as each of its stages can bear.
    """
    spaced = _SPACE_CONTROLS.sub(" ", text)
    seen = "".join(c for c in spaced if c not in _UNSEEN and unicodedata.category(c) not in ("Cc", "Cs"))
    return _LEADING.sub("", seen).rstrip()
