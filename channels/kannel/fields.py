"""The parameters of a gateway's call, from the query, a form or JSON, as bytes: only some of them say in which
character set they are.
"""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

Fields = Mapping[str, bytes]

_MOST_FIELDS = 100


def fields_of(query: bytes, content_type: str, body: bytes) -> dict[str, bytes]:
    """Every parameter, the first of each name; the query before the body. What cannot be read has none."""
    found = _form(query)
    kind = content_type.partition(";")[0].strip().lower()
    inside = _json(body) if kind == "application/json" else _form(body) if "form-urlencoded" in kind else {}
    return {**inside, **found}


def value_of(fields: Fields, name: str) -> str:
    """One parameter as text that shows; empty where it is not there."""
    text = fields.get(name, b"").decode("utf-8", "replace")
    return "".join(c for c in text if c.isprintable()).strip()


def _form(encoded: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        # Latin-1 maps each byte to one character and back: a text in UCS-2 comes through whole.
        pairs = parse_qsl(
            encoded.decode("latin-1"), keep_blank_values=True, encoding="latin-1", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return found
    for name, value in pairs:
        # A character of more than a byte can only come of a body that was not percent-encoded.
        found.setdefault(name, value.encode("latin-1", "replace"))
    return found


def _json(body: bytes) -> dict[str, bytes]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {
        str(name): _plain(value).encode("utf-8", "replace")
        for name, value in content.items()
        if isinstance(value, str | int | float)
    }


def _plain(value: str | int | float) -> str:
    return value if isinstance(value, str) else str(value)
