"""What the figures are added up from: one row a person, channel and day, and counts of what has no person.

Rows are written once a day is over (`store/figures/rollup.py`) and outlive the person they are about: `who` is then
replaced by a number that leads to nobody.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class FigureDay(Base):
    """What one person did on one channel on one day of Morocco. `stage` is the furthest step of the funnel that day.

    `profile`: variety, city, region, education and employment status, with "|" between them.
    `first_of_day`: one row of a person's day, whatever the channels, so that these rows count people.
    """

    __tablename__ = "figure_days"
    __table_args__ = (Index(None, "day"), Index(None, "who"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    day: Mapped[date]
    who: Mapped[uuid.UUID]
    channel: Mapped[str | None]
    variety: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    education: Mapped[str | None]
    employment_status: Mapped[str | None]
    profile: Mapped[str]
    is_new: Mapped[bool]
    first_of_day: Mapped[bool]
    messages_in: Mapped[int]
    messages_out: Mapped[int]
    fallbacks: Mapped[int]
    out_of_scope: Mapped[int]
    unanswered: Mapped[int]
    handed_over: Mapped[int]
    segments: Mapped[int]
    registrations: Mapped[int]
    completions: Mapped[int]
    stage: Mapped[int]


class FigureCount(Base):
    """How often something was so on a day: `measure` says what is counted, `value` of what (a course, a topic).

    `placed`: by city and region; the same is there once more without, in far fewer rows.
    """

    __tablename__ = "figure_counts"
    __table_args__ = (Index(None, "placed", "day"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    day: Mapped[date]
    placed: Mapped[bool]
    measure: Mapped[str]
    value: Mapped[str]
    channel: Mapped[str | None]
    variety: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    counted: Mapped[int]


class FigureProgress(Base):
    """Until when (the start of a day of Morocco) everything is in the two tables above. One row."""

    __tablename__ = "figure_progress"
    __table_args__ = (CheckConstraint("one = 1", name="one_row"),)

    one: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[datetime]
