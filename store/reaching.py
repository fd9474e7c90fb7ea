"""On which of their channels a person is told something that answers nothing."""

import uuid

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from store.addresses import address_on
from store.tables import Address, Conversation


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
