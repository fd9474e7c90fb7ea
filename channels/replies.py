"""Rendered replies as the messages that are stored: what leaves, and what it takes to say it again in
another form.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.contract import Capabilities
from channels.layout import lay_out
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
    """The messages of a turn, in order: one for each reply, or as few as can be where each message costs."""
    pairs = list(zip(replies, rendered, strict=True))
    if not capabilities.one_message_a_turn:
        return [_record([pair], capabilities) for pair in pairs]
    groups: list[list[tuple[Reply, RenderedReply]]] = []
    for pair in pairs:
        # Options belong under the text that offers them: nothing is joined after them.
        if groups and not groups[-1][-1][1].options:
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return [_record(group, capabilities) for group in groups]


def stored_reply(message: Message) -> tuple[Reply, str | None]:
    """The reply that a stored message says, to render it again, and the variety it was said in."""
    args = dict(message.args or {})
    variety = args.pop(VARIETY, None)
    return {"reply": message.reply, "args": args, "options": message.options or []}, variety


def _record(group: Sequence[tuple[Reply, RenderedReply]], capabilities: Capabilities) -> OutboundRecord:
    said = [rendered for _, rendered in group]
    options = said[-1].options
    layout = lay_out("\n\n".join(each.text for each in said), options, capabilities)
    segments = count_segments(layout.text) if capabilities.counts_segments else None
    return OutboundRecord(
        reply=" + ".join(str(reply["reply"]) for reply, _ in group),
        args=_stored_args([reply for reply, _ in group], said[0].variety),
        text=layout.text,
        options=[
            {**source, **option.stored()}
            for source, option in zip(group[-1][0].get("options") or (), options, strict=True)
        ],
        segments=None if segments is None else segments.count,
        encoding=None if segments is None else segments.encoding,
    )


def _stored_args(replies: Sequence[Reply], variety: str) -> dict[str, Any]:
    if len(replies) == 1:
        return {**(replies[0].get("args") or {}), VARIETY: variety}
    return {
        REPLIES: [{"reply": reply["reply"], "args": reply.get("args") or {}} for reply in replies],
        VARIETY: variety,
    }
