"""Changes of registrations as advisers make them: who else was moved by one, and who is to be told."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.registrations import registrations
from store.registrations.states import IllegalTransition, SessionFull, State
from store.tables import Registration, RegistrationChange


@dataclass(frozen=True)
class Moved:
    """What became of one registration: `changed`, `same`, or why not (`not-from-there`, `full`).

    `promoted`: those who waited, and got the place that became free.
    """

    registration: Registration
    outcome: str
    promoted: tuple[Registration, ...] = ()


def move(
    session: Session, registration_id: uuid.UUID, state: State, author: str, now: datetime, note: str | None
) -> Moved:
    """Moves a registration to a state, where that may be. Raises RegistrationUnknown."""
    before = registrations.find(session, registration_id).state
    try:
        moved = registrations.change_state(session, registration_id, state, author, now, note)
    except IllegalTransition:
        return Moved(registrations.find(session, registration_id), "not-from-there")
    except SessionFull:
        return Moved(registrations.find(session, registration_id), "full")
    if before == state:
        return Moved(moved, "same")
    return Moved(moved, "changed", _promoted(session, moved, now))


def _promoted(session: Session, registration: Registration, at: datetime) -> tuple[Registration, ...]:
    if registration.session_id is None:
        return ()
    wanted = (
        select(Registration)
        .join(RegistrationChange, RegistrationChange.registration_id == Registration.id)
        .where(
            Registration.session_id == registration.session_id,
            Registration.id != registration.id,
            RegistrationChange.at == at,
            RegistrationChange.author == registrations.SYSTEM,
            RegistrationChange.from_state == "waiting",
        )
    )
    return tuple(session.scalars(wanted.order_by(Registration.created_at)))
