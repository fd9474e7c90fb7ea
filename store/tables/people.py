"""People, the addresses they write from, and what they agreed to."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.core.clock import utc_now
from store.tables.base import Base, Identified


class Person(Identified, Base):
    """A jobseeker. What they tell of themselves stays empty until they agree that it is kept; `profile_name` is what
    their channel shows of them to whoever they write to.
    """

    __tablename__ = "persons"
    __table_args__ = (
        CheckConstraint("variety_source in ('detected', 'chosen')", name="variety_source"),
        Index(None, "created_at", "id"),
    )

    profile_name: Mapped[str | None]
    variety: Mapped[str | None]
    variety_source: Mapped[str | None]
    name: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    education: Mapped[str | None]
    employment_status: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Address(Identified, Base):
    """Where a person is reached: a channel and the provider's id there, readable only with the secret.

    `provider` is the door they last came through, `state_reason` a code: what made it opted out, blocked, unreachable.
    `told_return_at`: when somebody who stopped our messages was told once how to come back.
    """

    __tablename__ = "addresses"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id_digest"),
        CheckConstraint("state in ('active', 'opted_out', 'blocked', 'unreachable')", name="state"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str]
    provider_id_digest: Mapped[str]
    provider_id_encrypted: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    state_at: Mapped[datetime] = mapped_column(default=utc_now)
    state_reason: Mapped[str | None]
    provider: Mapped[str | None]
    last_inbound_at: Mapped[datetime | None]
    told_return_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Consent(Identified, Base):
    """An answer to "may we keep this?": what was asked, in which wording, what was said. The last one counts."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("purpose in ('registration', 'alerts', 'adviser')", name="purpose"),
        Index(None, "person_id", "purpose", "at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    wording_version: Mapped[str]
    given: Mapped[bool]
    at: Mapped[datetime]


class LinkCode(Identified, Base):
    """A short code by which a person shows on a second channel that they are the one who asked for it on the first.

    Only its digest is kept. `claimed_by`: who gave the code on another channel, until the first one says yes or no.
    """

    __tablename__ = "link_codes"
    __table_args__ = (Index(None, "code_digest"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str]
    code_digest: Mapped[str]
    expires_at: Mapped[datetime]
    wrong_tries: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    claimed_on: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
