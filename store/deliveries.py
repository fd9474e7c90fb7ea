"""Deliveries: where each outbound message stands with its provider. States only move forward."""

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.clock import utc_now
from store.conversations import DeliveryState, MessageUnknown
from store.tables import Conversation, Message

#: How far each state is: statuses arrive late and out of order, and an earlier one never replaces a later one.
_PROGRESS = {"pending": 0, "sending": 1, "unknown": 2, "sent": 3, "failed": 4, "delivered": 5, "read": 6}
_OPEN = ("pending", "sending", "unknown")


def record_delivery(
    session: Session,
    message_id: uuid.UUID,
    state: DeliveryState,
    *,
    provider_message_id: str | None = None,
    detail: str | None = None,
) -> bool:
    """Moves a delivery forward; False, and nothing changed, where it is that far already.

    `sending` counts an attempt and may be repeated until the provider took the message. `detail` is the provider's
    code, never its words. Raises MessageUnknown, ValueError for an inbound message.
    """
    message = session.scalar(
        select(Message)
        .where(Message.id == message_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if message is None:
        raise MessageUnknown(str(message_id))
    if message.delivery_state is None:
        raise ValueError("an inbound message is not delivered")
    if provider_message_id is not None:
        message.provider_message_id = provider_message_id
    again = message.delivery_state in _OPEN and state in ("pending", "sending")
    if _PROGRESS[state] <= _PROGRESS[message.delivery_state] and not again:
        session.flush()
        return False
    if state == "sending":
        message.delivery_attempts = (message.delivery_attempts or 0) + 1
    message.delivery_state = state
    message.delivery_detail = detail
    message.delivery_at = utc_now()
    session.flush()
    return True


def record_sent(session: Session, message_id: uuid.UUID, provider_message_id: str | None) -> None:
    """Records that the provider took a message, and adds its segments to its conversation's. Raises MessageUnknown."""
    if record_delivery(session, message_id, "sent", provider_message_id=provider_message_id):
        message = session.get_one(Message, message_id)
        if message.segments:
            session.execute(
                update(Conversation)
                .where(Conversation.id == message.conversation_id)
                .values(segments_sent=Conversation.segments_sent + message.segments)
            )


def put_back(session: Session, message_id: uuid.UUID, state: DeliveryState, reason: str) -> None:
    """After a try that failed: the message waits for the next, `pending`, or `unknown` where it may have arrived.

    Nothing changes where a status has told more meanwhile. Raises MessageUnknown.
    """
    message = session.scalar(select(Message).where(Message.id == message_id).with_for_update(key_share=True))
    if message is None:
        raise MessageUnknown(str(message_id))
    if message.delivery_state in _OPEN:
        message.delivery_state = state
        message.delivery_detail = reason
        message.delivery_at = utc_now()


def find_outbound(session: Session, message_id: uuid.UUID) -> Message | None:
    """An outbound message by our own id of it."""
    message = session.get(Message, message_id)
    return message if message is not None and message.direction == "out" else None


def find_sent(session: Session, channel: str, provider_message_id: str) -> Message | None:
    """The outbound message that a provider's status is about."""
    return session.scalar(
        select(Message).where(
            Message.channel == channel,
            Message.direction == "out",
            Message.provider_message_id == provider_message_id,
        )
    )


def undelivered(session: Session, limit: int = 100) -> list[Message]:
    """Messages that no provider has taken yet, oldest first."""
    return list(
        session.scalars(
            select(Message)
            .where(Message.delivery_state.in_(_OPEN))
            .order_by(Message.created_at, Message.n)
            .limit(limit)
        )
    )
