"""People: looked for by name, number or reference; all that is known of one; their profile corrected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.people.numbers import addresses_of
from console.thread.seen import PHONES, masked
from console.web.fields import Fields, cut
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.advisers import audit, notes, tags
from store.core.ids import parse_reference
from store.core.vocabulary import CITIES, EDUCATION, EMPLOYMENT_STATUS, VARIETIES
from store.inbox import listing as inbox
from store.inbox import people as person_lists
from store.inbox.people import PersonCursor, PersonRow
from store.lifecycle import retention
from store.people import addresses, people, profiles
from store.people.consents import ConsentMissing
from store.tables import Person

_PHONE = "POST /console/people/{person_id}/phone"
_DIGITS = 8


@dataclass(frozen=True)
class Shown:
    """An address as it may be seen."""

    channel: str
    shown: str
    state: str
    last_inbound_at: datetime | None


Answer = Annotated[str, cut(80, strip=True)]


class ProfileForm(Fields):
    """A profile as corrected; what is empty is known no more, a variety that is empty stays."""

    name: Answer
    city: Answer
    region: Answer
    education: Answer
    employment_status: Answer
    variety: Annotated[str, cut(20)]


pages = PageGroup()


@pages.get("/people", Need.READER, bar="nav-people")
def people_page(visit: VisitHere) -> Response:
    typed = visit.query("q", 100).strip()
    with visit.services.database.session() as session:
        person_lists.take_in(session, visit.services.index_words)
    with visit.services.database.session() as session:
        cursor = None
        if typed:
            how, rows = _search(visit, session, typed)
        else:
            how, (rows, cursor) = "all", person_lists.newest(session, visit.scope, after=_cursor(visit))
        visit.audit(session, "people-read", how=how, shown=len(rows))
        return visit.page(
            "people/people.html",
            rows=rows,
            typed=typed,
            how=how,
            next="" if cursor is None else f"{cursor.at.timestamp():.6f}_{cursor.person_id.hex}",
            may_phone=visit.may(_PHONE),
        )


@pages.get("/people/{person_id}", Need.READER)
def person_page(visit: VisitHere, person_id: UUID) -> Response:
    return _person_page(visit, person_id)


@pages.post("/people/{person_id}", Need.ADVISER)
def correct_profile(visit: VisitHere, person_id: UUID) -> Response:
    form = visit.read(ProfileForm)
    given = {name: value or None for name, value in form.model_dump(exclude={"variety"}).items()}
    try:
        with visit.services.database.session() as session:
            seen_person(visit, session, person_id)
            before = profiles.profile(session, person_id)
            after = profiles.update_profile(session, person_id, **given)
            if form.variety:
                people.set_variety(session, person_id, form.variety, "chosen")
            changed = [name for name in given if getattr(before, name) != getattr(after, name)]
            visit.audit(session, "person-corrected", person_id=person_id, columns=",".join(changed))
    except ConsentMissing:
        return _person_page(visit, person_id, 409, problem="person-no-consent")
    except ValueError:
        return _person_page(visit, person_id, 422, problem="person-wrong")
    return visit.go(f"/console/people/{person_id}")


def seen_person(visit: Visit, session: Session, person_id: UUID) -> Person:
    """The person. Refuses one who is not there, or not theirs to see, in the same way."""
    person = inbox.visible_person(session, visit.scope, person_id)
    if person is None:
        raise not_found()
    return person


def _search(visit: Visit, session: Session, typed: str) -> tuple[str, list[PersonRow]]:
    """How it was looked for, and who was found. A number is only looked for by whom it may be shown to."""
    if typed.upper().startswith("TK") and parse_reference(typed):
        return "reference", person_lists.by_registration(session, visit.scope, typed)
    if sum(character.isdigit() for character in typed) >= _DIGITS:
        if not visit.may(_PHONE):
            return "number-not-allowed", []
        return "number", person_lists.by_numbers(session, visit.scope, addresses_of(typed))
    found = person_lists.by_name(session, visit.scope, typed, visit.services.query_words)
    return "name", found or person_lists.by_registration(session, visit.scope, typed)


def _person_page(visit: Visit, person_id: UUID, status: int = 200, problem: str | None = None) -> Response:
    """One person: profile, addresses, answers to consent, registrations, alerts, requests, conversations."""
    with visit.services.database.session() as session:
        person = seen_person(visit, session, person_id)
        visit.audit(session, "person-read", person_id=person_id)
        return visit.page(
            "people/person.html",
            status,
            person=person,
            addresses=addresses_shown(session, person_id),
            whole=person_lists.whole(session, person_id),
            kept=retention.kept_until(session, person_id, visit.services.keep),
            tags=tags.of_target(session, "person", person_id),
            notes=notes.of_person(session, person_id),
            choices={
                "city": [(each, visit.words.name("city", each)) for each in CITIES],
                "education": [(each, visit.words.name("education", each)) for each in EDUCATION],
                "employment_status": [
                    (each, visit.words.name("employment_status", each)) for each in EMPLOYMENT_STATUS
                ],
                "variety": [(each, visit.words.name("variety", each)) for each in VARIETIES],
            },
            reads=audit.entries(session, person_id=person_id, limit=5)
            if visit.may("GET /console/audit")
            else [],
            title=lambda course: (
                (course.title_ar if visit.words.language == "ar" else course.title_fr) or course.title
            ),
            problem=problem,
        )


def addresses_shown(session: Session, person_id: UUID) -> list[Shown]:
    """Where a person is reached, masked."""
    return [
        Shown(
            each.channel,
            masked(each.provider_id) if each.channel in PHONES else "••••",
            each.state,
            each.last_inbound_at,
        )
        for each in addresses.addresses_of(session, person_id)
    ]


def _cursor(visit: Visit) -> PersonCursor | None:
    seconds, _, hexadecimal = visit.query("after", 80).partition("_")
    try:
        return PersonCursor(datetime.fromtimestamp(float(seconds)).astimezone(), UUID(hexadecimal))
    except (ValueError, OverflowError, OSError):
        return None
