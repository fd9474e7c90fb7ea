"""How much is said in a conversation, and how much of it over and over. Every question reads one index
(conversation, time) over a few minutes.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from store.conversations.messages import get_message
from store.tables import Message


@dataclass(frozen=True)
class Repeats:
    """How often one text came in, and how many different answers it got: several answers are progress (turning pages
    with "more"), one is none.
    """

    count: int
    answers: int


# Asked for every message: built once.
_RECENT = select(func.count()).select_from(
    select(Message.id)
    .where(Message.conversation_id == bindparam("conversation_id"), Message.created_at > bindparam("after"))
    .limit(bindparam("most"))
    .subquery()
)


def is_busy(session: Session, conversation_id: uuid.UUID, after: datetime, messages: int) -> bool:
    """Whether more than so many messages, in or out, were kept since then."""
    values = {"conversation_id": conversation_id, "after": after, "most": messages + 1}
    return (session.scalar(_RECENT, values) or 0) > messages


def received(session: Session, message_id: uuid.UUID, within: timedelta) -> int:
    """How many messages came in within so long before an inbound one, itself included. Raises MessageUnknown.

    What was written over a longer time and only arrived at once, after an outage, does not count.
    """
    message = get_message(session, message_id)
    written = func.coalesce(Message.sent_at, Message.created_at)
    came = select(func.count()).where(
        *_came_with(message, within), written > (message.sent_at or message.created_at) - within
    )
    return session.scalar(came) or 0


def repeats(session: Session, message_id: uuid.UUID, within: timedelta) -> Repeats:
    """How often the text of an inbound message came in within so long before it, itself included. Raises
    MessageUnknown.
    """
    message = get_message(session, message_id)
    answer = aliased(Message)
    row = session.execute(
        select(func.count(Message.id.distinct()), func.count(answer.text.distinct()))
        .outerjoin(answer, answer.in_reply_to == Message.id)
        .where(*_came_with(message, within), Message.text == message.text)
    ).one()
    return Repeats(row[0], row[1])


def most_repeated(session: Session, conversation_id: uuid.UUID, after: datetime) -> int:
    """How often we said the text that we said most often since then."""
    count = func.count()
    wanted = (
        select(count)
        .where(
            Message.conversation_id == conversation_id,
            Message.created_at > after,
            Message.direction == "out",
            Message.author_kind == "assistant",
        )
        .group_by(func.md5(Message.text))
    )
    return session.scalar(wanted.order_by(count.desc()).limit(1)) or 0


def was_replied(session: Session, conversation_id: uuid.UUID, reply: str, after: datetime) -> bool:
    """Whether a reply of this key was said since then, alone or at the beginning of a longer message."""
    wanted = select(Message.id).where(
        Message.conversation_id == conversation_id,
        Message.created_at > after,
        Message.direction == "out",
        Message.reply_keys[1] == reply,
    )
    return session.scalar(wanted.limit(1)) is not None


def _came_with(message: Message, within: timedelta) -> tuple[ColumnElement[bool], ...]:
    return (
        Message.conversation_id == message.conversation_id,
        Message.created_at > message.created_at - within,
        Message.created_at <= message.created_at,
        Message.direction == "in",
    )
