"""The audit: who did or read what, of whom, when. Codes and ids only, never what was read."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.tables import Adviser, AuditEntry


@dataclass(frozen=True)
class AuditLine:
    """One entry as it is listed, with the adviser's name where there still is one."""

    id: uuid.UUID
    at: datetime
    action: str
    adviser_id: uuid.UUID | None
    adviser_name: str | None
    person_id: uuid.UUID | None
    conversation_id: uuid.UUID | None
    detail: dict[str, Any]


def record(
    session: Session,
    adviser_id: uuid.UUID | None,
    action: str,
    *,
    person_id: uuid.UUID | None = None,
    conversation_id: uuid.UUID | None = None,
    now: datetime | None = None,
    **detail: str | int | bool | None,
) -> None:
    """Keeps that somebody did something. `detail` takes codes and numbers, no text of people."""
    session.add(
        AuditEntry(
            at=now or utc_now(),
            adviser_id=adviser_id,
            action=action,
            person_id=person_id,
            conversation_id=conversation_id,
            detail={name: value for name, value in detail.items() if value is not None},
        )
    )


def entries(
    session: Session,
    *,
    adviser_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    actions: Sequence[str] = (),
    before: datetime | None = None,
    limit: int = 100,
) -> list[AuditLine]:
    """Entries, newest first; `before` goes on where the last list ended."""
    wanted = (
        select(AuditEntry, Adviser.display_name)
        .outerjoin(Adviser, Adviser.id == AuditEntry.adviser_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    if adviser_id is not None:
        wanted = wanted.where(AuditEntry.adviser_id == adviser_id)
    if person_id is not None:
        wanted = wanted.where(AuditEntry.person_id == person_id)
    if actions:
        wanted = wanted.where(AuditEntry.action.in_(actions))
    if before is not None:
        wanted = wanted.where(AuditEntry.at < before)
    return [
        AuditLine(
            id=entry.id,
            at=entry.at,
            action=entry.action,
            adviser_id=entry.adviser_id,
            adviser_name=name,
            person_id=entry.person_id,
            conversation_id=entry.conversation_id,
            detail=entry.detail,
        )
        for entry, name in session.execute(wanted)
    ]
