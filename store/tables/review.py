"""Review: what people wrote, grouped by how it folds, what advisers say it means, and the examples made of it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base, Identified

WAITING = "state in ('open', 'second')"


class ReviewBacklog(Base):
    """An inbound message that is not yet in the queue of its like; a trigger writes it."""

    __tablename__ = "review_backlog"

    message_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class ReviewItem(Identified, Base):
    """All messages of one variety that fold alike. Holds no words: `digest` is that of the variety and the folded text.

    `intent`, `confidence`, `sureness`: as the least sure of them was understood. `rank`: 0 where somebody flagged one
    or complained about its answer, else 1. `state`: open, `second` (one of two reviews is there), disputed, settled.
    """

    __tablename__ = "review_items"
    __table_args__ = (
        CheckConstraint("state in ('open', 'second', 'disputed', 'settled')", name="state"),
        Index(
            "ix_review_items_queue", "rank", "sureness", "id",
            postgresql_where=text(WAITING),
        ),
        Index(None, "state", "changed_at"),
        Index(None, "channels", postgresql_using="gin"),
        Index(
            "ix_review_items_intent", "intent", "rank", "sureness", "id", postgresql_where=text(WAITING)
        ),
        *(
            Index(
                f"ix_review_items_{mark}", "rank", "sureness", "id",
                postgresql_where=text(f"{mark} and {WAITING}"),
            )
            for mark in ("flagged", "complained", "fallback")
        ),
    )  # fmt: skip

    digest: Mapped[str] = mapped_column(unique=True)
    variety: Mapped[str]
    intent: Mapped[str]
    confidence: Mapped[float]
    sureness: Mapped[float]
    rank: Mapped[int] = mapped_column(default=1)
    fallback: Mapped[bool] = mapped_column(default=False)
    flagged: Mapped[bool] = mapped_column(default=False)
    complained: Mapped[bool] = mapped_column(default=False)
    channels: Mapped[list[str]] = mapped_column(default=list)
    times: Mapped[int] = mapped_column(default=0)
    last_written_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    reviews_wanted: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)


class ReviewMessage(Base):
    """A message of an item. Gone with its message, so that an erased person leaves no words to review."""

    __tablename__ = "review_messages"
    __table_args__ = (Index(None, "item_id", "message_id"),)

    message_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"))


class ReviewMark(Base):
    """That an adviser skipped an item, or saved it for later."""

    __tablename__ = "review_marks"
    __table_args__ = (
        CheckConstraint("kind in ('skipped', 'saved')", name="kind"),
        Index(None, "item_id"),
    )

    adviser_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("advisers.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utc_now)


class ReviewAnswer(Identified, Base):
    """What an adviser says an item means. `marked` is its text, anonymised, in Rasa's notation; without an `intent` it
    is seen but no example. A `decision` ends a dispute between two reviews.
    """

    __tablename__ = "review_answers"
    __table_args__ = (
        CheckConstraint("kind in ('review', 'decision')", name="kind"),
        UniqueConstraint("item_id", "adviser_id", "kind"),
    )

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"))
    adviser_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("advisers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(default="review")
    intent: Mapped[str | None]
    variety: Mapped[str]
    marked: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utc_now)


class ReviewExample(Identified, Base):
    """An approved example of what people write, anonymised: it tells nothing of who wrote it.

    `worth`: new; `taught` (the data say so already), `sure` (understood so already, and often), `clash` (the data
    say otherwise), of which only new ones are proposed.
    """

    __tablename__ = "review_examples"
    __table_args__ = (
        CheckConstraint("worth in ('new', 'taught', 'sure', 'clash')", name="worth"),
        Index(None, "variety", "intent"),
    )

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"), unique=True)
    intent: Mapped[str]
    variety: Mapped[str]
    marked: Mapped[str]
    worth: Mapped[str] = mapped_column(default="new")
    at: Mapped[datetime] = mapped_column(default=utc_now)
