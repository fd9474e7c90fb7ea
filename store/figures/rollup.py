"""Days that are over, added up once: what the figures of a long period are read from."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ARRAY, Uuid, func, literal, null, select, union_all, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.clock import MOROCCO, moroccan_day
from store.figures.counts import counts
from store.figures.person_days import person_days
from store.figures.views import Interval
from store.tables import FigureCount, FigureDay, FigureProgress, Message

#: What a delivery or a turn of the last minutes of a day may still change.
SETTLES_WITHIN = timedelta(hours=1)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=MOROCCO)


def roll_up(session: Session, until: datetime, most_days: int = 7) -> int:
    """Adds up the next days that were over an hour before `until`, at most so many; how many, 0 when none is left.

    Any number of processes may do this at once: they take turns, and each day is added up once.
    """
    session.execute(insert(FigureProgress).values(one=1, until=_LONG_AGO).on_conflict_do_nothing())
    progress = session.scalars(select(FigureProgress).with_for_update()).one()
    if progress.until == _LONG_AGO:
        first = session.scalar(select(func.min(Message.created_at)))
        if first is None:
            return 0
        progress.until = start_of(moroccan_day(first))
    rolled = 0
    while rolled < most_days and (after := _next(progress.until)) <= until - SETTLES_WITHIN:
        _add_up(session, Interval(progress.until, after))
        progress.until = after
        rolled += 1
    session.flush()
    return rolled


def roll_up_person(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    """Adds up what is not yet so of one person, who is about to be erased: their numbers stay when they are gone."""
    _add_up(session, Interval(rolled_until(session), now, person_id))


def detach_people(session: Session, person_ids: Sequence[uuid.UUID]) -> None:
    """What these did on days that are added up leads to nobody any more, as when somebody is erased."""
    person = func.unnest(literal(list(person_ids), ARRAY(Uuid()))).column_valued("person_id")
    nobody = (
        select(person.label("who"), func.gen_random_uuid().label("number"))
        .cte("nobody")
        .prefix_with("materialized")
    )
    session.execute(
        update(FigureDay).values(who=nobody.c.number).where(FigureDay.who == nobody.c.who),
        execution_options={"synchronize_session": False},
    )


def rolled_until(session: Session) -> datetime:
    """Until when everything is added up; a time before all where nothing is."""
    return session.scalar(select(FigureProgress.until)) or _LONG_AGO


def start_of(day: date) -> datetime:
    """When a day of Morocco begins."""
    return datetime.combine(day, time.min, MOROCCO)


def _next(start: datetime) -> datetime:
    """When the day after one that begins so begins: in Morocco days of 23 and 25 hours happen."""
    return start_of(moroccan_day(start) + timedelta(days=1))


def _add_up(session: Session, interval: Interval) -> None:
    days = person_days(interval)
    session.execute(insert(FigureDay).from_select(list(days.selected_columns.keys()), days))
    # Twice: by place, and without, which is a fourth as many rows and all that most figures need.
    placed = counts(interval).cte("placed").prefix_with("materialized")
    row = placed.c
    key = (row.day, row.measure, row.value, row.channel, row.variety)
    unplaced = select(*key, null(), null(), func.sum(row.counted), literal(False)).group_by(*key)
    both = union_all(select(*row, literal(True)), unplaced)
    session.execute(insert(FigureCount).from_select([*row.keys(), "placed"], both))
