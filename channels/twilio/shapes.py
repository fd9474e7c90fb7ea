"""Messages with buttons or a list as the Content API wants them: a form with places, and what fills the places.

Twilio sends no buttons without a form made beforehand. All words and ids are places in it, so one form serves every
message of the same shape: so many options, so many lines. Lines are places of their own because a value may hold no
line break (error 21656), and be neither empty nor longer than 1,600 characters (21658).
https://www.twilio.com/docs/content/twilio-quick-reply, .../twiliolist-picker, .../using-variables-with-content-api
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from channels.contract.messages import Outbound
from channels.wording.layout import clip, numbered

MAX_TEXT, MAX_BODY, MAX_ID, MAX_PLACEHOLDERS = 1600, 1024, 200, 100
MAX_BUTTONS, BUTTON_TITLE = 3, 20  # within the 24-hour window, without approval
MAX_ROWS, ROW_TITLE, ROW_DESCRIPTION, MENU_LABEL = 10, 24, 72, 20

_WIDE_GAP = re.compile(r"\t+| {5,}")


@dataclass(frozen=True)
class Shaped:
    """A message in its shape: `key` names the form, `types` is what it is made of, `values` fill its places."""

    key: str
    types: Mapping[str, Any]
    values: Mapping[str, str]


@dataclass
class _Placeholders:
    """Values in their order, each under its number."""

    values: dict[str, str] = field(default_factory=dict)

    def take(self, value: str) -> str:
        number = str(len(self.values) + 1)
        self.values[number] = value
        return f"{{{{{number}}}}}"


def shaped(message: Outbound) -> Shaped | None:
    """The message as buttons or a list; None where Twilio could not carry it so, and numbers in the text must do."""
    if message.kind == "text" or not message.options or not _fits(message):
        return None
    placeholders = _Placeholders()
    lines = [_one_line(line) for line in message.text.strip().splitlines()]
    body = "\n".join(placeholders.take(line) if line else "" for line in lines)
    pattern = "".join("x" if line else "-" for line in lines)
    types = (
        _buttons(message, body, placeholders)
        if message.kind == "buttons"
        else _list(message, body, placeholders)
    )
    if len(placeholders.values) > MAX_PLACEHOLDERS or not all(placeholders.values.values()):
        return None
    described = "".join("d" if each else "-" for each in _descriptions(message))
    key = f"v1:{message.kind}:{len(message.options)}:{pattern}"
    return Shaped(f"{key}:{described}" if message.kind == "list" else key, types, placeholders.values)


def as_text(message: Outbound) -> str:
    """The message as words alone, its options as numbers where they would have been buttons; ended early where it is
    longer than Twilio takes (21617), which is less than WhatsApp itself does.
    """
    text = message.text if message.kind == "text" else numbered(message.text, message.options, isolates=True)
    # Twilio may count an emoji as the two units it is in UTF-16.
    return clip(text, MAX_TEXT - sum(character > "\uffff" for character in text))


def _buttons(message: Outbound, body: str, placeholders: _Placeholders) -> dict[str, Any]:
    actions = [
        {"title": placeholders.take(_one_line(option.title)), "id": placeholders.take(option.id)}
        for option in message.options
    ]
    return {"twilio/quick-reply": {"body": body, "actions": actions}}


def _list(message: Outbound, body: str, placeholders: _Placeholders) -> dict[str, Any]:
    button = placeholders.take(_one_line(message.menu_label))
    items = []
    for option, description in zip(message.options, _descriptions(message), strict=True):
        item = {"item": placeholders.take(_one_line(option.title)), "id": placeholders.take(option.id)}
        if description:
            item["description"] = placeholders.take(description)
        items.append(item)
    return {"twilio/list-picker": {"body": body, "button": button, "items": items}}


def _descriptions(message: Outbound) -> Sequence[str]:
    given = [_one_line(each) for each in message.descriptions[: len(message.options)]]
    return given + [""] * (len(message.options) - len(given))


def _fits(message: Outbound) -> bool:
    if len(message.text) > MAX_BODY or any(not 0 < len(option.id) <= MAX_ID for option in message.options):
        return False
    titles = [option.title for option in message.options]
    if message.kind == "buttons":
        return len(titles) <= MAX_BUTTONS and all(len(title) <= BUTTON_TITLE for title in titles)
    return (
        len(titles) <= MAX_ROWS
        and all(len(title) <= ROW_TITLE for title in titles)
        and all(len(each) <= ROW_DESCRIPTION for each in message.descriptions)
        and len(message.menu_label) <= MENU_LABEL
    )


def _one_line(text: str) -> str:
    return _WIDE_GAP.sub(" ", " ".join(text.splitlines())).strip()
