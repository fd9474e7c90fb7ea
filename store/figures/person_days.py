"""What each person did on each channel and day of an interval, as rows of `FigureDay`.

A message counts for the day it came, a registration and an adviser's request for the day they happened.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Table, case, cast, func, literal, select, union_all

from store.figures.funnel import DETAIL_REPLIES, LIST_REPLIES, SEARCH_INTENTS, stage_of
from store.figures.views import MESSAGES, OUTCOMES, PEOPLE, Interval
from store.tables.conversations import UNANSWERED_REPLIES

FALLBACK_INTENT = "nlu_fallback"
OUT_OF_SCOPE_INTENT = "out_of_scope"
#: What is added up of a person's day.
SUMS = (
    "messages_in", "messages_out", "fallbacks", "out_of_scope", "unanswered", "handed_over", "segments",
    "registrations", "completions",
)  # fmt: skip


def person_days(interval: Interval) -> Select[Any]:
    """The rows, by the names of their columns."""
    happened = union_all(_messages(interval), _outcomes(interval)).subquery("happened")
    key = (happened.c.day, happened.c.person_id, happened.c.channel)
    day = (
        select(
            *key,
            *(cast(func.sum(happened.c[name]), Integer).label(name) for name in SUMS),
            func.max(happened.c.stage).label("stage"),
        )
        .group_by(*key)
        .subquery("day")
    )
    first = func.row_number().over(partition_by=(day.c.day, day.c.person_id), order_by=day.c.channel) == 1
    return select(
        day.c.day, day.c.person_id.label("who"), day.c.channel, PEOPLE.c.variety, PEOPLE.c.city, PEOPLE.c.region,
        PEOPLE.c.education, PEOPLE.c.employment_status, PEOPLE.c.profile,
        (PEOPLE.c.new_on == day.c.day).label("is_new"), first.label("first_of_day"),
        *(day.c[name] for name in SUMS), day.c.stage,
    ).join_from(day, PEOPLE, PEOPLE.c.person_id == day.c.person_id)  # fmt: skip


def _messages(interval: Interval) -> Select[Any]:
    message = MESSAGES.c
    inbound, outbound = message.direction == "in", message.direction == "out"
    stage = case(
        (outbound & message.reply_keys.overlap(DETAIL_REPLIES), stage_of("detail")),
        (outbound & message.reply_keys.overlap(LIST_REPLIES), stage_of("shown")),
        (inbound & message.intent.in_(SEARCH_INTENTS), stage_of("asked")),
        else_=0,
    )
    return _by_day(
        MESSAGES,
        interval,
        stage,
        messages_in=_count_of(inbound),
        messages_out=_count_of(outbound),
        fallbacks=_count_of(message.intent == FALLBACK_INTENT),
        out_of_scope=_count_of(message.intent == OUT_OF_SCOPE_INTENT),
        unanswered=_count_of(outbound & message.reply_keys.overlap(UNANSWERED_REPLIES)),
        segments=func.coalesce(func.sum(message.segments), 0),
    )


def _outcomes(interval: Interval) -> Select[Any]:
    kind = OUTCOMES.c.kind
    steps = {"completion": stage_of("completed"), "registration": stage_of("registered")}
    return _by_day(
        OUTCOMES,
        interval,
        case(steps, value=kind, else_=0),
        handed_over=_count_of(kind == "adviser-request"),
        registrations=_count_of(kind == "registration"),
        completions=_count_of(kind == "completion"),
    )


def _by_day(
    view: Table, interval: Interval, stage: ColumnElement[int], **sums: ColumnElement[int]
) -> Select[Any]:
    """What a view has of each person, channel and day; what it does not know of is 0."""
    key = (view.c.day, view.c.person_id, view.c.channel)
    columns = (sums.get(name, literal(0)).label(name) for name in SUMS)
    return (
        select(*key, *columns, func.max(stage).label("stage"))
        .where(*interval.conditions(view))
        .group_by(*key)
    )


def _count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
