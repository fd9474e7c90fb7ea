"""What advisers have read: until when, of each conversation."""

import uuid
from datetime import datetime

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.tables import Conversation, ConversationRead


def mark_read(session: Session, adviser_id: uuid.UUID, conversation: Conversation, now: datetime) -> None:
    """Notes that an adviser has seen all of a conversation up to now, its last message at least."""
    seen = max(now, conversation.last_message_at)
    statement = insert(ConversationRead).values(
        adviser_id=adviser_id, conversation_id=conversation.id, read_at=seen
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["adviser_id", "conversation_id"],
            set_={"read_at": func.greatest(ConversationRead.read_at, seen)},
        )
    )


def mark_unread(session: Session, adviser_id: uuid.UUID, conversation_id: uuid.UUID) -> None:
    """Puts a conversation back among the unread of an adviser."""
    session.execute(
        delete(ConversationRead).where(
            ConversationRead.adviser_id == adviser_id, ConversationRead.conversation_id == conversation_id
        )
    )
