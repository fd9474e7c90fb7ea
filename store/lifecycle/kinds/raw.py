"""What providers sent, beside what was understood of it.

Messages are found by their ids, which begin with the time: the index over times takes it that rows of one time stand
together, and deleting ends that.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.ids import first_id_at
from store.lifecycle.kinds.base import STORED_WITHIN, Kind, count_rows
from store.tables import Message, RetentionProgress

_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
_DAY = timedelta(days=1)


def _raw(since: datetime, before: datetime) -> ColumnElement[bool]:
    return and_(
        Message.id >= first_id_at(since - _DAY),
        Message.id < first_id_at(before + STORED_WITHIN),
        Message.created_at >= since,
        Message.created_at < before,
        Message.raw_encrypted.is_not(None),
    )


def _count(session: Session, before: datetime) -> int:
    return count_rows(session, Message, _raw(_progress(session), before))


def _drop(session: Session, before: datetime, most: int) -> int:
    """Day by day from where it came to: nobody looks through all that was ever written for it."""
    session.execute(insert(RetentionProgress).values(kind="raw", until=_LONG_AGO).on_conflict_do_nothing())
    progress = session.scalars(
        select(RetentionProgress).where(RetentionProgress.kind == "raw").with_for_update()
    ).one()
    if progress.until == _LONG_AGO:
        first = session.scalar(select(Message.created_at).order_by(Message.id).limit(1)) or before
        progress.until = min(before, first - STORED_WITHIN)
    while progress.until < before:
        after = min(before, progress.until + _DAY)
        # None is passed over: nobody looks here again.
        some = select(Message.id).where(_raw(progress.until, after)).order_by(Message.id).limit(most)
        emptied = update(Message).where(Message.id.in_(some)).values(raw_encrypted=None)
        found = session.scalars(
            emptied.returning(Message.id), execution_options={"synchronize_session": False}
        ).all()
        if found:
            return len(found)
        progress.until = after
    return 0


def _progress(session: Session) -> datetime:
    return session.scalar(select(RetentionProgress.until).where(RetentionProgress.kind == "raw")) or _LONG_AGO


KIND = Kind("raw", "keep_raw_days", _count, _drop)
