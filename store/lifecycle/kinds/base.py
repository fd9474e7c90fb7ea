"""A kind of data with a time of its own, and the statements that all of them are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

#: A message that is fetched from a provider's list is stored up to two days after it came.
STORED_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class Kind:
    """`name` as operators read it; `setting` of `takwin.settings.Settings` has its days; lower `order` first.

    `count`: how many rows had their time, by the instant before which they are kept no longer. `drop`: drops about so
    many of them, 0 when none is left; None for the kind that is erased a person at a time. `after_figures`: what the
    figures have not yet added up stays until they have.
    """

    name: str
    setting: str
    count: Callable[[Session, datetime], int]
    drop: Callable[[Session, datetime, int], int] | None
    after_figures: bool = False
    order: int = 1


def count_rows(session: Session, row: Any, condition: ColumnElement[bool]) -> int:
    """How many rows meet a condition."""
    return session.scalar(select(func.count()).select_from(row).where(condition)) or 0


def some_ids(row: Any, condition: ColumnElement[bool], most: int) -> Select[Any]:
    """Ids of rows, locked until the transaction ends; those that somebody else has locked are passed over for now."""
    some = select(row.id).where(condition).order_by(row.id).limit(most)
    return some.with_for_update(skip_locked=True, of=row)


def delete_some(
    session: Session, row: Any, condition: ColumnElement[bool], most: int, returned: Any
) -> Sequence[Any]:
    """Deletes some rows; a column of each."""
    some = row.id.in_(some_ids(row, condition, most))
    return session.scalars(delete(row).where(some).returning(returned)).all()
