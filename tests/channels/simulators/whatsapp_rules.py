"""What Meta accepts as a message, and with which of its codes it refuses the rest.

Lengths as in Meta's own specification (facebook/openapi, v23.0) and its pages; 4,096 for a text is on the pages only.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TO = re.compile(r"\+?[0-9]{5,20}")
_RECIPIENT = re.compile(r"[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}")
_PARAMETER = re.compile(r"[\n\t]| {5,}")


@dataclass
class GraphError(Exception):
    """An error as the Graph API writes it."""

    status: int
    code: int
    details: str
    subcode: int | None = None

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.details}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": "Aa1",
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}


def check(message: Mapping[str, Any], templates: Mapping[tuple[str, str], int] | None) -> None:
    """Raises GraphError for a message that Meta refuses. `templates`: the number of values by name and language."""
    _require(message.get("messaging_product") == "whatsapp", "messaging_product", 100)
    to, recipient = message.get("to"), message.get("recipient")
    _require(to is not None or recipient is not None, "to", 131008)
    if to is not None:
        _require(isinstance(to, str) and bool(_TO.fullmatch(to)), "to", 131009)
    else:
        _require(isinstance(recipient, str) and bool(_RECIPIENT.fullmatch(recipient)), "recipient", 131009)
    callback = message.get("biz_opaque_callback_data", "")
    _require(isinstance(callback, str) and len(callback) <= 512, "biz_opaque_callback_data", 100)
    kind = message.get("type", "text")
    part = message.get(kind)
    _require(isinstance(part, Mapping), str(kind), 131008)
    {"text": _text, "interactive": _interactive}.get(kind, _other)(part)
    if kind == "template":
        _template(part, templates)


def _text(part: Mapping[str, Any]) -> None:
    _sized(part.get("body"), "text.body", 4096)


def _interactive(part: Mapping[str, Any]) -> None:
    _sized(_at(part, "body", "text"), "interactive.body.text", 1024)
    action = part.get("action")
    _require(isinstance(action, Mapping), "interactive.action", 131008)
    if part.get("type") == "button":
        _buttons(action.get("buttons"))
    elif part.get("type") == "list":
        _sized(action.get("button"), "interactive.action.button", 20)
        _rows(action.get("sections"))
    else:
        raise GraphError(400, 131009, "interactive.type")


def _buttons(buttons: Any) -> None:
    _require(isinstance(buttons, list) and 1 <= len(buttons) <= 3, "buttons: between 1 and 3", 131009)
    for button in buttons:
        _require(button.get("type") == "reply", "buttons.type", 131009)
        _sized(_at(button, "reply", "id"), "buttons.reply.id", 256)
        _sized(_at(button, "reply", "title"), "buttons.reply.title", 20)
    _distinct([_at(button, "reply", "id") for button in buttons])
    _distinct([_at(button, "reply", "title") for button in buttons])


def _rows(sections: Any) -> None:
    _require(isinstance(sections, list) and 1 <= len(sections) <= 10, "sections: between 1 and 10", 131009)
    for section in sections:
        _require(len(sections) == 1 or bool(section.get("title")), "sections.title", 131008)
    rows = [row for section in sections for row in section.get("rows", [])]
    _require(1 <= len(rows) <= 10, "rows: between 1 and 10 in all", 131009)
    for row in rows:
        _sized(row.get("id"), "rows.id", 200)
        _sized(row.get("title"), "rows.title", 24)
        if "description" in row:
            _sized(row["description"], "rows.description", 72)
    _distinct([row["id"] for row in rows])


def _template(part: Mapping[str, Any], templates: Mapping[tuple[str, str], int] | None) -> None:
    name, code = part.get("name"), _at(part, "language", "code")
    _sized(name, "template.name", 512)
    values = list(_values(part))
    if templates is not None:
        if (name, code) not in templates:
            raise GraphError(404, 132001, "template name does not exist in the translation")
        if templates[str(name), str(code)] != len(values):
            raise GraphError(400, 132000, "number of parameters does not match")
    for value in values:
        _require(isinstance(value, str) and bool(value), "template parameter is empty", 131008)
        if _PARAMETER.search(value):
            raise GraphError(400, 132012, "parameter has new-line, tab or more than 4 consecutive spaces")


def _values(part: Mapping[str, Any]) -> Iterator[Any]:
    for component in part.get("components", []):
        for parameter in component.get("parameters", []):
            yield parameter.get("text")


def _other(part: Mapping[str, Any]) -> None:
    _require(bool(part), "an empty message", 131008)


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _sized(value: Any, name: str, longest: int) -> None:
    _require(isinstance(value, str) and value.strip() != "", f"{name} is required", 131008)
    # The strictest way to count: as UTF-16 does.
    _require(len(value.encode("utf-16-le")) // 2 <= longest, f"{name} is over {longest} characters", 131009)


def _distinct(values: list[Any]) -> None:
    _require(len(set(values)) == len(values), "duplicated", 131009)


def _require(condition: bool, details: str, code: int) -> None:
    if not condition:
        raise GraphError(400, code, details)
