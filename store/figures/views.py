"""The views that figures are read from, as migration 0016 makes them, and the instants they are read between.

Each says what its rows are; `day` is the day of Morocco of the instant `at`.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    bindparam,
)
from sqlalchemy.dialects.postgresql import ARRAY

#: Views are made by a migration: they are not among the tables that models are compared with.
_VIEWS = MetaData()


@dataclass(frozen=True)
class Interval:
    """From an instant (inside) to another (outside), for everybody or for one person."""

    since: datetime | ColumnElement[datetime]
    until: datetime | ColumnElement[datetime]
    person_id: uuid.UUID | None = None

    def conditions(self, view: Table) -> Iterator[ColumnElement[bool]]:
        """That a view's row is in it."""
        yield view.c.at >= self.since
        yield view.c.at < self.until
        if self.person_id is not None:
            yield view.c.person_id == self.person_id


#: What is not added up yet, and read as it is; its parameters are `live_since` and `live_until`.
LIVE = Interval(
    bindparam("live_since", type_=DateTime(timezone=True)),
    bindparam("live_until", type_=DateTime(timezone=True)),
)


def _happened(name: str, *columns: Column[Any]) -> Table:
    """A view with a row for each thing that happened to a person on a channel."""
    return Table(
        name,
        _VIEWS,
        Column("at", DateTime(timezone=True)),
        Column("day", Date),
        Column("person_id", Uuid),
        Column("channel", Text),
        *columns,
    )


#: A person: their profile (also as one text, `FigureDay.profile`), and the day they came.
PEOPLE = Table(
    "figure_people",
    _VIEWS,
    Column("person_id", Uuid),
    *(Column(name, Text) for name in ("variety", "city", "region", "education", "employment_status")),
    Column("profile", Text),
    Column("new_on", Date),
)
#: A message.
MESSAGES = _happened(
    "figure_messages",
    Column("direction", Text),
    Column("intent", Text),
    Column("reply_keys", ARRAY(Text)),
    Column("segments", Integer),
)
#: An adviser's request, a registration or a completed course (`kind`); `subject` is the reason, or the course.
OUTCOMES = _happened("figure_outcomes", Column("kind", Text), Column("subject", Text))
#: An option about a course that a reply offers; `position` counts those of one intent, from 1.
COURSE_OPTIONS = _happened(
    "figure_course_options",
    Column("reply_keys", ARRAY(Text)),
    Column("intent", Text),
    Column("course_id", Text),
    Column("position", Integer),
)
#: A reply and a topic of the message it answers; one row without where that message names none.
REPLY_TOPICS = _happened("figure_reply_topics", Column("reply_keys", ARRAY(Text)), Column("topic", Text))
#: A failed delivery, when it failed; `created_at` is when the message was written.
FAILED_DELIVERIES = _happened(
    "figure_failed_deliveries", Column("detail", Text), Column("created_at", DateTime(timezone=True))
)
#: An answer, and the seconds it took: the assistant's to a message, or the first of an adviser after a request.
RESPONSE_TIMES = _happened("figure_response_times", Column("responder", Text), Column("seconds", Double))
