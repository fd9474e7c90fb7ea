"""Approved examples: what the reviews have made, for export."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.tables import ReviewExample


def approved(session: Session, worth: tuple[str, ...] = ("new",)) -> list[ReviewExample]:
    """Approved examples of these worths, by variety and intent, in the order they were approved."""
    wanted = select(ReviewExample).where(ReviewExample.worth.in_(worth))
    order = (ReviewExample.variety, ReviewExample.intent, ReviewExample.at, ReviewExample.id)
    return list(session.scalars(wanted.order_by(*order)))


def counted(session: Session) -> dict[str, int]:
    """How many approved examples there are of each worth."""
    rows = session.execute(select(ReviewExample.worth, func.count()).group_by(ReviewExample.worth))
    return {row[0]: row[1] for row in rows}
