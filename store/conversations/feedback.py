"""What people think of the assistant and the service."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Feedback


def record(session: Session, person_id: uuid.UUID, kind: str, text: str | None) -> Feedback:
    """Keeps a word of praise or complaint. `kind` is a code, `text` the person's words."""
    feedback = Feedback(person_id=person_id, kind=kind, text=text)
    session.add(feedback)
    session.flush()
    return feedback


def of_person(session: Session, person_id: uuid.UUID) -> list[Feedback]:
    """What a person said, oldest first."""
    wanted = select(Feedback).where(Feedback.person_id == person_id)
    return list(session.scalars(wanted.order_by(Feedback.created_at, Feedback.id)))
