"""A message by itself: found by its id, how its turn went, and those said before it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.tables import Address, Message


class MessageUnknown(LookupError):
    """There is no message of this id, or it was erased."""


def get_message(session: Session, message_id: uuid.UUID) -> Message:
    """The message of this id. Raises MessageUnknown."""
    message = session.get(Message, message_id)
    if message is None:
        raise MessageUnknown(str(message_id))
    return message


def count_try(session: Session, message_id: uuid.UUID) -> int:
    """Counts a try of a message that failed; how many there were."""
    counted = session.scalar(
        update(Message)
        .where(Message.id == message_id)
        .values(tries=func.coalesce(Message.tries, 0) + 1)
        .returning(Message.tries)
    )
    return counted or 0


def is_younger(session: Session, message_id: uuid.UUID, seconds: float) -> bool:
    """Whether a message came (or was written) within so many seconds; False for one that is not there."""
    message = session.get(Message, message_id)
    return message is not None and (utc_now() - message.created_at).total_seconds() < seconds


def last_inbound_at(session: Session, channel: str, provider: str) -> datetime | None:
    """When the last message came in on a channel by this provider; None where none ever did."""
    return session.scalar(
        select(func.max(Address.last_inbound_at)).where(
            Address.channel == channel, Address.provider == provider
        )
    )


def record_understanding(session: Session, message_id: uuid.UUID, understanding: Mapping[str, Any]) -> None:
    """Keeps what the engine understood of an inbound message. Raises MessageUnknown."""
    get_message(session, message_id).understanding = dict(understanding)


def mark_done(session: Session, message_id: uuid.UUID, reason: str | None = None) -> None:
    """Records that the turn of an inbound message is over; `reason` where it was answered in passing only (a code).

    Raises MessageUnknown.
    """
    _finish(session, message_id, "done", reason)


def mark_quiet(session: Session, message_id: uuid.UUID, reason: str) -> None:
    """Records that an inbound message is kept without an answer, and why (a code). Raises MessageUnknown."""
    _finish(session, message_id, "quiet", reason)


def mark_failed(session: Session, message_id: uuid.UUID, reason: str) -> None:
    """Records that the turn of an inbound message was given up, and why (a code, no words of people)."""
    _finish(session, message_id, "failed", reason)


def _finish(session: Session, message_id: uuid.UUID, state: str, failure: str | None) -> None:
    message = get_message(session, message_id)
    message.state = state
    message.failure = failure
    message.finished_at = utc_now()


def inbound_before(session: Session, message: Message) -> Message | None:
    """What its writer said last before a message, on any channel."""
    return session.scalar(
        select(Message)
        .where(
            Message.person_id == message.person_id,
            Message.direction == "in",
            Message.created_at <= message.created_at,
            Message.id != message.id,
        )
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
    )


def history(session: Session, person_id: uuid.UUID, limit: int = 200) -> list[Message]:
    """The last messages of a person, in and out, on every channel, oldest first."""
    last = (
        select(Message)
        .where(Message.person_id == person_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
    )
    return list(reversed(session.scalars(last.limit(limit)).all()))
