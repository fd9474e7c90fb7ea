"""What a person may ask for: a copy of all that is kept about them, and its end; and two persons who are one."""

import json
from typing import Any
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.people.copying import lines
from console.people.numbers import addresses_of
from console.people.routes import addresses_shown, seen_person
from console.registrations.routes import download
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.inbox import people as person_lists
from store.lifecycle import merging, privacy
from store.lifecycle import receipts as erasures
from store.tables import Person

#: The parts of a copy in the order in which a reader wants them.
PARTS = ("addresses", "consents", "registrations", "alerts", "adviser_requests", "feedback", "messages")

pages = PageGroup()


@pages.get("/people/{person_id}/export", Need.SUPERVISOR)
def download_copy(visit: VisitHere, person_id: UUID) -> Response:
    data = _copy(visit, person_id)
    content = json.dumps(data, ensure_ascii=False, indent=2, default=str).encode("utf-8", "replace")
    return download(content, "application/json", f"takwin-person-{person_id}.json")


@pages.get("/people/{person_id}/copy", Need.SUPERVISOR)
def copy_page(visit: VisitHere, person_id: UUID) -> Response:
    data = _copy(visit, person_id)
    parts = {part: [lines(visit.words, part, row) for row in data[part]] for part in PARTS}
    own = lines(visit.words, "person", data["person"])
    return visit.page("people/copy.html", own=own, parts=parts, person_id=person_id)


@pages.get("/people/{person_id}/erase", Need.SUPERVISOR)
def erase_page(visit: VisitHere, person_id: UUID) -> Response:
    return _erase_page(visit, person_id)


@pages.post("/people/{person_id}/erase", Need.SUPERVISOR)
def erase_person(visit: VisitHere, person_id: UUID) -> Response:
    typed = visit.text("typed", 40).strip().casefold()
    if typed != visit.words.say("erase-word").casefold():
        return _erase_page(visit, person_id, 422, problem="erase-typed-wrong")
    with visit.services.database.session() as session:
        seen_person(visit, session, person_id)
        receipt = privacy.erase_person(session, person_id, visit.now)
        # Whom it was about is not said anywhere any more.
        visit.audit(session, "person-erased", reference=receipt.reference)
    visit.services.forget(person_id)
    return visit.go(f"/console/people/erased/{receipt.reference}")


@pages.get("/people/erased/{reference}", Need.SUPERVISOR)
def receipt_page(visit: VisitHere, reference: str) -> Response:
    with visit.services.database.session() as session:
        found = erasures.of_reference(session, reference)
        if found is None:
            raise not_found()
        return visit.page("people/erased.html", erasure=found)


@pages.get("/people/{person_id}/merge", Need.SUPERVISOR)
def merge_page(visit: VisitHere, person_id: UUID) -> Response:
    return _merge_page(visit, person_id, visit.query("other", 60))


@pages.post("/people/{person_id}/merge", Need.SUPERVISOR)
def merge_persons(visit: VisitHere, person_id: UUID) -> Response:
    with visit.services.database.session() as session:
        seen_person(visit, session, person_id)
        other = _other(visit, session, person_id, visit.text("other", 60))
        if other is not None:
            gone = other.id
            merging.merge(session, person_id, gone, visit.now)
            visit.audit(session, "persons-merged", person_id=person_id, gone=str(gone))
    if other is None:
        return _merge_page(visit, person_id, visit.text("other", 60), 422)
    # The engine knows them as two: of the one that is gone it need not know any more.
    visit.services.forget(gone)
    return visit.go(f"/console/people/{person_id}")


def _copy(visit: Visit, person_id: UUID) -> dict[str, Any]:
    with visit.services.database.session() as session:
        seen_person(visit, session, person_id)
        data = privacy.export_person(session, person_id)
        visit.audit(session, "person-exported", person_id=person_id, messages=len(data["messages"]))
        return data


def _erase_page(visit: Visit, person_id: UUID, status: int = 200, problem: str | None = None) -> Response:
    with visit.services.database.session() as session:
        person = seen_person(visit, session, person_id)
        visit.audit(session, "person-read", person_id=person_id)
        whole = person_lists.whole(session, person_id)
        return visit.page("people/erase.html", status, person=person, whole=whole, problem=problem)


def _merge_page(visit: Visit, person_id: UUID, typed: str, status: int = 200) -> Response:
    with visit.services.database.session() as session:
        person = seen_person(visit, session, person_id)
        other = _other(visit, session, person_id, typed) if typed else None
        for each in filter(None, (person, other)):
            visit.audit(session, "person-read", person_id=each.id)
        pair = [
            (each, person_lists.whole(session, each.id), addresses_shown(session, each.id))
            for each in (person, other)
            if each is not None
        ]
        return visit.page(
            "people/merge.html",
            status,
            person=person,
            other=other,
            pair=pair,
            typed=typed,
            not_found=bool(typed) and other is None,
        )


def _other(visit: Visit, session: Session, person_id: UUID, typed: str) -> Person | None:
    """The other person, by their id, by a phone number or by the reference of a registration."""
    found: list[Person] = []
    try:
        found = [seen_person(visit, session, UUID(typed.strip()))]
    except ValueError:
        by_reference = person_lists.by_registration(session, visit.scope, typed)
        by_number = person_lists.by_numbers(session, visit.scope, addresses_of(typed))
        found = [row.person for row in (*by_reference, *by_number)]
    return next((each for each in found if each.id != person_id), None)
