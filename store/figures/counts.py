"""What is counted without persons: courses, topics, reasons, failures and times, as rows of `FigureCount`.

A failed delivery and an answer count for the day they happened.
"""

import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    Table,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from store.figures.funnel import DETAIL_REPLIES, LIST_REPLIES
from store.figures.times import SHORTEST, STEPS_A_DOUBLING
from store.figures.views import (
    COURSE_OPTIONS,
    FAILED_DELIVERIES,
    OUTCOMES,
    PEOPLE,
    REPLY_TOPICS,
    RESPONSE_TIMES,
    Interval,
)
from store.tables.conversations import UNANSWERED_REPLIES

#: A delivery fails sooner than so long after its message was written, and messages are found by when they were written.
_FAILS_WITHIN = timedelta(days=7)


def counts(interval: Interval) -> Select[Any]:
    """The rows, by the names of their columns; by place, so `placed` is not among them."""
    counted = union_all(*_measures(interval)).subquery("counted")
    key = (
        counted.c.day, counted.c.measure, counted.c.value, counted.c.channel, PEOPLE.c.variety, PEOPLE.c.city,
        PEOPLE.c.region,
    )  # fmt: skip
    return (
        select(*key, cast(func.count(), Integer).label("counted"))
        .join_from(counted, PEOPLE, PEOPLE.c.person_id == counted.c.person_id)
        .where(counted.c.value.is_not(None))
        .group_by(*key)
    )


def _measures(interval: Interval) -> Iterator[Select[Any]]:
    """Each measure with its values, one row for each time."""

    def rows(view: Table, measure: ColumnElement[str] | str, value: ColumnElement[str]) -> Select[Any]:
        named = literal(measure, Text) if isinstance(measure, str) else measure
        columns = (view.c.day, view.c.person_id, view.c.channel, named.label("measure"), value.label("value"))
        return select(*columns).where(*interval.conditions(view))

    option, topic, failed, outcome = COURSE_OPTIONS.c, REPLY_TOPICS.c, FAILED_DELIVERIES.c, OUTCOMES.c
    yield rows(COURSE_OPTIONS, "shown", option.course_id).where(
        option.reply_keys.overlap(LIST_REPLIES), option.intent == "course_details"
    )
    yield rows(COURSE_OPTIONS, "told", option.course_id).where(
        option.reply_keys.overlap(DETAIL_REPLIES), option.intent == "register", option.position == 1
    )
    yield rows(REPLY_TOPICS, "unanswered", func.coalesce(topic.topic, "")).where(
        topic.reply_keys.overlap(UNANSWERED_REPLIES)
    )
    yield rows(FAILED_DELIVERIES, "failed", failed.detail).where(
        failed.created_at > interval.since - _FAILS_WITHIN
    )
    responders = case(
        {"assistant": "answered", "adviser": "adviser-answered"}, value=RESPONSE_TIMES.c.responder
    )
    yield rows(RESPONSE_TIMES, responders, _step(RESPONSE_TIMES.c.seconds))
    outcomes = {"adviser-request": "handed-over", "registration": "registered", "completion": "completed"}
    yield rows(OUTCOMES, case(outcomes, value=outcome.kind), outcome.subject)


def _step(seconds: ColumnElement[float]) -> ColumnElement[str]:
    """Which step of times some seconds are in (`store/figures/times.py`)."""
    doublings = func.ln(func.greatest(seconds, literal(SHORTEST, Double)) / literal(SHORTEST, Double))
    step = func.floor(STEPS_A_DOUBLING * doublings / literal(math.log(2), Double))
    return cast(cast(step, Integer), Text)
