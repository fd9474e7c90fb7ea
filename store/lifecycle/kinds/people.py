"""Who has not written for so long, with all that is kept about them: erased a person at a time."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from store.lifecycle import privacy
from store.lifecycle.kinds.base import Kind, count_rows
from store.tables import Address, Person, Registration


def _silent(before: datetime) -> ColumnElement[bool]:
    """Nothing was heard of them since, and nobody registered them for anything."""
    heard = select(Address.id).where(Address.person_id == Person.id, Address.last_inbound_at >= before)
    registered = select(Registration.id).where(
        Registration.person_id == Person.id, Registration.created_at >= before
    )
    return and_(Person.created_at < before, ~heard.exists(), ~registered.exists())


def _count(session: Session, before: datetime) -> int:
    return count_rows(session, Person, _silent(before))


def silent_people(session: Session, before: datetime, most: int = 1000) -> Sequence[uuid.UUID]:
    """Some of those nobody heard of since."""
    return session.scalars(select(Person.id).where(_silent(before)).limit(most)).all()


def erase_if_silent(session: Session, person_id: uuid.UUID, before: datetime) -> bool:
    """Erases somebody with all that is kept about them, unless something was heard of them meanwhile."""
    locked = select(Person.id).where(Person.id == person_id).with_for_update(skip_locked=True)
    if session.scalar(locked) is None:
        return False
    # Read by a statement of its own, which sees what was stored before they were locked.
    if session.scalar(select(Person.id).where(Person.id == person_id, _silent(before))) is None:
        return False
    privacy.erase_person(session, person_id)
    return True


KIND = Kind("people", "keep_people_days", _count, None, order=0)
