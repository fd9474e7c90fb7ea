"""Notes: what advisers tell each other about a person. The person never sees them; an erasure takes them along."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Adviser, Conversation, Note

LONGEST = 4000


@dataclass(frozen=True)
class NoteView:
    """A note with the name of who wrote it."""

    id: uuid.UUID
    text: str
    at: datetime
    author: str | None


def write(
    session: Session, conversation: Conversation, adviser_id: uuid.UUID, text: str, now: datetime
) -> Note | None:
    """Keeps a note beside a conversation; None where there is nothing to keep."""
    cleaned = text.strip()[:LONGEST]
    if not cleaned:
        return None
    note = Note(
        person_id=conversation.person_id,
        conversation_id=conversation.id,
        adviser_id=adviser_id,
        text=cleaned,
        at=now,
    )
    session.add(note)
    session.flush()
    return note


def of_person(session: Session, person_id: uuid.UUID, limit: int = 100) -> list[NoteView]:
    """The notes about a person, newest first."""
    rows = session.execute(
        select(Note, Adviser.display_name)
        .outerjoin(Adviser, Adviser.id == Note.adviser_id)
        .where(Note.person_id == person_id)
        .order_by(Note.at.desc(), Note.id.desc())
        .limit(limit)
    )
    return [NoteView(note.id, note.text, note.at, author) for note, author in rows]
