"""Who read and did what."""

from datetime import datetime

from sqlalchemy.orm import Session

from store.lifecycle.kinds.base import Kind, count_rows, delete_some
from store.tables import AuditEntry


def _count(session: Session, before: datetime) -> int:
    return count_rows(session, AuditEntry, AuditEntry.at < before)


def _drop(session: Session, before: datetime, most: int) -> int:
    return len(delete_some(session, AuditEntry, AuditEntry.at < before, most, AuditEntry.id))


KIND = Kind("audit", "keep_audit_days", _count, _drop)
