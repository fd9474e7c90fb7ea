"""What triggers note to be taken in later: rows that are nothing but the id of what is due."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session


def taken_out(session: Session, due: Any, limit: int) -> Sequence[uuid.UUID]:
    """Ids of a column of what is due, at most so many, taken out of it. Any number of processes may do this at once:
    what one has taken the others pass over.
    """
    some = select(due).limit(limit).with_for_update(skip_locked=True)
    taken = delete(due.class_).where(due.in_(some)).returning(due)
    return session.scalars(taken, execution_options={"synchronize_session": False}).all()
