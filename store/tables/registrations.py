"""Registrations, and every change of their state."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base, Identified

ACTIVE = "state in ('requested', 'confirmed', 'waiting', 'in_progress')"


class Registration(Identified, Base):
    """A person's place in a course, or their wish for one. One active per person and course."""

    __tablename__ = "registrations"
    __table_args__ = (
        CheckConstraint(
            "state in ('requested', 'confirmed', 'waiting', 'in_progress', 'completed', 'cancelled')",
            name="state",
        ),
        Index(
            "uq_registrations_one_active",
            "person_id",
            "course_id",
            unique=True,
            postgresql_where=text(ACTIVE),
        ),
        Index(None, "session_id", "state"),
        Index(None, "course_id"),
        Index(None, "person_id"),
        Index(None, "created_at", "id"),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    course_id: Mapped[str] = mapped_column(ForeignKey("courses.id"))
    session_id: Mapped[str | None] = mapped_column(ForeignKey("course_sessions.id"))
    state: Mapped[str]
    #: What asked for it, if it said: asked for again by the same, the same registration is the answer.
    request_id: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)


class RegistrationChange(Identified, Base):
    """A change of state: from what (nothing at first), to what, when, by whom: `person`, `system`, `adviser:<id>`."""

    __tablename__ = "registration_changes"
    __table_args__ = (Index(None, "registration_id", "at"), Index(None, "at"))

    registration_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    author: Mapped[str]
    note: Mapped[str | None]
    at: Mapped[datetime]
