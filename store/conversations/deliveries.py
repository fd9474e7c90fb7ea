"""Deliveries: where each outbound message stands with its provider. States only move forward."""

import uuid
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, TIMESTAMP
from sqlalchemy.orm import Session, aliased
from sqlalchemy.types import Uuid

from store.conversations.messages import MessageUnknown
from store.core.clock import utc_now
from store.people.addresses import AddressView, last_written_from, view_of
from store.tables import Address, Conversation, Message

DeliveryState = Literal["pending", "sending", "unknown", "sent", "delivered", "read", "failed"]

#: How far each state is: statuses arrive late and out of order, and an earlier one never replaces a later one.
_PROGRESS = {"pending": 0, "sending": 1, "unknown": 2, "sent": 3, "failed": 4, "delivered": 5, "read": 6}
_OPEN = ("pending", "sending", "unknown")
_TAKEN = ("sent", "delivered", "read")


_ONE = select(Message).where(Message.id == bindparam("message_id")).with_for_update(key_share=True)


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
    message = session.scalar(_ONE, {"message_id": message_id}, execution_options={"populate_existing": True})
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
    if message.delivery_state in _OPEN and state in _TAKEN:
        _count_segments(session, message)
    if state == "sending":
        message.delivery_attempts = (message.delivery_attempts or 0) + 1
    message.delivery_state = state
    message.delivery_detail = detail
    message.delivery_at = utc_now()
    session.flush()
    return True


def _count_segments(session: Session, message: Message) -> None:
    """Adds a message to what its conversation has cost: once, by whatever says first that the provider took it."""
    if message.segments:
        session.execute(
            update(Conversation)
            .where(Conversation.id == message.conversation_id)
            .values(segments_sent=Conversation.segments_sent + message.segments)
        )


@dataclass(frozen=True)
class Leaving:
    """An outbound message that is to be sent: where to, how its delivery stood before, and the provider's id of the
    message that it answers.
    """

    message: Message
    address: AddressView | None
    answers: str | None


_answered = aliased(Message)
_address = last_written_from(Message.person_id, Message.channel).correlate(Message).scalar_subquery()
# Built once: putting a statement together costs more than having it answered.
_LOCKED = (
    select(Message, Address, _answered.provider_message_id)
    .outerjoin(Address, Address.id == _address)
    .outerjoin(_answered, _answered.id == Message.in_reply_to)
    .where(Message.id == bindparam("message_id"), Message.delivery_state.in_(_OPEN))
    .with_for_update(of=Message, key_share=True)
)


def locked_for_sending(session: Session, message_id: uuid.UUID) -> Leaving | None:
    """A message whose delivery is open, held until this transaction ends; None where it is not, or was erased.

    Of several addresses of the person on the channel it goes to the one they last wrote from.
    """
    found = session.execute(_LOCKED, {"message_id": message_id}).first()
    if found is None:
        return None
    return Leaving(found[0], None if found[1] is None else view_of(session, found[1]), found[2])


def mark_sending(message: Message) -> None:
    """Counts an attempt of a message that is held for sending, or is new."""
    message.delivery_state = "sending"
    message.delivery_detail = None
    message.delivery_at = utc_now()
    message.delivery_attempts = (message.delivery_attempts or 0) + 1


_SENT = text("""
with before as (
    select id, conversation_id, delivery_state, segments from messages where id = :id for no key update
), sent as (
    update messages set
        provider_message_id = coalesce(:provider_message_id, provider_message_id),
        delivery_state = case when before.delivery_state = any(:open) then 'sent' else before.delivery_state end,
        delivery_detail = case when before.delivery_state = any(:open) then null else delivery_detail end,
        delivery_at = case when before.delivery_state = any(:open) then :at else delivery_at end
    from before where messages.id = before.id
), counted as (
    update conversations set segments_sent = segments_sent + before.segments
    from before
    where conversations.id = before.conversation_id and before.segments > 0 and before.delivery_state = any(:open)
)
select id from before
""").bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("provider_message_id", type_=TEXT()),
    bindparam("open", type_=ARRAY(TEXT)),
    bindparam("at", type_=TIMESTAMP(timezone=True)),
)


def record_sent(session: Session, message_id: uuid.UUID, provider_message_id: str | None) -> None:
    """Records that the provider took a message, and adds its segments to its conversation's. Raises MessageUnknown.

    A status that came before this stays: it says more.
    """
    values = {
        "id": message_id,
        "provider_message_id": provider_message_id,
        "open": list(_OPEN),
        "at": utc_now(),
    }
    if session.execute(_SENT, values).first() is None:
        raise MessageUnknown(str(message_id))


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
