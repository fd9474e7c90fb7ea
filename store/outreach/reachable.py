"""On which of their channels a person is told something that answers nothing, and whether they may be now."""

import uuid
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from store.conversations.window import Window
from store.people.addresses import address_on
from store.tables import Address, Conversation


@dataclass(frozen=True)
class Reach:
    """How a person is reached on a channel: the state of their address (`active`, `opted_out` ...; `unreachable` where
    there is none), and the window.
    """

    state: str
    window: Window


def reach(session: Session, person_id: uuid.UUID, channel: str, window_hours: int) -> Reach:
    """How a person is reached on a channel with so long a window."""
    address = address_on(session, person_id, channel)
    if address is None:
        return Reach("unreachable", Window(window_hours, None))
    return Reach(address.state, Window(window_hours, address.last_inbound_at))


def reachable_conversation(session: Session, person_id: uuid.UUID) -> Conversation | None:
    """The conversation a person was last in, of those on channels where they can be written to; None where none is."""
    found = session.scalars(
        select(Conversation)
        .where(Conversation.person_id == person_id)
        .order_by(Conversation.last_message_at.desc(), Conversation.id)
    )
    for conversation in found:
        address = address_on(session, person_id, conversation.channel)
        if address is not None and address.state == "active":
            return conversation
    return None


def opted_out_anywhere(session: Session, person_id: uuid.UUID) -> bool:
    """Whether the person wants no more messages on some channel: then nothing unasked for goes to any."""
    return bool(
        session.scalar(select(exists().where(Address.person_id == person_id, Address.state == "opted_out")))
    )
