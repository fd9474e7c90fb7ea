"""Calls for help that are closed: what was written of a danger has a time of its own."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.orm import Session

from store.handover.requests import URGENT
from store.lifecycle.kinds.base import Kind, count_rows, delete_some
from store.tables import AdviserRequest


def _urgent(before: datetime) -> ColumnElement[bool]:
    # Closed then, so made then: by that they are found.
    return and_(
        AdviserRequest.created_at < before,
        AdviserRequest.state == "closed",
        AdviserRequest.reason == URGENT,
        func.coalesce(AdviserRequest.closed_at, AdviserRequest.created_at) < before,
    )


def _count(session: Session, before: datetime) -> int:
    return count_rows(session, AdviserRequest, _urgent(before))


def _drop(session: Session, before: datetime, most: int) -> int:
    return len(delete_some(session, AdviserRequest, _urgent(before), most, AdviserRequest.id))


KIND = Kind("urgent", "keep_urgent_days", _count, _drop, after_figures=True)
