"""Messages that wait for an answer: the next one of a person, with what its turn needs to know, in one statement."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from store.addresses import AddressView, last_written_from, view_of
from store.conversations import MessageUnknown
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
    wrote from; `offered`: the options of the last message of the conversation that had any.
    """

    address: AddressView | None
    offered: Sequence[Mapping[str, Any]]


def _with_writer(*more: Any) -> Select[Any]:
    return (
        select(Message, Person, Conversation, *more)
        .join(Person, Person.id == Message.person_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
    )


# Built once: putting a statement together costs more than having it answered.
_named, _said = aliased(Message), aliased(Message)
_REACHED = last_written_from(Message.person_id, Message.channel).correlate(Message).scalar_subquery()
_OFFERED = (
    select(_said.options)
    .where(
        _said.conversation_id == Message.conversation_id,
        _said.n.is_not(None),
        _said.options != [],
    )
    .order_by(_said.n.desc())
    .limit(1)
    .correlate(Message)
    .scalar_subquery()
)
_NEXT = (
    _with_writer(Address, _OFFERED)
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
    message, person, conversation, address, offered = found
    reached = None if address is None else view_of(session, address)
    return Next(message, person, conversation, reached, offered or ())


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
