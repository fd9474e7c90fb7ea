"""A person's own completion or cancellation, taken back: it was a mistake, or they thought again."""

import uuid
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.registrations.moves import PERSON, locked, move
from store.registrations.registrations import active_of, changes_of
from store.registrations.seats import has_seat
from store.registrations.states import SEATED, State
from store.tables import Registration

#: What somebody did is taken back by themself so long; after that an adviser does it.
WITHIN = timedelta(days=7)


def take_back(
    session: Session, registration_id: uuid.UUID, now: datetime | None = None
) -> Registration | None:
    """Puts a registration back where it was before its person completed or cancelled it.

    None where that was not the last thing that happened to it, is too long ago, or they have registered for the course
    anew since. Where its place is gone by now, it waits for one. Raises RegistrationUnknown.
    """
    at = now or utc_now()
    registration = locked(session, registration_id)
    last = changes_of(session, registration_id)[-1]
    if last.to_state not in ("completed", "cancelled") or last.author != PERSON or at - last.at > WITHIN:
        return None
    if last.from_state is None or active_of(session, registration.person_id, registration.course_id):
        return None
    before = cast(State, last.from_state)
    if last.to_state == "cancelled" and before in SEATED and not has_seat(session, registration.session_id):
        before = "waiting"
    move(session, registration, before, PERSON, None, at)
    return registration
