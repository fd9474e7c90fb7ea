"""Registrations: who has a place in which course, who waits, and how it came to be so."""

import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.core.clock import moroccan_day, utc_now
from store.core.ids import new_reference, parse_reference
from store.people.consents import require_consent
from store.people.people import get
from store.registrations.moves import PERSON, SYSTEM, find, keep_change, locked, move
from store.registrations.seats import choose, has_seat, locked_session, open_runs, seats_left, taken
from store.registrations.states import (
    ACTIVE,
    NEXT,
    SEATED,
    IllegalTransition,
    RefusalReason,
    Refused,
    RegistrationUnknown,
    SessionFull,
    State,
)
from store.tables import Course, CourseSession, Registration, RegistrationChange

__all__ = [
    "ACTIVE",
    "NEXT",
    "PERSON",
    "SEATED",
    "SYSTEM",
    "IllegalTransition",
    "RefusalReason",
    "Refused",
    "Registration",
    "RegistrationUnknown",
    "SessionFull",
    "State",
    "active_of",
    "by_reference",
    "cancel",
    "change_state",
    "changes_of",
    "complete",
    "find",
    "of_person",
    "promote",
    "refusal",
    "register",
    "seats_left",
    "waiting_position",
]  # fmt: skip


def register(
    session: Session,
    person_id: uuid.UUID,
    course_id: str,
    session_id: str | None = None,
    now: datetime | None = None,
    request_id: str | None = None,
) -> Registration | Refused:
    """Registers a person for a course: `requested`, or in a session with a limit `confirmed` or `waiting`.

    Without `session_id`, the session is the earliest with a place, else the earliest still open. `request_id` names
    what asked for it (a message): asked for again by the same, the same registration is returned and not refused.
    Raises ConsentMissing where the person did not agree to being registered, PersonUnknown.
    """
    at = now or utc_now()
    get(session, person_id)
    require_consent(session, person_id, "registration")
    existing = active_of(session, person_id, course_id)
    if existing is not None:
        return _again(existing, request_id)
    closed = _closed(session.get(Course, course_id))
    if closed is not None:
        return closed
    chosen = choose(session, course_id, session_id, moroccan_day(at))
    if isinstance(chosen, Refused):
        return chosen
    registration = _insert(session, person_id, course_id, chosen, request_id, at)
    if registration is None:
        existing = active_of(session, person_id, course_id)
        if existing is None:
            raise RuntimeError("a registration was there when this one was made, and is gone")
        return _again(existing, request_id)
    keep_change(session, registration, None, "requested", PERSON, None, at)
    if chosen is not None and chosen.capacity is not None:
        others = taken(session, chosen.id) - 1
        move(session, registration, "confirmed" if others < chosen.capacity else "waiting", SYSTEM, None, at)
    session.flush()
    return registration


def refusal(
    session: Session,
    person_id: uuid.UUID,
    course_id: str,
    now: datetime | None = None,
) -> Refused | None:
    """Why `register` would refuse at this moment, None where it would not: to ask before a form, not after it."""
    existing = active_of(session, person_id, course_id)
    if existing is not None:
        return Refused("already", existing)
    closed = _closed(session.get(Course, course_id))
    if closed is not None:
        return closed
    runs = open_runs(session, course_id, None, moroccan_day(now or utc_now()))
    return runs if isinstance(runs, Refused) else None


def cancel(
    session: Session,
    registration_id: uuid.UUID,
    author: str = PERSON,
    now: datetime | None = None,
    note: str | None = None,
) -> Registration | Refused:
    """Cancels a registration and gives its place to the first who waits. Cancelling twice changes nothing.

    Refused `completed` where it is over. Raises RegistrationUnknown.
    """
    try:
        return change_state(session, registration_id, "cancelled", author, now, note)
    except IllegalTransition:
        return Refused("completed", find(session, registration_id))


def complete(
    session: Session,
    registration_id: uuid.UUID,
    author: str = PERSON,
    now: datetime | None = None,
    note: str | None = None,
) -> Registration | Refused:
    """Records that the person finished the course. A second time changes nothing.

    Refused `cancelled` where it was cancelled or never had a place. Raises RegistrationUnknown.
    """
    try:
        return change_state(session, registration_id, "completed", author, now, note)
    except IllegalTransition:
        return Refused("cancelled", find(session, registration_id))


def change_state(
    session: Session,
    registration_id: uuid.UUID,
    state: State,
    author: str,
    now: datetime | None = None,
    note: str | None = None,
) -> Registration:
    """Moves a registration to a state; nothing happens where it is there already.

    `author` is `person`, `system` or `adviser:<id>`.
    Raises IllegalTransition, SessionFull where somebody who waits was to be confirmed, RegistrationUnknown.
    """
    at = now or utc_now()
    registration = locked(session, registration_id)
    before = registration.state
    if before == state:
        return registration
    if state not in NEXT[before]:
        raise IllegalTransition(before, state)
    if before == "waiting" and state == "confirmed" and not has_seat(session, registration.session_id):
        raise SessionFull(registration.session_id)
    move(session, registration, state, author, note, at)
    if before in SEATED and state not in SEATED:
        promote(session, registration.session_id, at)
    return registration


def promote(session: Session, session_id: str | None, now: datetime | None = None) -> list[Registration]:
    """Gives the free places of a session to those who wait, first come first served. Returns who got one."""
    if session_id is None:
        return []
    at = now or utc_now()
    run = locked_session(session, session_id)
    waiting = session.scalars(
        select(Registration)
        .where(Registration.session_id == session_id, Registration.state == "waiting")
        .order_by(Registration.created_at, Registration.id)
        .with_for_update(key_share=True)
    ).all()
    free = len(waiting) if run.capacity is None else max(0, run.capacity - taken(session, session_id))
    for registration in waiting[:free]:
        move(session, registration, "confirmed", SYSTEM, None, at)
    return list(waiting[:free])


def of_person(session: Session, person_id: uuid.UUID, *, active_only: bool = False) -> list[Registration]:
    """A person's registrations, newest first."""
    wanted = select(Registration).where(Registration.person_id == person_id)
    if active_only:
        wanted = wanted.where(Registration.state.in_(ACTIVE))
    return list(session.scalars(wanted.order_by(Registration.created_at.desc(), Registration.id.desc())))


def by_reference(session: Session, reference: str) -> Registration | None:
    """The registration of a reference as a person typed it: small letters, spaces and a missing TK do not matter."""
    written = parse_reference(reference)
    if written is None:
        return None
    return session.scalar(select(Registration).where(Registration.reference == written))


def changes_of(session: Session, registration_id: uuid.UUID) -> list[RegistrationChange]:
    """Every change of a registration's state, oldest first."""
    return list(
        session.scalars(
            select(RegistrationChange)
            .where(RegistrationChange.registration_id == registration_id)
            .order_by(RegistrationChange.at, RegistrationChange.id)
        )
    )


def waiting_position(session: Session, registration: Registration) -> int | None:
    """How many-th in the waiting list, counting from 1; None where it does not wait."""
    if registration.state != "waiting":
        return None
    before = session.scalar(
        select(func.count())
        .select_from(Registration)
        .where(
            Registration.session_id == registration.session_id,
            Registration.state == "waiting",
            (Registration.created_at < registration.created_at)
            | ((Registration.created_at == registration.created_at) & (Registration.id < registration.id)),
        )
    )
    return (before or 0) + 1


def _closed(course: Course | None) -> Refused | None:
    if course is None:
        return Refused("unknown")
    if course.status == "historic":
        return Refused("historic")
    if course.status == "closed" or course.withdrawn_at is not None:
        return Refused("closed")
    return None


def _again(existing: Registration, request_id: str | None) -> Registration | Refused:
    if request_id is not None and existing.request_id == request_id:
        return existing
    return Refused("already", existing)


def _insert(
    session: Session,
    person_id: uuid.UUID,
    course_id: str,
    run: CourseSession | None,
    request_id: str | None,
    at: datetime,
) -> Registration | None:
    """The new row; None where the person has got an active one for this course since we looked."""
    for _ in range(20):
        registration = Registration(
            reference=new_reference(),
            person_id=person_id,
            course_id=course_id,
            session_id=None if run is None else run.id,
            state="requested",
            request_id=request_id,
            created_at=at,
            updated_at=at,
        )
        try:
            with session.begin_nested():
                session.add(registration)
                session.flush()
        except IntegrityError as error:
            if "uq_registrations_one_active" in str(error.orig):
                return None
            if "uq_registrations_reference" not in str(error.orig):
                raise
        else:
            return registration
    raise RuntimeError("20 references in a row were taken: the alphabet of references is used up")


def active_of(session: Session, person_id: uuid.UUID, course_id: str) -> Registration | None:
    """A person's registration for a course that is not over; None where there is none."""
    return session.scalar(
        select(Registration).where(
            Registration.person_id == person_id,
            Registration.course_id == course_id,
            Registration.state.in_(ACTIVE),
        )
    )
