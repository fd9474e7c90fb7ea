"""The figures of a period: days added up before (`store/figure_rolling.py`), and what is not yet, read as it is now."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import add

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from store.database import Database
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

    def with_these(self, others: "Numbers") -> "Numbers":
        """These and others, who are other people, together."""
        names = [each.name for each in fields(self) if each.name != "stages"]
        both = {name: getattr(self, name) + getattr(others, name) for name in names}
        return Numbers(**both, stages=tuple(map(add, self.stages, others.stages)))


@dataclass(frozen=True)
class Figures:
    """Numbers by part and its value (None: not known), and counts by measure and value, the most first."""

    numbers: Mapping[str, Mapping[str | None, Numbers]]
    counts: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> Numbers:
        return self.numbers.get("", {}).get(None, Numbers())


def figures(database: Database, asked: Asked, now: datetime) -> Figures:
    """The figures of a period, up to now. Numbers and counts are asked for at the same time, each in its session."""
    with ThreadPoolExecutor(2, "figures") as both:
        numbers = both.submit(_read_numbers, database, asked, now)
        counts = both.submit(_read_counts, database, asked, now)
        return Figures(numbers.result(), counts.result())


def _read_numbers(database: Database, asked: Asked, now: datetime) -> dict[str, dict[str | None, Numbers]]:
    numbers: dict[str, dict[str | None, Numbers]] = {}
    with database.session() as session:
        within, values = _prepared(session, asked, now)
        for row in session.execute(text(_numbers(within)), values):
            numbers.setdefault(row.part, {})[row.value] = _read(row)
    return numbers


def _read_counts(database: Database, asked: Asked, now: datetime) -> dict[str, dict[str, int]]:
    placed = bool(asked.city or asked.region) or not asked.scope.everywhere
    counts: dict[str, dict[str, int]] = {}
    with database.session() as session:
        within, values = _prepared(session, asked, now)
        for measure, value, counted in session.execute(text(_counts(within, placed)), values):
            counts.setdefault(measure, {})[value] = counted
    return counts


def _prepared(session: Session, asked: Asked, now: datetime) -> tuple[str, dict[str, object]]:
    """The condition on rows, and the values of a statement that reads them."""
    # One statement of a moment: more memory keeps its sorts from the disk, and compiling it would take longer than it.
    session.execute(text("set local work_mem = '96MB'"))
    session.execute(text("set local jit = off"))
    within, given = condition(asked)
    since, until = start_of(asked.since), start_of(asked.until + timedelta(days=1))
    live = {"since": max(rolled_until(session), since), "until": min(now, until), "who": None}
    return within, {"channel": None, **given, **live}


def course_titles(session: Session, language: str) -> dict[str, str]:
    """What each course is called in French or Arabic, where it has such a title, else as its source calls it."""
    rows = session.execute(select(Course.id, Course.title, Course.title_fr, Course.title_ar))
    return {row.id: (row.title_ar if language == "ar" else row.title_fr) or row.title for row in rows}


def _read(row: Row[tuple[object, ...]]) -> Numbers:
    given = {name: getattr(row, name) for name in Numbers.__dataclass_fields__ if name != "stages"}
    return Numbers(**given, stages=tuple(getattr(row, f"stage_{n}") for n in range(STAGES + 1)))


#: What may be so of a person in a period, as bits: cheaper to gather from their days than as many columns.
_NEW, _HANDED_OVER, _REGISTERED, _COMPLETED = 1, 2, 4, 8
_FLAGS = f"""(case when is_new then {_NEW} else 0 end
  | case when handed_over > 0 then {_HANDED_OVER} else 0 end
  | case when registrations > 0 then {_REGISTERED} else 0 end
  | case when completions > 0 then {_COMPLETED} else 0 end)"""
_PROFILE = ("variety", "city", "region", "education", "employment_status")
_ROW = ", ".join(("day, who, channel, first_of_day, is_new, stage, handed_over, profile", *_SUMS))


def _people() -> str:
    """What is counted of `many` persons who are alike in flags and stage."""
    flagged = {
        "new_people": _NEW,
        "handed_over": _HANDED_OVER,
        "registered_people": _REGISTERED,
        "completed_people": _COMPLETED,
    }
    flags = [
        f"coalesce(sum(many) filter (where flags & {bit} > 0), 0)::bigint as {name}"
        for name, bit in flagged.items()
    ]
    stages = [
        f"coalesce(sum(many) filter (where stage = {n}), 0)::bigint as stage_{n}" for n in range(STAGES + 1)
    ]
    return ", ".join(["coalesce(sum(many), 0)::bigint as people", *flags, *stages])


def _numbers(within: str) -> str:
    """From days to a person's rows by channel, from these to persons, each once; then by every part at once.

    A person's profile goes along as one text, and is taken apart only where few rows are left. What is added up and not
    counted by persons, days are read for once.
    """
    sums = ", ".join(f"coalesce(sum({name}), 0)::bigint as {name}" for name in _SUMS)
    none = ", ".join(f"0 as {name}" for name in _SUMS)
    names = ", ".join(_SUMS)
    apart = ", ".join(
        f"nullif(split_part(profile, '|', {n}), '') as {name}" for n, name in enumerate(_PROFILE, 1)
    )
    sets = ", ".join(f"({name})" for name in _PROFILE)
    named = " ".join(f"when grouping({name}) = 0 then '{name}'" for name in _PROFILE)
    value = " ".join(f"when grouping({name}) = 0 then {name}" for name in _PROFILE)
    one = "(first_of_day or cast(:channel as text) is not null)"
    return f"""
    with live as materialized (select * from ({DAYS}) as happened where {within}),
    d as not materialized (
      select {_ROW} from figure_days where {within} union all select {_ROW} from live
    ),
    c as materialized (
      select who, channel, max(profile collate "C") as profile, bit_or({_FLAGS}) as flags, max(stage) as stage
      from d group by who, channel
    ),
    p as (select max(profile) as profile, bit_or(flags) as flags, max(stage) as stage from c group by who),
    s as materialized (
      select case when grouping(profile) = 0 then 'profile' when grouping(channel) = 0 then 'channel'
          else 'day' end as of, profile, channel, day,
        count(*) filter (where {one}) as people, count(*) filter (where is_new and {one}) as newcomers, {sums}
        from d group by grouping sets ((profile), (channel), (day))
    ),
    alike as (
      select profile, flags, stage, count(*) as many, {none} from p group by profile, flags, stage
      union all
      select profile, 0, -1, 0, {names} from s where of = 'profile'
    ),
    by_channel as (
      select channel, flags, stage, count(*) as many, {none} from c group by channel, flags, stage
      union all
      select channel, 0, -1, 0, {names} from s where of = 'channel'
    )
    select case {named} else '' end as part, case {value} end as value, {_people()}, {sums}
      from (select {apart}, flags, stage, many, {names} from alike) as a group by grouping sets ((), {sets})
    union all
    select 'channel', channel, {_people()}, {sums} from by_channel group by channel
    union all
    select 'day', day::text, people, newcomers, 0, 0, 0, {", ".join("0" for _ in range(STAGES + 1))}, {names}
      from s where of = 'day'
    """


def _counts(within: str, placed: bool) -> str:
    return f"""
    select measure, value, sum(counted)::bigint as counted from (
      select measure, value, counted from figure_counts where {within} and placed = {placed}
      union all
      select measure, value, counted from ({COUNTS}) as live where {within}
    ) as c group by measure, value order by counted desc, value
    """
