"""Messages that were put aside: which, and why; and giving them another try. No text of people is in here."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from store.conversations.messages import get_message
from store.tables import Message


class NotDead(Exception):
    """A message was to be tried again that was not put aside."""


@dataclass(frozen=True)
class DeadLetter:
    """A message that got no answer ("in") or was not delivered ("out"), for a reason: a code."""

    message_id: uuid.UUID
    direction: str
    channel: str
    reason: str
    at: datetime
    tries: int


@dataclass(frozen=True)
class Retried:
    """What to put into the queue for another try: a turn of an inbound message, a delivery of an outbound one."""

    message_id: uuid.UUID
    direction: str
    person_id: uuid.UUID
    conversation_id: uuid.UUID


_DEAD = or_(Message.state == "failed", Message.delivery_state == "failed")
_AT = func.coalesce(Message.finished_at, Message.delivery_at, Message.created_at)


def dead_letters(session: Session, limit: int = 100) -> list[DeadLetter]:
    """What was put aside, latest first."""
    wanted = select(Message, _AT).where(_DEAD)
    rows = session.execute(wanted.order_by(_AT.desc(), Message.id.desc()).limit(limit))
    return [
        DeadLetter(
            message_id=message.id,
            direction=message.direction,
            channel=message.channel,
            reason=(message.failure if message.direction == "in" else message.delivery_detail) or "unknown",
            at=at,
            tries=(message.tries if message.direction == "in" else message.delivery_attempts) or 0,
        )
        for message, at in rows
    ]


def retry(session: Session, message_id: uuid.UUID) -> Retried:
    """Makes a message that was put aside wait for its turn, or its delivery, again. The caller puts it into the queue,
    in the same transaction. Raises MessageUnknown, NotDead.
    """
    message = get_message(session, message_id)
    session.refresh(message, with_for_update=True)
    if message.direction == "in" and message.state == "failed":
        message.state, message.failure, message.finished_at, message.tries = "received", None, None, None
        # What was said then ("it did not work") stays said, but is not the answer: that is still to come.
        session.execute(
            update(Message).where(Message.in_reply_to == message_id).values(in_reply_to=None, position=None)
        )
    elif message.direction == "out" and message.delivery_state == "failed":
        message.delivery_state, message.delivery_detail, message.delivery_attempts = "pending", None, 0
        # The provider's id was of the try that failed: what comes of this one has another.
        message.provider_message_id = None
    else:
        raise NotDead(str(message_id))
    session.flush()
    return Retried(message.id, message.direction, message.person_id, message.conversation_id)
