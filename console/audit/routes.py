"""The audit as it is read: who did or read what, of whom, when."""

from datetime import datetime
from uuid import UUID

from fastapi.responses import Response

from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.visit import Visit, VisitHere
from store.advisers import advisers, audit

_PAGE = 100

pages = PageGroup()


@pages.get("/audit", Need.SUPERVISOR, bar="nav-audit")
def audit_page(visit: VisitHere) -> Response:
    adviser_id, person_id = _id(visit, "adviser"), _id(visit, "person")
    with visit.services.database.session() as session:
        entries = audit.entries(
            session, adviser_id=adviser_id, person_id=person_id, before=_before(visit), limit=_PAGE
        )
        everyone = advisers.everyone(session)
        visit.audit(session, "audit-read", person_id=person_id)
    return visit.page(
        "audit/audit.html",
        entries=entries,
        everyone=everyone,
        chosen=adviser_id,
        person=person_id,
        further=entries[-1].at.isoformat() if len(entries) == _PAGE else None,
    )


def _id(visit: Visit, name: str) -> UUID | None:
    try:
        return UUID(visit.query(name, 40))
    except ValueError:
        return None


def _before(visit: Visit) -> datetime | None:
    try:
        found = datetime.fromisoformat(visit.query("before", 40))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
