"""What advisers do with courses and people beside the conversation: link checks, imports to confirm, alerts told."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base, Identified


class LinkCheck(Base):
    """A link of the catalogue: when it was asked to be checked, and what came of the last check.

    `status` is the HTTP status of the last answer; `problem` a code where there was none (`timeout`, `refused` ...).
    """

    __tablename__ = "link_checks"

    url: Mapped[str] = mapped_column(primary_key=True)
    requested_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    status: Mapped[int | None]
    problem: Mapped[str | None]


class CatalogueDraft(Identified, Base):
    """Files of the catalogue that an adviser sent, until they confirm the change. `files`: name to text."""

    __tablename__ = "catalogue_drafts"

    adviser_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("advisers.id", ondelete="CASCADE"))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    files: Mapped[dict[str, Any]]


class CourseTelling(Identified, Base):
    """That a person with an alert is told of a course, once for all: `due`, then `told`, or `skipped` for a reason."""

    __tablename__ = "course_tellings"
    __table_args__ = (
        CheckConstraint("state in ('due', 'told', 'skipped')", name="state"),
        UniqueConstraint("person_id", "course_id"),
        Index("ix_course_tellings_due", "requested_at", postgresql_where=text("state = 'due'")),
        Index(None, "course_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    adviser_id: Mapped[uuid.UUID | None]
    state: Mapped[str] = mapped_column(default="due")
    reason: Mapped[str | None]
    requested_at: Mapped[datetime] = mapped_column(default=utc_now)
    done_at: Mapped[datetime | None]


class PersonName(Base):
    """The folded words of a person's names, to be found by."""

    __tablename__ = "person_names"
    __table_args__ = (Index(None, "words", postgresql_using="gin"),)

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[Any] = mapped_column(TSVECTOR)


class NameBacklog(Base):
    """Somebody whose names, new or changed, are not yet among what people are found by; a trigger writes it."""

    __tablename__ = "name_backlog"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
