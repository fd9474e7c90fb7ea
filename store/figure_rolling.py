"""Days that are over, added up once: what the figures of a long period are read from."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ARRAY, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.clock import MOROCCO, moroccan_day
from store.figure_sql import COUNTS, DAYS
from store.tables import FigureProgress, Message

#: What a delivery or a turn of the last minutes of a day may still change.
SETTLES_WITHIN = timedelta(hours=1)
_DAY_COLUMNS = (
    "day, who, channel, variety, city, region, education, employment_status, profile, is_new, first_of_day, "
    "messages_in, messages_out, fallbacks, out_of_scope, unanswered, handed_over, segments, "
    "registrations, completions, stage"
)
_COUNT_COLUMNS = "day, measure, value, channel, variety, city, region, counted"
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
        _write(session, progress.until, after, None)
        progress.until = after
        rolled += 1
    session.flush()
    return rolled


def keep(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    """Adds up what is not yet so of one person, who is about to be erased: their numbers stay when they are gone."""
    _write(session, rolled_until(session), now, person_id)


def part(session: Session, person_ids: Sequence[uuid.UUID]) -> None:
    """What these did on days that are added up leads to nobody any more, as when somebody is erased."""
    session.execute(
        text(
            "with nobody as materialized (select who, gen_random_uuid() as number from unnest(:people) as who) "
            "update figure_days set who = nobody.number from nobody where figure_days.who = nobody.who"
        ).bindparams(bindparam("people", type_=ARRAY(Uuid()))),
        {"people": list(person_ids)},
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


def _write(session: Session, since: datetime, until: datetime, who: uuid.UUID | None) -> None:
    given = {"since": since, "until": until, "who": who}
    session.execute(text(f"insert into figure_days ({_DAY_COLUMNS}) {DAYS}"), given)
    # Twice: by place, and without, which is a fourth as many rows and all that most figures need.
    session.execute(
        text(
            f"with counts as materialized ({COUNTS}) insert into figure_counts (placed, {_COUNT_COLUMNS}) "
            f"select true, {_COUNT_COLUMNS} from counts union all "
            "select false, day, measure, value, channel, variety, null, null, sum(counted) from counts "
            "group by day, measure, value, channel, variety"
        ),
        given,
    )
