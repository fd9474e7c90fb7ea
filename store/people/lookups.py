"""Looking without making: what is there already, for callers that only read."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.core.encryption import cipher_of
from store.tables import Address, Conversation, Message


def conversation_at(session: Session, channel: str, provider_id: str) -> Conversation | None:
    """The conversation with whoever writes from this address; None before their first message."""
    digest = cipher_of(session).digest(channel, provider_id)
    return session.scalar(
        select(Conversation)
        .join(Address, Address.person_id == Conversation.person_id)
        .where(
            Conversation.channel == channel, Address.channel == channel, Address.provider_id_digest == digest
        )
    )


def awaits_answer(session: Session, conversation: Conversation) -> bool:
    """Whether a message of the person is still without its turn."""
    waiting = select(Message.id).where(
        Message.conversation_id == conversation.id, Message.direction == "in", Message.state == "received"
    )
    return session.scalar(waiting.limit(1)) is not None
