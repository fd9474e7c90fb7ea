"""Erasures that took place: what a receipt says, and nothing of whom it was about."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.core.ids import parse_reference
from store.tables import Erasure


def of_reference(session: Session, reference: str) -> Erasure | None:
    """The erasure of a reference as a person reads it; None where there was none."""
    written = parse_reference(reference)
    return None if written is None else session.scalar(select(Erasure).where(Erasure.reference == written))
