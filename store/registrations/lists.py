"""Registrations as lists: filtered, within what an adviser may see, page by page, and as rows to export."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, tuple_
from sqlalchemy.orm import Session

from store.advisers.access_scope import AccessScope
from store.core.clock import MOROCCO
from store.core.ids import parse_reference
from store.tables import (
    Address,
    Agency,
    Conversation,
    Course,
    CourseSession,
    Person,
    Provider,
    Registration,
    RegistrationChange,
)

#: A count above this is told as "more than".
COUNT_LIMIT = 9_999


@dataclass(frozen=True)
class RegistrationFilter:
    """Which registrations; what is empty does not narrow. `since` and `until` are Moroccan days, both included.

    `agency` stands for the city of an agency; `reference` for one registration, as a person writes it.
    """

    state: str = ""
    course: str = ""
    provider: str = ""
    topic: str = ""
    city: str = ""
    region: str = ""
    channel: str = ""
    agency: str = ""
    since: date | None = None
    until: date | None = None
    reference: str = ""


@dataclass(frozen=True)
class RegistrationCursor:
    """Where a page of the list ended."""

    at: datetime
    registration_id: uuid.UUID


@dataclass(frozen=True)
class RegistrationRow:
    """One registration of the list, with its person and its course."""

    registration: Registration
    person: Person
    course: Course
    run: CourseSession | None
    provider_name: str


@dataclass(frozen=True)
class RegistrationPage:
    """A page of the list, newest first, and where it goes on; None at its end."""

    rows: tuple[RegistrationRow, ...]
    next: RegistrationCursor | None


def listing(
    session: Session,
    scope: AccessScope,
    wanted: RegistrationFilter,
    *,
    after: RegistrationCursor | None = None,
    limit: int = 50,
) -> RegistrationPage:
    """A page of the registrations that a filter finds."""
    statement = _rows(scope, wanted)
    if after is not None:
        key = tuple_(Registration.created_at, Registration.id)
        statement = statement.where(key < tuple_(after.at, after.registration_id))
    found = [_row(each) for each in session.execute(statement.limit(limit + 1))]
    shown = found[:limit]
    cursor = None
    if len(found) > limit:
        last = shown[-1].registration
        cursor = RegistrationCursor(last.created_at, last.id)
    return RegistrationPage(tuple(shown), cursor)


def count(session: Session, scope: AccessScope, wanted: RegistrationFilter) -> int:
    """How many registrations a filter finds; COUNT_LIMIT + 1 stands for more than that."""
    some = _ids(scope, wanted).limit(COUNT_LIMIT + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def ids(
    session: Session,
    scope: AccessScope,
    wanted: RegistrationFilter,
    among: Sequence[uuid.UUID] | None,
    limit: int,
) -> list[uuid.UUID]:
    """The ids a filter finds, newest first, at most so many; of those `among`, where it is given."""
    statement = _ids(scope, wanted)
    if among is not None:
        statement = statement.where(Registration.id.in_(among))
    newest = statement.order_by(Registration.created_at.desc(), Registration.id.desc())
    return list(session.scalars(newest.limit(limit)))


def find(session: Session, scope: AccessScope, registration_id: uuid.UUID) -> RegistrationRow | None:
    """One registration, where the scope has its person; else None."""
    statement = _rows(scope, RegistrationFilter()).where(Registration.id == registration_id)
    row = session.execute(statement).first()
    return None if row is None else _row(row)


def states_of(session: Session, registration_ids: Sequence[uuid.UUID]) -> Mapping[str, int]:
    """How many of these registrations are in each state."""
    counted = session.execute(
        select(Registration.state, func.count())
        .where(Registration.id.in_(registration_ids))
        .group_by(Registration.state)
    )
    return {row[0]: row[1] for row in counted}


def to_export(
    session: Session, scope: AccessScope, wanted: RegistrationFilter, limit: int
) -> Iterator[tuple[RegistrationRow, tuple[str, ...], str | None]]:
    """Rows with the channels of their persons and the last note on them, newest first."""
    found = [_row(each) for each in session.execute(_rows(scope, wanted).limit(limit))]
    for start in range(0, len(found), 1000):
        some = found[start : start + 1000]
        channels = _channels(session, [row.person.id for row in some])
        notes = _notes(session, [row.registration.id for row in some])
        for row in some:
            yield row, tuple(channels.get(row.person.id, ())), notes.get(row.registration.id)


def phone_addresses(
    session: Session, person_ids: Sequence[uuid.UUID], channels: Sequence[str]
) -> list[Address]:
    """The addresses of persons on channels whose addresses are phone numbers, oldest first."""
    wanted = select(Address).where(Address.person_id.in_(person_ids), Address.channel.in_(channels))
    return list(session.scalars(wanted.order_by(Address.person_id, Address.id)))


def course_choices(session: Session) -> list[Course]:
    """The courses that somebody registered for, by title: what a list is narrowed to."""
    chosen = select(Registration.course_id).distinct()
    return list(session.scalars(select(Course).where(Course.id.in_(chosen)).order_by(Course.title)))


def _rows(scope: AccessScope, wanted: RegistrationFilter) -> Any:
    joined = (
        select(Registration, Person, Course, CourseSession, Provider.name)
        .select_from(Registration)
        .join(Person, Person.id == Registration.person_id)
        .join(Course, Course.id == Registration.course_id)
        .join(Provider, Provider.id == Course.provider)
        .join(CourseSession, CourseSession.id == Registration.session_id, isouter=True)
        .where(*_conditions(scope, wanted))
    )
    return joined.order_by(Registration.created_at.desc(), Registration.id.desc())


def _ids(scope: AccessScope, wanted: RegistrationFilter) -> Any:
    return (
        select(Registration.id)
        .join(Person, Person.id == Registration.person_id)
        .join(Course, Course.id == Registration.course_id)
        .where(*_conditions(scope, wanted))
    )


def _conditions(scope: AccessScope, wanted: RegistrationFilter) -> Iterator[ColumnElement[bool]]:
    within = scope.condition()
    if within is not None:
        yield within
    yield from _of_course(wanted)
    yield from _of_person(wanted)
    if wanted.state:
        yield Registration.state == wanted.state
    if wanted.since:
        yield Registration.created_at >= datetime.combine(wanted.since, time.min, MOROCCO)
    if wanted.until:
        yield Registration.created_at <= datetime.combine(wanted.until, time.max, MOROCCO)
    if wanted.reference:
        yield Registration.reference == (parse_reference(wanted.reference) or "")


def _of_course(wanted: RegistrationFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.course:
        yield Registration.course_id == wanted.course
    if wanted.provider:
        yield (Course.provider == wanted.provider) | (Course.platform == wanted.provider)
    if wanted.topic:
        yield Course.topics.op("@>")([wanted.topic])


def _of_person(wanted: RegistrationFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.city:
        yield Person.city == wanted.city
    if wanted.region:
        yield func.lower(Person.region) == wanted.region.lower()
    if wanted.channel:
        yield exists().where(
            Conversation.person_id == Registration.person_id, Conversation.channel == wanted.channel
        )
    if wanted.agency:
        yield Person.city == select(Agency.city).where(Agency.id == wanted.agency).scalar_subquery()


def _row(found: Any) -> RegistrationRow:
    return RegistrationRow(found[0], found[1], found[2], found[3], found[4])


def _channels(session: Session, person_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = {}
    wanted = select(Conversation.person_id, Conversation.channel).where(
        Conversation.person_id.in_(person_ids)
    )
    for person_id, channel in session.execute(wanted.order_by(Conversation.last_message_at.desc())):
        found.setdefault(person_id, []).append(channel)
    return found


def _notes(session: Session, registration_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    wanted = select(RegistrationChange.registration_id, RegistrationChange.note).where(
        RegistrationChange.registration_id.in_(registration_ids), RegistrationChange.note.is_not(None)
    )
    found = session.execute(wanted.order_by(RegistrationChange.at, RegistrationChange.id))
    return {row[0]: str(row[1]) for row in found}
