"""Arguments of replies that are resolved at the edge, in the person's variety (see channels/wording/render.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def term(of: str, value: str) -> dict[str, Any]:
    """A canonical value in words: `term("city", "fes")`."""
    return {"$": "term", "set": of, "value": value}


def terms(of: str, values: Sequence[str]) -> dict[str, Any]:
    """Several canonical values joined as the language joins a list."""
    return {"$": "terms", "set": of, "values": list(values)}


def text(by: Mapping[str, str | None]) -> dict[str, Any]:
    """A text of the data, in the languages it has."""
    return {"$": "text", "by": {language: words for language, words in by.items() if words}}


def date(value: str) -> dict[str, Any]:
    return {"$": "date", "value": value}


def duration(value: str) -> dict[str, Any]:
    """An ISO 8601 duration, or two of them as a range: `P3M/P6M`."""
    return {"$": "duration", "value": value}


def reply(key: str, **args: Any) -> dict[str, Any]:
    return {"$": "reply", "reply": key, "args": args}


def lines(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Replies under each other."""
    return {"$": "lines", "items": list(items)}


def parts(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Arguments side by side, with a dot between them."""
    return {"$": "parts", "items": list(items)}
