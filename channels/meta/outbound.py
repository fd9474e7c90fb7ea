"""One message of ours as the body of one request to Meta.

Lengths: developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages and
.../interactive-list-messages. They are counted here in UTF-16 units, the strictest way of counting an emoji: what
might be one too long goes out as plain text with numbers, which always arrives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from channels.contract.errors import GiveUp
from channels.contract.messages import Option, Outbound, Template
from channels.meta.identity import is_bsuid, is_number
from channels.wording.layout import clip, numbered

MAX_TEXT = 4096
MAX_BODY = 1024  # of a message with buttons or a list
MAX_BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
MAX_ROWS, ROW_TITLE, ROW_DESCRIPTION, ROW_ID, MENU_LABEL = 10, 24, 72, 200, 20

Json = dict[str, Any]


def request_for(message: Outbound) -> Json:
    """The request. Raises GiveUp for an address that is none of WhatsApp's, and for an empty text.

    `biz_opaque_callback_data` comes back with each status: the id of ours that it is about, whatever became of Meta's
    answer to the request.
    """
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(message.to),
        **_content(message),
        "biz_opaque_callback_data": message.message_id,
    }


def read_receipt(provider_message_id: str) -> Json:
    """The request that turns the ticks of a person's message blue and shows that an answer is being written."""
    return {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": provider_message_id,
        "typing_indicator": {"type": "text"},
    }


def _recipient(to: str) -> Json:
    if is_number(to):
        return {"to": to}
    if is_bsuid(to):
        return {"recipient": to}
    raise GiveUp("bad-address")


def _content(message: Outbound) -> Json:
    if message.template is not None:
        return _template(message.template)
    if message.kind == "buttons" and _has_buttons(message):
        return _interactive("button", message.text, {"buttons": [_button(each) for each in message.options]})
    if message.kind == "list" and _has_rows(message):
        rows = [_row(*each) for each in _described(message)]
        return _interactive(
            "list", message.text, {"button": message.menu_label, "sections": [{"rows": rows}]}
        )
    return _text(message.text if message.kind == "text" else _in_numbers(message))


def _text(text: str) -> Json:
    if not text.strip():
        raise GiveUp("empty-text")
    # The end of a text that is too long is less than the whole of it, which Meta would refuse.
    room = len(text.encode("utf-16-le", "surrogatepass")[: 2 * MAX_TEXT].decode("utf-16-le", "ignore"))
    body = clip(text, room)
    return {"type": "text", "text": {"body": body, "preview_url": False}}


def _template(template: Template) -> Json:
    form: Json = {"name": template.key, "language": {"policy": "deterministic", "code": template.language}}
    if template.values:
        # A value with a line end, a tab or more than four spaces is refused (132012), and so is an empty one.
        values = [" ".join(value.split()) or "-" for value in template.values]
        parameters = [{"type": "text", "text": value} for value in values]
        form["components"] = [{"type": "body", "parameters": parameters}]
    return {"type": "template", "template": form}


def _interactive(kind: str, text: str, action: Mapping[str, Any]) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}}


def _button(option: Option) -> Json:
    return {"type": "reply", "reply": {"id": option.id, "title": option.title}}


def _row(option: Option, description: str) -> Json:
    row = {"id": option.id, "title": option.title}
    return {**row, "description": description} if description else row


def _has_buttons(message: Outbound) -> bool:
    return (
        1 <= len(message.options) <= MAX_BUTTONS
        and _fits(message.text, MAX_BODY)
        and _distinct(option.title for option in message.options)
        and _distinct(option.id for option in message.options)
        and all(_fits(each.title, BUTTON_TITLE) and _fits(each.id, BUTTON_ID) for each in message.options)
    )


def _has_rows(message: Outbound) -> bool:
    return (
        1 <= len(message.options) <= MAX_ROWS
        and _fits(message.text, MAX_BODY)
        and _fits(message.menu_label, MENU_LABEL)
        and _distinct(option.id for option in message.options)
        and all(_fits(each.title, ROW_TITLE) and _fits(each.id, ROW_ID) for each in message.options)
        and all(_length(description) <= ROW_DESCRIPTION for description in message.descriptions)
    )


def _in_numbers(message: Outbound) -> str:
    # A row's description is its title whole, where the title had to be cut.
    whole = [replace(option, title=words or option.title) for option, words in _described(message)]
    return numbered(message.text, whole, isolates=True)


def _described(message: Outbound) -> Sequence[tuple[Option, str]]:
    descriptions = [*message.descriptions, *[""] * len(message.options)]
    return list(zip(message.options, descriptions, strict=False))


def _fits(text: str, length: int) -> bool:
    return bool(text.strip()) and _length(text) <= length


def _distinct(texts: Any) -> bool:
    found = list(texts)
    return len(set(found)) == len(found)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
