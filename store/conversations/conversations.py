"""Conversations: one for a person and a channel, and who answers there."""

import uuid

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.ids import new_id
from store.tables import Conversation


def open_conversation(session: Session, person_id: uuid.UUID, channel: str) -> Conversation:
    """The person's conversation on a channel, begun the first time. Two at once begin one."""
    wanted = select(Conversation).where(Conversation.person_id == person_id, Conversation.channel == channel)
    known = session.scalar(wanted)
    if known is not None:
        return known
    session.execute(
        insert(Conversation)
        .values(id=new_id(), person_id=person_id, channel=channel)
        .on_conflict_do_nothing(index_elements=["person_id", "channel"])
    )
    return session.scalars(wanted).one()


def get(session: Session, conversation_id: uuid.UUID) -> Conversation:
    """The conversation of this id. Raises LookupError."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise LookupError(f"no conversation {conversation_id}")
    return conversation


def hand_to_assistant(session: Session, conversation: Conversation) -> None:
    """The assistant answers again."""
    conversation.state = "assistant"
    conversation.state_at = utc_now()
    conversation.adviser_id = None
    conversation.give_back_at = None
    session.flush()
