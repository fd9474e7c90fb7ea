"""The advisers' console: who signs in, what they read and when, their words beside what people wrote."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text, true
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base, Identified


class Adviser(Identified, Base):
    """Somebody of the employment service who may sign in.

    `cities` and `region` are their scope, empty for all of Morocco. `takes_new` says whether the round robin counts
    on them. Of recovery codes only digests are kept. `totp_last`: the time step of the last code, good only once.
    """

    __tablename__ = "advisers"
    __table_args__ = (
        CheckConstraint("role in ('reader', 'adviser', 'supervisor', 'administrator')", name="role"),
        CheckConstraint("language in ('fr', 'ar')", name="language"),
    )

    login: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str]
    must_change: Mapped[bool] = mapped_column(default=True)
    password_expires_at: Mapped[datetime | None]
    role: Mapped[str] = mapped_column(default="adviser")
    agency_id: Mapped[str | None]
    cities: Mapped[list[str]] = mapped_column(default=list)
    region: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="fr")
    takes_new: Mapped[bool] = mapped_column(default=True)
    last_assigned_at: Mapped[datetime | None]
    totp_encrypted: Mapped[str | None]
    totp_last: Mapped[int | None]
    recovery_digests: Mapped[list[str]] = mapped_column(default=list)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_seen_at: Mapped[datetime | None]


class AdviserSession(Identified, Base):
    """A signed-in browser: only the digest of its token is kept. Until the second step is done, it opens nothing."""

    __tablename__ = "adviser_sessions"

    token_digest: Mapped[str] = mapped_column(unique=True)
    adviser_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("advisers.id", ondelete="CASCADE"), index=True)
    second_step_done: Mapped[bool]
    pending_totp_encrypted: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_seen_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]


class SignInFailure(Identified, Base):
    """A sign-in that failed, by the digest of the account or of the network address it was tried from."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index(None, "subject_digest", "at"), Index(None, "at"))

    subject_digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utc_now)


class AuditEntry(Identified, Base):
    """Who did or read what, of whom, when. Says nothing of the contents. Outlives the adviser and the person."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "at"), Index(None, "person_id", "at"), Index(None, "adviser_id", "at"))

    at: Mapped[datetime] = mapped_column(default=utc_now)
    adviser_id: Mapped[uuid.UUID | None]
    action: Mapped[str]
    person_id: Mapped[uuid.UUID | None]
    conversation_id: Mapped[uuid.UUID | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ConversationRead(Base):
    """Until when an adviser has read a conversation."""

    __tablename__ = "conversation_reads"

    adviser_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("advisers.id", ondelete="CASCADE"), primary_key=True
    )
    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    read_at: Mapped[datetime]


class Tag(Identified, Base):
    """A word of the service for people, conversations and messages alike."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Tagging(Identified, Base):
    """A tag on a person, on a conversation or on a message: one of the three, with the person it is about."""

    __tablename__ = "taggings"
    __table_args__ = (
        CheckConstraint("target in ('person', 'conversation', 'message')", name="target"),
        CheckConstraint(
            "(target = 'conversation') = (conversation_id is not null) "
            "and (target = 'message') = (message_id is not null)",
            name="one_target",
        ),
        UniqueConstraint(
            "tag_id", "person_id", "conversation_id", "message_id", postgresql_nulls_not_distinct=True
        ),
        Index(None, "conversation_id"),
        Index(None, "message_id"),
        Index(None, "person_id"),
    )

    tag_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"))
    target: Mapped[str]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    message_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    adviser_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime] = mapped_column(default=utc_now)


class Note(Identified, Base):
    """What advisers tell each other about a person; the person never sees it."""

    __tablename__ = "notes"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    adviser_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("advisers.id", ondelete="SET NULL"))
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utc_now)


class Mention(Base):
    """An adviser whom a note calls; `seen_at`: when they next read the conversation."""

    __tablename__ = "mentions"

    note_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True)
    adviser_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("advisers.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    seen_at: Mapped[datetime | None]


class SavedView(Identified, Base):
    """A filter of the inbox under a name: its adviser's own, or shared with everybody."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("adviser_id", "name"),)

    adviser_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("advisers.id", ondelete="CASCADE"))
    name: Mapped[str]
    query: Mapped[str]
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class CannedAnswer(Identified, Base):
    """An answer written once: `texts` by variety, found by its short name (`/hours`)."""

    __tablename__ = "canned_answers"

    short_name: Mapped[str] = mapped_column(unique=True)
    texts: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_by: Mapped[uuid.UUID | None]


class ConversationIndex(Base):
    """What the search of the console looks in: the folded words of a conversation and what was understood in it."""

    __tablename__ = "conversation_index"
    __table_args__ = (Index(None, "facts", postgresql_using="gin"),)

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    facts: Mapped[Any] = mapped_column(TSVECTOR, server_default=text("''"))


class SearchBacklog(Base):
    """A message whose words and understanding are not yet in the facts of its conversation; a trigger writes it.

    `rebuild`: something that was in the facts is gone, so that they are put together anew.
    """

    __tablename__ = "search_backlog"

    message_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    rebuild: Mapped[bool] = mapped_column(server_default=true())
