"""One move of a registration from a state to another, and the change that is kept of it."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.registrations.seats import locked_session
from store.registrations.states import RegistrationUnknown, State
from store.tables import Registration, RegistrationChange

PERSON = "person"
SYSTEM = "system"


def find(session: Session, registration_id: uuid.UUID) -> Registration:
    """The registration of this id. Raises RegistrationUnknown."""
    registration = session.get(Registration, registration_id)
    if registration is None:
        raise RegistrationUnknown(str(registration_id))
    return registration


def locked(session: Session, registration_id: uuid.UUID) -> Registration:
    """The registration, locked after its session: always in this order, or two could wait for each other."""
    run_id = find(session, registration_id).session_id
    if run_id is not None:
        locked_session(session, run_id)
    wanted = select(Registration).where(Registration.id == registration_id).with_for_update(key_share=True)
    locked = session.scalar(wanted.execution_options(populate_existing=True))
    if locked is None:
        raise RegistrationUnknown(str(registration_id))
    return locked


def move(
    session: Session, registration: Registration, state: State, author: str, note: str | None, at: datetime
) -> None:
    """Moves a registration, and keeps the change with its `author` and `note`."""
    before = registration.state
    registration.state = state
    registration.updated_at = at
    keep_change(session, registration, before, state, author, note, at)
    session.flush()


def keep_change(
    session: Session,
    registration: Registration,
    before: str | None,
    after: str,
    author: str,
    note: str | None,
    at: datetime,
) -> None:
    """Keeps a change of state; `before` is None where the registration is new."""
    session.add(
        RegistrationChange(
            registration_id=registration.id,
            from_state=before,
            to_state=after,
            author=author,
            note=note,
            at=at,
        )
    )
