"""Rendered replies as the messages that are stored: what leaves, and what it takes to say it again in
another form.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.contract.messages import Capabilities, Option
from channels.wording.layout import Layout, lay_out
from channels.wording.merging import Choice, merged
from channels.wording.paging import LATER, left
from channels.wording.render import RenderedReply
from channels.wording.segments import count_segments
from store.conversations.outbound import OutboundRecord
from store.conversations.replies import Reply
from store.tables import Message


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
    keys = message.reply_keys or [""]
    # Several that left as one message are said again by its text.
    return Reply(keys[0], message.args or {}, message.options or []), message.variety if len(
        keys
    ) == 1 else None


def _record(group: Sequence[tuple[Reply, RenderedReply]], capabilities: Capabilities) -> OutboundRecord:
    parts = [rendered for _, rendered in group]
    layout, choices = laid_out(group, capabilities)
    segments = count_segments(layout.text) if capabilities.counts_segments else None
    return OutboundRecord(
        reply_keys=tuple(reply.key for reply, _ in group),
        args=_stored_args([reply for reply, _ in group]),
        variety=parts[0].variety,
        despite_opt_out=any(reply.despite_opt_out for reply, _ in group),
        text=layout.text,
        options=[
            _stored(source, option, parts[-1].more if number in layout.later else "")
            for number, (option, source) in enumerate(choices, start=1)
        ],
        segments=None if segments is None else segments.count,
        encoding=None if segments is None else segments.encoding,
    )


def laid_out(
    group: Sequence[tuple[Reply, RenderedReply]], capabilities: Capabilities
) -> tuple[Layout, list[Choice]]:
    """Replies as one message of a channel, with the choices under it; in few words where each segment costs."""
    layout, choices = _laid_out(group, capabilities)
    if not capabilities.counts_segments:
        return layout, choices
    return _in_fewest_segments(group, layout, choices, capabilities)


def _laid_out(
    group: Sequence[tuple[Reply, RenderedReply]], capabilities: Capabilities
) -> tuple[Layout, list[Choice]]:
    text, choices = merged(
        [(rendered.text, _choices(reply, rendered)) for reply, rendered in group],
        between="\n" if capabilities.counts_segments else "\n\n",
    )
    layout = lay_out(
        text,
        [option for option, _ in choices],
        capabilities,
        more=group[-1][1].more,
        left=left([source for _, source in choices]),
    )
    return layout, choices


def _in_fewest_segments(
    group: Sequence[tuple[Reply, RenderedReply]],
    layout: Layout,
    choices: list[Choice],
    capabilities: Capabilities,
) -> tuple[Layout, list[Choice]]:
    """The message in its shorter words where they save a segment, and in no shorter words than that takes.

    Choices that could not be told apart any more, or that would have to wait for the next page, save nothing.
    """
    fewest, best = count_segments(layout.text).count, (layout, choices)
    if fewest == 1:
        return best
    replies = [reply for reply, _ in group]
    for shorter in zip(*(rendered.shorter() for _, rendered in group), strict=False):
        tried, same = _laid_out(list(zip(replies, shorter, strict=True)), capabilities)
        count = count_segments(tried.text).count
        if count < fewest and len(tried.later) <= len(layout.later) and _titles(same) == _titles(choices):
            fewest, best = count, (tried, same)
        if fewest == 1:
            break
    return best


def _titles(choices: Sequence[Choice]) -> int:
    """How many choices can be told apart by their titles."""
    return len({option.title for option, _ in choices})


def _choices(reply: Reply, rendered: RenderedReply) -> list[Choice]:
    return list(zip(rendered.options, reply.options, strict=True))


def _stored(source: Mapping[str, Any], option: Option, later: str) -> dict[str, Any]:
    kept = {name: value for name, value in source.items() if name != LATER}
    return {**kept, **option.stored(), **({LATER: later} if later else {})}


def _stored_args(replies: Sequence[Reply]) -> dict[str, Any]:
    if len(replies) == 1:
        return dict(replies[0].args)
    return {"replies": [{"reply": reply.key, "args": dict(reply.args)} for reply in replies]}
