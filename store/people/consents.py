"""What people agreed to: each answer is kept, the last one counts."""

import uuid
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.people.people import get
from store.tables import Consent

Purpose = Literal["registration", "alerts", "adviser"]


class ConsentMissing(Exception):
    """Something personal was to be stored for a purpose the person did not agree to."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        super().__init__(f"no consent for: {purpose}")


def record_consent(
    session: Session,
    person_id: uuid.UUID,
    purpose: Purpose,
    wording_version: str,
    given: bool,
    at: datetime | None = None,
) -> Consent:
    """Keeps an answer about a purpose, yes or no. Earlier answers stay; the last one counts. Raises ValueError."""
    if purpose not in get_args(Purpose):
        raise ValueError(f"purpose {purpose!r} is none of {', '.join(get_args(Purpose))}")
    consent = Consent(
        person_id=get(session, person_id).id,
        purpose=purpose,
        wording_version=wording_version,
        given=given,
        at=at or utc_now(),
    )
    session.add(consent)
    session.flush()
    return consent


def has_consent(
    session: Session,
    person_id: uuid.UUID,
    purpose: Purpose,
    wording_version: str | None = None,
    since: datetime | None = None,
) -> bool:
    """Whether the person's last answer about this purpose was yes; to this wording, and since this time, if given."""
    last = session.execute(
        select(Consent.given, Consent.wording_version, Consent.at)
        .where(Consent.person_id == person_id, Consent.purpose == purpose)
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(1)
    ).first()
    return (
        last is not None
        and last.given
        and wording_version in (None, last.wording_version)
        and (since is None or last.at >= since)
    )


def require_consent(session: Session, person_id: uuid.UUID, purpose: Purpose) -> None:
    """Raises ConsentMissing where the person did not agree to this purpose."""
    if not has_consent(session, person_id, purpose):
        raise ConsentMissing(purpose)
