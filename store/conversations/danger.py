"""Where somebody wrote of danger a short time ago: they are answered with care until they lead away from it."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from store.conversations import conversations
from store.core.clock import utc_now
from store.tables import Conversation

STAYS = timedelta(hours=24)


def note(session: Session, conversation_id: uuid.UUID, now: datetime | None = None) -> None:
    """Somebody wrote here of danger, or wrote again after it."""
    conversations.get(session, conversation_id).danger_at = now or utc_now()


def note_over(session: Session, conversation_id: uuid.UUID) -> None:
    """They have led away from it."""
    conversations.get(session, conversation_id).danger_at = None


def is_open(conversation: Conversation, now: datetime | None = None) -> bool:
    """Whether somebody wrote here of danger a short time ago, and has not led away from it."""
    at = conversation.danger_at
    return at is not None and (now or utc_now()) - at < STAYS
