"""Backlogs: rows that triggers note, to be processed later; each is an id and little else."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session


def take_ids(session: Session, backlog: Any, limit: int) -> Sequence[uuid.UUID]:
    """Ids of a column of a backlog, at most so many, taken out of it. Any number of processes may do this at once:
    what one has taken the others pass over.
    """
    return [row[0] for row in take_rows(session, backlog, limit)]


def take_rows(session: Session, backlog: Any, limit: int, *noted: Any) -> Sequence[Row[Any]]:
    """The same, each id with other columns that were noted with it."""
    some = select(backlog).limit(limit).with_for_update(skip_locked=True)
    taken = delete(backlog.class_).where(backlog.in_(some)).returning(backlog, *noted)
    return session.execute(taken, execution_options={"synchronize_session": False}).all()
