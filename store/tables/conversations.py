"""Conversations and their messages, in and out."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base, Identified

#: The replies that leave a question unanswered: no course found, a subject that nobody knows, no agency there. Content
#: gaps, figures and the lists behind them go by these.
UNANSWERED_REPLIES = ("nothing-found", "topic-not-recognised", "agency-unknown")
UNANSWERED_PATTERN = "|".join(UNANSWERED_REPLIES)


class Conversation(Identified, Base):
    """All that one person and the assistant said on one channel.

    `state` says who answers: the assistant (also while an adviser is waited for), or an adviser (`adviser_id`) until
    `give_back_at`. `segments_sent` counts what SMS cost so far. `danger_at`: when somebody last wrote here that they or
    somebody are in danger, until they lead away from it.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("person_id", "channel"),
        CheckConstraint("state in ('assistant', 'waiting', 'adviser', 'closed')", name="state"),
        Index(None, "state", "last_message_at"),
        Index(None, "last_message_at", "id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    channel: Mapped[str]
    last_n: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_message_at: Mapped[datetime] = mapped_column(default=utc_now)
    state: Mapped[str] = mapped_column(default="assistant")
    state_at: Mapped[datetime] = mapped_column(default=utc_now)
    adviser_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    give_back_at: Mapped[datetime | None]
    segments_sent: Mapped[int] = mapped_column(default=0)
    danger_at: Mapped[datetime | None]


class Message(Identified, Base):
    """One message. `direction` says which of the columns apply; the others are empty.

    In: `provider_message_id`, `provider`, `sent_at`, `option`, `media`, `raw_encrypted`, `understanding`, `state`,
    `failure`, `tries`, `opt_word`, `forwarded`. A message of state `quiet` was kept without an answer, for the reason
    in `failure`.
    Out: `n`, `in_reply_to`, `position`, `reply_keys`, `args`, `options`, `variety`, `content_template`,
    `despite_opt_out`, `is_deferred`, `segments`, `encoding`, `author_*` and `delivery_*`.
    `flagged`: somebody of the service should look at it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("direction in ('in', 'out')", name="direction"),
        CheckConstraint("state in ('received', 'done', 'quiet', 'failed')", name="state"),
        CheckConstraint(
            "delivery_state in ('pending', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown')",
            name="delivery_state",
        ),
        CheckConstraint("(direction = 'out') = (n is not null)", name="n_if_out"),
        CheckConstraint("author_kind in ('assistant', 'adviser')", name="author_kind"),
        UniqueConstraint("channel", "direction", "provider_message_id"),
        UniqueConstraint("conversation_id", "n"),
        UniqueConstraint("in_reply_to", "position"),
        Index(None, "conversation_id", "created_at"),
        Index(None, "person_id"),
        Index(
            None,
            "created_at",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": True},
        ),
        Index(
            "ix_messages_undelivered",
            "created_at",
            postgresql_where=text("delivery_state in ('pending', 'sending', 'unknown')"),
        ),
        Index(
            "ix_messages_unanswered",
            "person_id",
            "sent_at",
            postgresql_where=text("state = 'received'"),
        ),
        Index(
            "ix_messages_put_aside",
            "created_at",
            postgresql_where=text("state = 'failed' or delivery_state = 'failed'"),
        ),
        Index("ix_messages_in_vain", "created_at", postgresql_where=text(f"reply ~ '{UNANSWERED_PATTERN}'")),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    channel: Mapped[str]
    direction: Mapped[str]
    provider_message_id: Mapped[str | None]
    text: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    #: The door it came through (two providers may serve one channel), and the time it was written, by their clock.
    provider: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    option: Mapped[dict[str, Any] | None]
    media: Mapped[dict[str, Any] | None]
    raw_encrypted: Mapped[str | None]
    understanding: Mapped[dict[str, Any] | None]
    state: Mapped[str | None]
    failure: Mapped[str | None]
    finished_at: Mapped[datetime | None]
    tries: Mapped[int | None]
    flagged: Mapped[bool] = mapped_column(default=False)
    #: What a provider says of the words: that they are its own for stop or start, that somebody else wrote them.
    opt_word: Mapped[str | None]
    forwarded: Mapped[bool] = mapped_column(default=False, server_default=false())

    n: Mapped[int | None]
    in_reply_to: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    position: Mapped[int | None]
    #: One key, several where replies left as one message, none where it has words only.
    reply_keys: Mapped[list[str] | None]
    #: The same joined by " + ", for the figures.
    reply: Mapped[str | None]
    #: What the reply is filled with; of several, `replies` has each with its own.
    args: Mapped[dict[str, Any] | None]
    #: The variety it was said in.
    variety: Mapped[str | None]
    #: The approved form to send instead where the channel's window is closed: its `key` and `values`.
    content_template: Mapped[dict[str, Any] | None]
    #: It leaves although the address takes no more messages.
    despite_opt_out: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The form left in its place: the words themselves are said when the person writes again.
    is_deferred: Mapped[bool] = mapped_column(default=False, server_default=false())
    author_kind: Mapped[str | None]
    author_adviser_id: Mapped[uuid.UUID | None]
    #: `adviser:<id>` where an adviser wrote it, for the figures.
    author: Mapped[str | None]
    options: Mapped[list[dict[str, Any]] | None]
    segments: Mapped[int | None]
    encoding: Mapped[str | None]
    delivery_state: Mapped[str | None]
    delivery_detail: Mapped[str | None]
    delivery_attempts: Mapped[int | None]
    delivery_at: Mapped[datetime | None]


class ProviderTemplate(Identified, Base):
    """A message form registered with a provider, so that it is made there once: `key` is ours, `external_id` theirs."""

    __tablename__ = "provider_templates"
    __table_args__ = (UniqueConstraint("provider", "key"),)

    provider: Mapped[str]
    key: Mapped[str]
    external_id: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
