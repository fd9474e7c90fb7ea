"""Requests for an adviser: one open per person and reason, however often they ask."""

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.ids import new_id
from store.handover import takeover
from store.tables import AdviserRequest

#: The reason of a request that cannot wait: somebody is in danger.
URGENT = "urgent"


class RequestUnknown(LookupError):
    """There is no request of this id."""


def request(session: Session, person_id: uuid.UUID, reason: str, detail: str | None = None) -> AdviserRequest:
    """Asks for an adviser, and has the person's conversations wait for one. Where a request for this reason is open,
    that one is returned, with the new detail added.

    `reason` is a code (the intent that led here), `detail` the person's words. A call for help needs no consent: only
    what the person just said is kept.
    """
    session.execute(
        insert(AdviserRequest)
        .values(id=new_id(), person_id=person_id, reason=reason, state="open")
        .on_conflict_do_nothing(
            index_elements=[AdviserRequest.person_id, AdviserRequest.reason],
            index_where=AdviserRequest.state != "closed",
        )
    )
    found = session.scalars(
        select(AdviserRequest)
        .where(
            AdviserRequest.person_id == person_id,
            AdviserRequest.reason == reason,
            AdviserRequest.state != "closed",
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    details = (found.detail or "").split("\n")
    if detail and detail not in details:
        found.detail = "\n".join([*filter(None, details), detail])
        session.flush()
    takeover.wait(session, person_id)
    return found


def note_no_contact(session: Session, request: AdviserRequest) -> None:
    """Notes with a request that the person begs that nobody writes to them or calls; the first time counts."""
    request.no_contact_at = request.no_contact_at or utc_now()
    session.flush()


def begs_no_contact(session: Session, person_id: uuid.UUID) -> bool:
    """Whether a person with an open request begged that nobody writes to them: somebody beside them may read it."""
    open_ones = select(AdviserRequest.id).where(
        AdviserRequest.person_id == person_id,
        AdviserRequest.state != "closed",
        AdviserRequest.no_contact_at.is_not(None),
    )
    return session.scalar(open_ones.limit(1)) is not None


def note_undelivered(session: Session, person_id: uuid.UUID, now: datetime | None = None) -> bool:
    """Notes with a person's open urgent request that the help numbers did not reach them; False where there is none."""
    noted = session.scalars(
        update(AdviserRequest)
        .where(
            AdviserRequest.person_id == person_id,
            AdviserRequest.reason == URGENT,
            AdviserRequest.state != "closed",
        )
        .values(undelivered_at=now or utc_now())
        .returning(AdviserRequest.id)
    )
    return bool(noted.all())


def of_person(session: Session, person_id: uuid.UUID) -> list[AdviserRequest]:
    """A person's requests, open and closed, newest first."""
    wanted = select(AdviserRequest).where(AdviserRequest.person_id == person_id)
    return list(session.scalars(wanted.order_by(AdviserRequest.created_at.desc(), AdviserRequest.id.desc())))


def close(session: Session, request_id: uuid.UUID, now: datetime | None = None) -> AdviserRequest:
    """Closes a request; a second time changes nothing. With their last one the person waits no more.

    Raises RequestUnknown.
    """
    found = session.get(AdviserRequest, request_id)
    if found is None:
        raise RequestUnknown(str(request_id))
    if found.state != "closed":
        found.state = "closed"
        found.closed_at = now or utc_now()
        takeover.wait_no_more(session, found.person_id, found.closed_at)
    return found
