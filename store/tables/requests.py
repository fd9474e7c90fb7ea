"""What people ask of the service beside registering: alerts, an adviser, saying what they think, being forgotten."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base, Identified


class Alert(Identified, Base):
    """A wish to be told of new courses. `topics` is sorted; empty means any. Ended, not deleted, when unsubscribed."""

    __tablename__ = "alerts"
    __table_args__ = (
        Index(
            "uq_alerts_one_active", "person_id", "topics", text("coalesce(city, '')"),
            unique=True, postgresql_where=text("ended_at is null"),
        ),
        Index(None, "person_id"),
    )  # fmt: skip

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    topics: Mapped[list[str]]
    city: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_at: Mapped[datetime | None]


class AdviserRequest(Identified, Base):
    """A wish to talk to an adviser. One open per person and reason.

    `undelivered_at`: when a provider refused to deliver the help numbers that answered a call for help.
    `no_contact_at`: when the person asked that nobody writes to them or calls.
    """

    __tablename__ = "adviser_requests"
    __table_args__ = (
        CheckConstraint("state in ('open', 'taken', 'closed')", name="state"),
        Index(
            "uq_adviser_requests_one_open", "person_id", "reason",
            unique=True, postgresql_where=text("state <> 'closed'"),
        ),
        Index(None, "person_id"),
        Index(None, "state", "created_at"),
        Index(None, "created_at"),
    )  # fmt: skip

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    reason: Mapped[str]
    detail: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="open")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]
    undelivered_at: Mapped[datetime | None]
    no_contact_at: Mapped[datetime | None]


class Feedback(Identified, Base):
    """What somebody thinks of the assistant or the service."""

    __tablename__ = "feedback"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    text: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Erasure(Identified, Base):
    """That somebody's data was erased, when, and how many rows of each kind. Says nothing of who it was."""

    __tablename__ = "erasures"

    reference: Mapped[str] = mapped_column(unique=True)
    erased: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=utc_now)


class MessageTombstone(Base):
    """The digest of a message that was erased a short time ago: a provider that still has it may bring it again."""

    __tablename__ = "message_tombstones"

    digest: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
