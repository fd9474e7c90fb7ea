"""A person's copy as it is read: each line under its words, with the names of values instead of our codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.web.words import Words

#: What says something to nobody but the program. The file of the copy has all of it.
UNSAID = (
    "id", "person_id", "conversation_id", "registration_id", "in_reply_to", "reply_keys", "content_template",
    "despite_opt_out", "is_deferred", "author_kind", "author_adviser_id", "opt_word", "forwarded",
)  # fmt: skip
_CODES = ("provider_id", "provider_message_id", "reference", "wording_version", "course_id", "session_id")
#: By what a value is named: its column, or its part and column.
_NAMED_AS = {
    "variety": "variety", "variety_source": "variety-source", "channel": "channel", "city": "city",
    "education": "education", "employment_status": "employment_status", "topics": "topic", "purpose": "consent",
    "direction": "direction", "delivery_state": "delivery", "reason": "reason", "from_state": "state",
    "to_state": "state", "intent": "intent", "entity": "entity", "addresses.state": "address-state",
    "registrations.state": "state", "adviser_requests.state": "request", "messages.state": "message-state",
    "media.kind": "media", "ranking": "intent",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What stands under a label: words, or a time, or further lines, once for each of several. `code`: a number or a
    reference, which is written from left to right in Arabic too.
    """

    label: str
    value: str = ""
    code: bool = False
    at: datetime | None = None
    within: tuple[tuple["Line", ...], ...] = ()


def lines(words: Words, part: str, row: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines of a row of one part of the copy."""
    return tuple(_line(words, part, key, value) for key, value in row.items() if key not in UNSAID)


def _line(words: Words, part: str, key: str, value: Any) -> Line:
    # What a reply was filled with has keys of its own, which have no words.
    label = words.name("copy", key)
    if isinstance(value, Mapping):
        return Line(label, within=(lines(words, key, value),))
    if isinstance(value, Sequence) and not isinstance(value, str):
        if any(isinstance(each, Mapping) for each in value):
            rows = tuple(lines(words, key, each) for each in value if isinstance(each, Mapping))
            return Line(label, within=rows)
        return Line(label, ", ".join(_value_text(words, part, key, each) for each in value) or "—")
    if (key == "at" or key.endswith("_at")) and isinstance(value, str):
        return Line(label, at=datetime.fromisoformat(value))
    return Line(label, _value_text(words, part, key, value), code=key in _CODES)


def _value_text(words: Words, part: str, key: str, value: Any) -> str:
    match value:
        case None:
            return "—"
        case bool():
            return words.say("yes" if value else "no")
        case [str(name), float() | int() as share]:
            return f"{_value_text(words, part, key, name)} {share:.2f}"
        case str() if key == "author":
            return words.name("author", value.partition(":")[0])
        case str():
            of = _NAMED_AS.get(f"{part}.{key}") or _NAMED_AS.get(key)
            return words.name(of, value) if of else value
    return str(value)
