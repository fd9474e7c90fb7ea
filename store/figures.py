"""The figures of a period: days added up before (`store/figure_rolling.py`), and what is not yet, read as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from store.figure_filter import Asked, condition
from store.figure_rolling import rolled_until, start_of
from store.figure_sql import COUNTS, DAYS
from store.funnel import STAGES
from store.tables import Course

#: By what the numbers are told apart; `""` is all of them together.
PARTS = ("", "day", "channel", "variety", "city", "region", "education", "employment_status")
_SUMS = (
    "messages_in", "messages_out", "fallbacks", "out_of_scope", "unanswered", "segments", "registrations",
    "completions",
)  # fmt: skip


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


@dataclass(frozen=True)
class Figures:
    """Numbers by part and its value (None: not known), and counts by measure and value, the most first."""

    numbers: Mapping[str, Mapping[str | None, Numbers]]
    counts: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> Numbers:
        return self.numbers.get("", {}).get(None, Numbers())


def figures(session: Session, asked: Asked, now: datetime) -> Figures:
    """The figures of a period, up to now."""
    # One statement of a moment: more memory keeps its sorts from the disk, and compiling it would take longer than it.
    session.execute(text("set local work_mem = '96MB'"))
    session.execute(text("set local jit = off"))
    within, given = condition(asked)
    live = {
        "since": max(rolled_until(session), start_of(asked.since)),
        "until": min(now, start_of(asked.until + timedelta(days=1))),
        "who": None,
    }
    values: dict[str, object] = {"channel": None, **given, **live}
    placed = bool(asked.city or asked.region) or not asked.scope.everywhere
    numbers: dict[str, dict[str | None, Numbers]] = {}
    for row in session.execute(text(_numbers(within)), values):
        numbers.setdefault(row.part, {})[row.value] = _read(row)
    counts: dict[str, dict[str, int]] = {}
    for measure, value, counted in session.execute(text(_counts(within, placed)), values):
        counts.setdefault(measure, {})[value] = counted
    return Figures(numbers, counts)


def course_titles(session: Session, language: str) -> dict[str, str]:
    """What each course is called in French or Arabic, where it has such a title, else as its source calls it."""
    rows = session.execute(select(Course.id, Course.title, Course.title_fr, Course.title_ar))
    return {row.id: (row.title_ar if language == "ar" else row.title_fr) or row.title for row in rows}


def _read(row: Row[tuple[object, ...]]) -> Numbers:
    given = {name: getattr(row, name) for name in Numbers.__dataclass_fields__ if name != "stages"}
    return Numbers(**given, stages=tuple(getattr(row, f"stage_{n}") for n in range(STAGES + 1)))


def _columns() -> str:
    """What is added up of rows that have one person each."""
    stages = [f"count(*) filter (where stage = {n}) as stage_{n}" for n in range(STAGES + 1)]
    return ", ".join(
        [
            "count(*) as people", "count(*) filter (where is_new) as new_people",
            "count(*) filter (where handed_over > 0) as handed_over",
            "count(*) filter (where registrations > 0) as registered_people",
            "count(*) filter (where completions > 0) as completed_people",
            *(f"sum({name})::bigint as {name}" for name in _SUMS), *stages,
        ]
    )  # fmt: skip


_PROFILE = ("variety", "city", "region", "education", "employment_status")
_ROW = ", ".join(("day, who, channel, is_new, first_of_day, stage, handed_over", *_PROFILE, *_SUMS))


def _numbers(within: str) -> str:
    """One pass from days to a person's rows by channel, from these to persons; each part is read from what it needs."""
    latest = ", ".join(f'max({name} collate "C") as {name}' for name in _PROFILE)
    sums = ", ".join(f"sum({name})::int as {name}" for name in (*_SUMS, "handed_over"))
    joined = f"{latest}, bool_or(is_new) as is_new, max(stage) as stage, {sums}"
    sets = ", ".join(f"({name})" for name in _PROFILE)
    named = " ".join(f"when grouping({name}) = 0 then '{name}'" for name in _PROFILE)
    value = " ".join(f"when grouping({name}) = 0 then {name}" for name in _PROFILE)
    no_sums = ", ".join(f"sum({name})::bigint" for name in _SUMS)
    return f"""
    with live as materialized (select * from ({DAYS}) as happened where {within}),
    d as (select {_ROW} from figure_days where {within} union all select {_ROW} from live),
    c as materialized (select who, channel, {joined} from d group by who, channel),
    p as materialized (select who, {joined} from c group by who)
    select case {named} else '' end as part, case {value} end as value, {_columns()}
      from p group by grouping sets ((), {sets})
    union all
    select 'channel', channel, {_columns()} from c group by channel
    union all
    select 'day', day::text, count(*) filter (where first_of_day or cast(:channel as text) is not null),
      count(*) filter (where is_new and (first_of_day or cast(:channel as text) is not null)), 0, 0, 0, {no_sums},
      {", ".join("0" for _ in range(STAGES + 1))} from d group by day
    """


def _counts(within: str, placed: bool) -> str:
    return f"""
    select measure, value, sum(counted)::bigint as counted from (
      select measure, value, counted from figure_counts where {within} and placed = {placed}
      union all
      select measure, value, counted from ({COUNTS}) as live where {within}
    ) as c group by measure, value order by counted desc, value
    """
