"""A stored message as the web shows it, and as another channel would show it."""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.contract.capabilities import CAPABILITIES
from channels.contract.messages import Capabilities, Option
from channels.wording.bidi import direction_of
from channels.wording.layout import Layout, lay_out
from channels.wording.render import Renderer, RenderError
from channels.wording.replies import laid_out, stored_reply
from channels.wording.segments import count_segments
from channels.wording.words import RIGHT_TO_LEFT
from store.conversations.replies import Reply
from store.tables import Message

LIST_BUTTON = "options-button"


def plain_view(message: Message) -> dict[str, Any]:
    """The message as the fixed API has it."""
    options = [{"id": option["id"], "title": option["title"]} for option in message.options or ()]
    return {"n": message.n, "from": "bot", "text": message.text or "", "options": options}


def view_as(message: Message, channel: str, renderer: Renderer) -> dict[str, Any]:
    """The message in the form this channel would give it. `segments` and `encoding` are None where nobody
    counts.
    """
    capabilities = CAPABILITIES[channel]
    reply, variety = stored_reply(message)
    layout = _layout(message, reply, variety, capabilities, renderer)
    counted = count_segments(layout.text) if capabilities.counts_segments else None
    right_to_left = variety in RIGHT_TO_LEFT if variety else direction_of(layout.text) == "rtl"
    descriptions = layout.descriptions or ("",) * len(layout.options)
    return {
        "n": message.n,
        "from": "bot",
        "text": layout.text,
        "options": [
            _option_view(option, description)
            for option, description in zip(layout.options, descriptions, strict=True)
        ],
        "form": layout.kind,
        **_list_button(layout, variety, renderer),
        "segments": None if counted is None else counted.count,
        "encoding": None if counted is None else counted.encoding,
        "units": None if counted is None else counted.units,
        "direction": "rtl" if right_to_left else "ltr",
        "at": message.created_at.isoformat(),
    }


def _option_view(option: Option, description: str) -> dict[str, Any]:
    view: dict[str, Any] = {"id": option.id, "title": option.title}
    if description:
        view["description"] = description
    if option.in_text:
        view["in_text"] = True
    return view


def _list_button(layout: Layout, variety: str | None, renderer: Renderer) -> dict[str, str]:
    """The words on the button that opens a list, in the variety of the message."""
    if layout.kind != "list" or variety is None:
        return {}
    try:
        return {"button": renderer.render(Reply(LIST_BUTTON), variety).text}
    except RenderError:
        return {}


def _layout(
    message: Message,
    reply: Reply,
    variety: str | None,
    capabilities: Capabilities,
    renderer: Renderer,
) -> Layout:
    if variety is not None:
        try:
            rendered = renderer.render(reply, variety, capabilities.form, isolates=capabilities.isolates)
        except RenderError:
            pass  # a key that has since gone: the words it had then are kept with the message
        else:
            layout, _ = laid_out([(reply, rendered)], capabilities)
            return layout
    return lay_out(message.text or "", _options(message.options or ()), capabilities)


def _options(stored: Sequence[Mapping[str, Any]]) -> list[Option]:
    return [
        Option(
            id=str(each["id"]),
            title=str(each["title"]),
            intent=str(each.get("intent", "")),
            in_text=bool(each.get("in_text")),
        )
        for each in stored
    ]
