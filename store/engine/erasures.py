"""Whom the engine is still to forget: noted in the transaction that erases them here, so that it outlives the app."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.tables import ErasureBacklog


def note(session: Session, person_id: uuid.UUID, at: datetime) -> None:
    """Has a person, who is erased or joined to another in this transaction, forgotten by the engine as well."""
    noted = insert(ErasureBacklog).values(person_id=person_id, at=at)
    session.execute(noted.on_conflict_do_nothing(index_elements=["person_id"]))


def pending(session: Session, before: datetime) -> Sequence[uuid.UUID]:
    """Who was noted before this time, the first first."""
    wanted = select(ErasureBacklog.person_id).where(ErasureBacklog.at < before)
    return session.scalars(wanted.order_by(ErasureBacklog.at, ErasureBacklog.person_id)).all()


def settle(session: Session, person_ids: Sequence[uuid.UUID]) -> None:
    """The engine has forgotten them."""
    session.execute(delete(ErasureBacklog).where(ErasureBacklog.person_id.in_(person_ids)))
