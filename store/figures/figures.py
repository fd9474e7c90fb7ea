"""The figures of a period: days added up before (`store/figures/rollup.py`), and what is not yet, read as it is now."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import add
from typing import Any

from sqlalchemy import Row, Select, func, select, union_all
from sqlalchemy.orm import Session

from store.core.database import Database
from store.figures.breakdown import breakdown
from store.figures.counts import counts
from store.figures.filters import FigureFilter
from store.figures.funnel import STAGES
from store.figures.rollup import rolled_until, start_of
from store.figures.views import LIVE
from store.tables import Course, FigureCount


@dataclass(frozen=True)
class Numbers:
    """What happened in a part of the period. `people` wrote or were written to, `new_people` for the first time;
    `handed_over` asked for an adviser; `stages` has how many reached each step of the funnel and no further.
    """

    people: int = 0
    new_people: int = 0
    messages_in: int = 0
    messages_out: int = 0
    fallbacks: int = 0
    out_of_scope: int = 0
    unanswered: int = 0
    handed_over: int = 0
    segments: int = 0
    registrations: int = 0
    completions: int = 0
    completed_people: int = 0
    registered_people: int = 0
    stages: tuple[int, ...] = (0,) * (STAGES + 1)

    def with_these(self, others: "Numbers") -> "Numbers":
        """These and others, who are other people, together."""
        names = [each.name for each in fields(self) if each.name != "stages"]
        both = {name: getattr(self, name) + getattr(others, name) for name in names}
        return Numbers(**both, stages=tuple(map(add, self.stages, others.stages)))


@dataclass(frozen=True)
class Figures:
    """Numbers by dimension and its value (None: not known), and counts by measure and value, the most first."""

    numbers: Mapping[str, Mapping[str | None, Numbers]]
    counts: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> Numbers:
        return self.numbers.get("", {}).get(None, Numbers())


def figures(database: Database, figure_filter: FigureFilter, now: datetime) -> Figures:
    """The figures of a period, up to now. Numbers and counts are asked for at the same time, each in its session."""
    with ThreadPoolExecutor(2, "figures") as both:
        numbers = both.submit(_read_numbers, database, figure_filter, now)
        counted = both.submit(_read_counts, database, figure_filter, now)
        return Figures(numbers.result(), counted.result())


def course_titles(session: Session, language: str) -> dict[str, str]:
    """What each course is called in French or Arabic, where it has such a title, else as its source calls it."""
    rows = session.execute(select(Course.id, Course.title, Course.title_fr, Course.title_ar))
    return {row.id: (row.title_ar if language == "ar" else row.title_fr) or row.title for row in rows}


def _read_numbers(
    database: Database, figure_filter: FigureFilter, now: datetime
) -> dict[str, dict[str | None, Numbers]]:
    numbers: dict[str, dict[str | None, Numbers]] = {}
    with database.session() as session:
        parameters = _prepare(session, figure_filter, now)
        for row in session.execute(breakdown(figure_filter.of_any_period), parameters):
            numbers.setdefault(row.dimension, {})[row.value] = _numbers_of(row)
    return numbers


def _read_counts(database: Database, figure_filter: FigureFilter, now: datetime) -> dict[str, dict[str, int]]:
    by_measure: dict[str, dict[str, int]] = {}
    with database.session() as session:
        parameters = _prepare(session, figure_filter, now)
        for measure, value, counted in session.execute(_counted(figure_filter.of_any_period), parameters):
            by_measure.setdefault(measure, {})[value] = counted
    return by_measure


def _prepare(session: Session, figure_filter: FigureFilter, now: datetime) -> dict[str, date]:
    """The parameters of a statement that reads figures: the days that are wanted, and what of them is not added up."""
    # One statement of a moment: more memory keeps its sorts from the disk, and compiling it would take longer than it.
    session.execute(select(func.set_config("work_mem", "96MB", True), func.set_config("jit", "off", True)))
    since, until = start_of(figure_filter.since), start_of(figure_filter.until + timedelta(days=1))
    live = {"live_since": max(rolled_until(session), since), "live_until": min(now, until)}
    return {**figure_filter.days, **live}


def _numbers_of(row: Row[Any]) -> Numbers:
    given = {each.name: getattr(row, each.name) for each in fields(Numbers) if each.name != "stages"}
    return Numbers(**given, stages=tuple(getattr(row, f"stage_{number}") for number in range(STAGES + 1)))


@lru_cache(maxsize=32)
def _counted(figure_filter: FigureFilter) -> Select[Any]:
    """How often each value of each measure was so: added up before, and read now."""
    before, now = FigureCount.__table__, counts(LIVE).subquery("live")
    both = union_all(
        select(before.c.measure, before.c.value, before.c.counted).where(
            *figure_filter.conditions(before), before.c.placed.is_(figure_filter.by_location)
        ),
        select(now.c.measure, now.c.value, now.c.counted).where(*figure_filter.conditions(now)),
    ).subquery("counts")
    total = func.sum(both.c.counted).label("counted")
    return (
        select(both.c.measure, both.c.value, total)
        .group_by(both.c.measure, both.c.value)
        .order_by(total.desc(), both.c.value)
    )
