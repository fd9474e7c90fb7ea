"""Rendered replies as the messages that are stored: what leaves, and what it takes to say it again in
another form.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.contract import Capabilities, Option
from channels.layout import lay_out
from channels.merging import Choice, merged
from channels.paging import LATER, left
from channels.render import RenderedReply
from channels.segments import count_segments
from store.conversations import OutboundRecord
from store.tables import Message

#: Among the arguments of a stored message: the variety it was said in. No argument of a reply starts with
#: "$".
VARIETY = "$variety"
REPLIES = "$replies"

Reply = Mapping[str, Any]


def to_records(
    replies: Sequence[Reply], rendered: Sequence[RenderedReply], capabilities: Capabilities
) -> list[OutboundRecord]:
    """The messages of a turn, in order: one for each reply, or a single one where each message costs."""
    pairs = list(zip(replies, rendered, strict=True))
    if not capabilities.one_message_a_turn:
        return [_record([pair], capabilities) for pair in pairs]
    return [_record(pairs, capabilities)] if pairs else []


def stored_reply(message: Message) -> tuple[Reply, str | None]:
    """The reply that a stored message says, to render it again, and the variety it was said in."""
    args = dict(message.args or {})
    variety = args.pop(VARIETY, None)
    return {"reply": message.reply, "args": args, "options": message.options or []}, variety


def _record(group: Sequence[tuple[Reply, RenderedReply]], capabilities: Capabilities) -> OutboundRecord:
    said = [rendered for _, rendered in group]
    text, choices = merged(
        [(rendered.text, _choices(reply, rendered)) for reply, rendered in group],
        between="\n" if capabilities.counts_segments else "\n\n",
    )
    layout = lay_out(
        text,
        [option for option, _ in choices],
        capabilities,
        more=said[-1].more,
        left=left([source for _, source in choices]),
    )
    segments = count_segments(layout.text) if capabilities.counts_segments else None
    return OutboundRecord(
        reply=" + ".join(str(reply["reply"]) for reply, _ in group),
        args=_stored_args([reply for reply, _ in group], said[0].variety),
        text=layout.text,
        options=[
            _stored(source, option, said[-1].more if number in layout.later else "")
            for number, (option, source) in enumerate(choices, start=1)
        ],
        segments=None if segments is None else segments.count,
        encoding=None if segments is None else segments.encoding,
    )


def _choices(reply: Reply, rendered: RenderedReply) -> list[Choice]:
    return list(zip(rendered.options, reply.get("options") or (), strict=True))


def _stored(source: Mapping[str, Any], option: Option, later: str) -> dict[str, Any]:
    kept = {name: value for name, value in source.items() if name != LATER}
    return {**kept, **option.stored(), **({LATER: later} if later else {})}


def _stored_args(replies: Sequence[Reply], variety: str) -> dict[str, Any]:
    if len(replies) == 1:
        return {**(replies[0].get("args") or {}), VARIETY: variety}
    return {
        REPLIES: [{"reply": reply["reply"], "args": reply.get("args") or {}} for reply in replies],
        VARIETY: variety,
    }
