"""Text and JSON in the form PostgreSQL can keep."""

import json
import re

# A NUL, or one half of a surrogate pair on its own: valid in Python, refused by PostgreSQL.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# A NUL inside JSON text, where json.dumps writes it as an escape. An even run of backslashes before it means that
# the backslash itself is escaped and what follows is plain text.
_ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def storable_text(text: str) -> str:
    """The text with each character that PostgreSQL cannot keep replaced by U+FFFD."""
    return _UNSTORABLE.sub("�", text)


def storable_json(value: object) -> str:
    """The value as JSON text that PostgreSQL accepts as jsonb. Raises TypeError for what JSON cannot say."""
    written = _UNSTORABLE.sub("�", json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return _ESCAPED_NUL.sub(r"\1�", written)
