"""The statement that breaks the numbers of a period down by every dimension at once.

From days to a person's rows by channel, from these to persons, each once; then by each dimension. A person's profile
goes along as one text, and is taken apart only where few rows are left. What is added up and not counted by persons,
days are read for once.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Text,
    case,
    cast,
    collate,
    func,
    literal,
    null,
    select,
    true,
    tuple_,
    union_all,
)

from store.figures.filters import FigureFilter
from store.figures.funnel import STAGES
from store.figures.person_days import person_days
from store.figures.views import LIVE
from store.tables import FigureDay

#: What is added up; the other numbers count persons.
SUMS = (
    "messages_in", "messages_out", "fallbacks", "out_of_scope", "unanswered", "segments", "registrations",
    "completions",
)  # fmt: skip
#: What may be so of a person in a period, as bits: cheaper to gather from their days than as many columns.
_FLAGS = {"new_people": 1, "handed_over": 2, "registered_people": 4, "completed_people": 8}
#: The parts of `FigureDay.profile`, in their order.
_PROFILE = ("variety", "city", "region", "education", "employment_status")
_STAGES = tuple(f"stage_{number}" for number in range(STAGES + 1))
#: The columns of an answer besides its dimension and value.
COLUMNS = ("people", *_FLAGS, *_STAGES, *SUMS)
_ROW = ("day", "who", "channel", "first_of_day", "is_new", "stage", "handed_over", "profile", *SUMS)


@lru_cache(maxsize=32)  # it takes a tenth of the time of a short period to make
def breakdown(figure_filter: FigureFilter) -> CompoundSelect[Any]:
    """Rows of `dimension` (empty: all together), `value` (null: not known) and COLUMNS.

    Parameters: the filter's `days`, and those of `LIVE`.
    """
    days = _days(figure_filter)
    by_channel, sums = _people_by_channel(days), _sums(days, figure_filter)
    return union_all(
        _by_profile(_alike(_people(by_channel), sums, "profile")),
        _by_channel(_alike(by_channel, sums, "channel")),
        _by_day(sums),
    )


def _days(figure_filter: FigureFilter) -> CTE:
    """Rows of a person, a channel and a day: those added up before, and those read now."""
    added_up, happened = FigureDay.__table__, person_days(LIVE).subquery("happened")
    read = select(happened).where(*figure_filter.conditions(happened)).cte("live").prefix_with("materialized")
    both = union_all(
        select(*(added_up.c[name] for name in _ROW)).where(*figure_filter.conditions(added_up)),
        select(*(read.c[name] for name in _ROW)),
    )
    return both.cte("days").prefix_with("not materialized")


def _people_by_channel(days: CTE) -> CTE:
    day = days.c
    so = {"new_people": day.is_new, "handed_over": day.handed_over > 0, "registered_people": day.registrations > 0,
          "completed_people": day.completions > 0}  # fmt: skip
    flags: ColumnElement[int] = literal(0)
    for name, bit in _FLAGS.items():
        flags = flags.bitwise_or(case((so[name], bit), else_=0))
    rows = select(
        day.who, day.channel, func.max(collate(day.profile, "C")).label("profile"),
        func.bit_or(flags).label("flags"), func.max(day.stage).label("stage"),
    ).group_by(day.who, day.channel)  # fmt: skip
    return rows.cte("by_channel").prefix_with("materialized")


def _people(by_channel: CTE) -> CTE:
    row = by_channel.c
    return (
        select(
            func.max(row.profile).label("profile"),
            func.bit_or(row.flags).label("flags"),
            func.max(row.stage).label("stage"),
        )
        .group_by(row.who)
        .cte("people")
    )


def _sums(days: CTE, figure_filter: FigureFilter) -> CTE:
    """What is added up by profile, channel and day, and how many people a day had; `by` says which of them it is."""
    day = days.c
    # Of one channel there is one row a person and day; else people are counted by the first of their day.
    once: ColumnElement[bool] = true() if figure_filter.channel else day.first_of_day
    by = case(
        (func.grouping(day.profile) == 0, "profile"),
        (func.grouping(day.channel) == 0, "channel"),
        else_="day",
    )
    rows = select(
        by.label("by"), day.profile, day.channel, day.day, func.count().filter(once).label("people"),
        func.count().filter(day.is_new, once).label("new_people"), *(_total(day[name], name) for name in SUMS),
    ).group_by(func.grouping_sets(tuple_(day.profile), tuple_(day.channel), tuple_(day.day)))  # fmt: skip
    return rows.cte("sums").prefix_with("materialized")


def _alike(people: CTE, sums: CTE, by: str) -> FromClause:
    """How many persons are alike in a column, in flags and in stage (`many`), and what is added up by that column."""
    key = (people.c[by], people.c.flags, people.c.stage)
    alike = select(*key, func.count().label("many"), *(literal(0).label(name) for name in SUMS)).group_by(
        *key
    )
    added = select(sums.c[by], literal(0), literal(-1), literal(0), *(sums.c[name] for name in SUMS)).where(
        sums.c.by == by
    )
    return union_all(alike, added).subquery(f"alike_by_{by}")


def _by_profile(alike: FromClause) -> Select[Any]:
    """All together, and by each part of the profile."""
    parts = {
        name: func.nullif(func.split_part(alike.c.profile, "|", number), "").label(name)
        for number, name in enumerate(_PROFILE, 1)
    }
    apart = select(
        *parts.values(), alike.c.flags, alike.c.stage, alike.c.many, *(alike.c[name] for name in SUMS)
    ).subquery("apart")
    sets = [apart.c[name] for name in _PROFILE]
    dimension = case(*((func.grouping(each) == 0, each.name) for each in sets), else_="")
    value = case(*((func.grouping(each) == 0, each) for each in sets), else_=null())
    return select(dimension.label("dimension"), value.label("value"), *_columns(apart)).group_by(
        func.grouping_sets(tuple_(), *map(tuple_, sets))
    )


def _by_channel(alike: FromClause) -> Select[Any]:
    return select(literal("channel"), alike.c.channel, *_columns(alike)).group_by(alike.c.channel)


def _by_day(sums: CTE) -> Select[Any]:
    there = {name: sums.c[name] for name in ("people", "new_people", *SUMS)}
    columns = (there.get(name, literal(0)) for name in COLUMNS)
    return select(literal("day"), cast(sums.c.day, Text), *columns).where(sums.c.by == "day")


def _columns(alike: FromClause) -> Iterator[ColumnElement[int]]:
    """COLUMNS of rows that each stand for `many` persons who are alike in flags and stage."""
    many = func.sum(alike.c.many)
    yield _or_none(many, "people")
    for name, bit in _FLAGS.items():
        yield _or_none(many.filter(alike.c.flags.bitwise_and(bit) > 0), name)
    for number, name in enumerate(_STAGES):
        yield _or_none(many.filter(alike.c.stage == number), name)
    for name in SUMS:
        yield _total(alike.c[name], name)


def _total(column: ColumnElement[int], name: str) -> ColumnElement[int]:
    return _or_none(func.sum(column), name)


def _or_none(total: ColumnElement[Any], name: str) -> ColumnElement[int]:
    """A sum as a whole number, of no rows 0."""
    return cast(func.coalesce(total, 0), BigInteger).label(name)
