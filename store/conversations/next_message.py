"""Messages that wait for an answer: the next one of a person, with what its turn needs to know, in one statement."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.conversations.messages import MessageUnknown
from store.people.addresses import AddressView, last_written_from, view_of
from store.tables import Address, Conversation, Message, Person


@dataclass(frozen=True)
class Waiting:
    """An inbound message with its writer and its conversation: while this is held, the session has them at hand."""

    message: Message
    person: Person
    conversation: Conversation


@dataclass(frozen=True)
class Next(Waiting):
    """The next message to answer. `address`: where its writer is reached on its channel, of several the one they last
    wrote from; `offered`: the options of the last message of the conversation that had any; `interrupted`: its last
    message is none of the dialogue's: an adviser wrote it, it went out by itself, or a step answered.
    """

    address: AddressView | None
    offered: Sequence[Mapping[str, Any]]
    interrupted: bool = False


def _with_writer(*more: Any) -> Select[Any]:
    return (
        select(Message, Person, Conversation, *more)
        .join(Person, Person.id == Message.person_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
    )


# Built once: putting a statement together costs more than having it answered.
_named, _earlier = aliased(Message), aliased(Message)
_REACHED = last_written_from(Message.person_id, Message.channel).correlate(Message).scalar_subquery()
_OFFERED = (
    select(_earlier.options)
    .where(
        _earlier.conversation_id == Message.conversation_id,
        _earlier.n.is_not(None),
        _earlier.options != [],
    )
    .order_by(_earlier.n.desc())
    .limit(1)
    .correlate(Message)
    .scalar_subquery()
)
_INTERRUPTED = or_(
    select(_earlier.in_reply_to.is_(None))
    .where(_earlier.conversation_id == Message.conversation_id, _earlier.n.is_not(None))
    .order_by(_earlier.n.desc())
    .limit(1)
    .correlate(Message)
    .scalar_subquery(),
    # A step answered what was written last: the dialogue did not see it.
    select(_earlier.understanding.is_(None))
    .where(
        _earlier.conversation_id == Message.conversation_id,
        _earlier.direction == "in",
        _earlier.state.in_(("done", "quiet")),
    )
    .order_by(_earlier.created_at.desc())
    .limit(1)
    .correlate(Message)
    .scalar_subquery(),
)
_NEXT = (
    _with_writer(Address, _OFFERED, _INTERRUPTED)
    .outerjoin(Address, Address.id == _REACHED)
    .where(
        Message.person_id
        == select(_named.person_id).where(_named.id == bindparam("message_id")).scalar_subquery(),
        Message.state == "received",
    )
    .order_by(func.coalesce(Message.sent_at, Message.created_at), Message.created_at, Message.id)
    .limit(1)
)


def oldest(session: Session, message_id: uuid.UUID) -> Next | None:
    """The first message, by its channel's clock, that the writer of this one has no answer to; None without one."""
    found = session.execute(_NEXT, {"message_id": message_id}).first()
    if found is None:
        return None
    message, person, conversation, address, offered, interrupted = found
    reached = None if address is None else view_of(session, address)
    return Next(message, person, conversation, reached, offered or (), bool(interrupted))


_CLAIMED = (
    _with_writer()
    .where(Message.id == bindparam("message_id"))
    .with_for_update(of=Message, key_share=True)
    .execution_options(populate_existing=True)
)


def claim(session: Session, message_id: uuid.UUID) -> Waiting:
    """An inbound message and its conversation, held until this transaction ends. Raises MessageUnknown."""
    found = session.execute(_CLAIMED, {"message_id": message_id}).first()
    if found is None:
        raise MessageUnknown(str(message_id))
    return Waiting(*found)


#: More than so many of one person's are as good as so many.
MOST_WAITING = 30


def others(session: Session, person_id: uuid.UUID, message_id: uuid.UUID) -> int:
    """How many other messages of a person wait for an answer, MOST_WAITING at most."""
    waiting = (
        select(Message.id)
        .where(Message.person_id == person_id, Message.state == "received", Message.id != message_id)
        .limit(MOST_WAITING)
    )
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
