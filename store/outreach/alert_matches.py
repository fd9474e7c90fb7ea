"""Who asked to be told of a course like this one: found, counted, told once, and never who wants no messages."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from store.core.ids import new_id
from store.outreach.reachable import opted_out_anywhere
from store.people.consents import has_consent
from store.tables import Address, Alert, Consent, Conversation, Course, CourseTelling, Person


@dataclass(frozen=True)
class Audience:
    """Whom a course would be told of: how many by (channel, variety)."""

    groups: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        return sum(self.groups.values())

    def by_channel(self) -> dict[str, int]:
        """How many on each channel, the most first."""
        found: dict[str, int] = {}
        for (channel, _), many in self.groups.items():
            found[channel] = found.get(channel, 0) + many
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


@dataclass(frozen=True)
class Telling:
    """One person to tell of one course now."""

    id: uuid.UUID
    person_id: uuid.UUID
    course_id: str
    adviser_id: uuid.UUID | None


def audience(session: Session, course: Course) -> Audience:
    """Who would be told of a course: an alert of theirs matches, they agreed to alerts, and they want messages."""
    to_tell = _to_tell(course).subquery()
    groups = session.execute(
        select(to_tell.c.channel, to_tell.c.variety, func.count()).group_by(
            to_tell.c.channel, to_tell.c.variety
        )
    )
    counted: dict[tuple[str, str], int] = {}
    for channel, variety, many in groups:
        counted[channel, variety or "fr"] = counted.get((channel, variety or "fr"), 0) + many
    return Audience(counted)


def queue(session: Session, course: Course, adviser_id: uuid.UUID, now: datetime) -> int:
    """Puts everybody of the audience down to be told, each once for all; how many there are."""
    persons = session.scalars(select(_to_tell(course).subquery().c.person_id)).all()
    rows = [
        {
            "id": new_id(), "person_id": person, "course_id": course.id, "adviser_id": adviser_id,
            "state": "due", "requested_at": now,
        }
        for person in persons
    ]  # fmt: skip
    put = 0
    for start in range(0, len(rows), 1000):
        some = insert(CourseTelling).values(rows[start : start + 1000]).on_conflict_do_nothing()
        put += len(session.scalars(some.returning(CourseTelling.id)).all())
    return put


def pending(session: Session, limit: int) -> list[Telling]:
    """Those who are to be told next, held until this transaction ends."""
    rows = session.scalars(
        select(CourseTelling)
        .where(CourseTelling.state == "due")
        .order_by(CourseTelling.requested_at, CourseTelling.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Telling(row.id, row.person_id, row.course_id, row.adviser_id) for row in rows]


def hindrance(session: Session, telling: Telling) -> str | None:
    """Why this person is not told after all (a code): much may have changed since it was asked for."""
    course = session.get(Course, telling.course_id)
    if course is None or course.status != "open" or course.withdrawn_at is not None:
        return "course-closed"
    if not has_consent(session, telling.person_id, "alerts"):
        return "no-consent"
    if opted_out_anywhere(session, telling.person_id):
        return "opted-out"
    still = select(Alert.id).where(Alert.person_id == telling.person_id, _fits(course)).limit(1)
    return None if session.scalar(still) is not None else "no-alert"


def settle(session: Session, telling_id: uuid.UUID, reason: str | None, now: datetime) -> None:
    """Notes that somebody was told, or why they were not."""
    session.execute(
        update(CourseTelling)
        .where(CourseTelling.id == telling_id)
        .values(state="told" if reason is None else "skipped", reason=reason, done_at=now)
    )


def progress(session: Session, course_id: str) -> Mapping[str, int]:
    """How many are still to be told of a course, were told, and were left out."""
    counted = session.execute(
        select(CourseTelling.state, func.count())
        .where(CourseTelling.course_id == course_id)
        .group_by(CourseTelling.state)
    )
    return {row[0]: row[1] for row in counted}


def _fits(course: Course) -> ColumnElement[bool]:
    """Whether an alert is for such a course: its topics, anywhere where it is online, else in its city."""
    topics = or_(func.cardinality(Alert.topics) == 0, Alert.topics.op("&&")(course.topics))
    online = course.mode in (None, "online", "hybrid") or course.city is None
    city = true() if online else or_(Alert.city.is_(None), Alert.city == course.city)
    return and_(Alert.ended_at.is_(None), topics, city)


def _to_tell(course: Course) -> Select[uuid.UUID, str, str | None]:
    """Each person to tell, with the channel they were last on where they can be written to, and their variety."""
    last = (
        select(Consent.person_id, Consent.given)
        .where(Consent.purpose == "alerts")
        .ext(distinct_on(Consent.person_id))
        .order_by(Consent.person_id, Consent.at.desc(), Consent.id.desc())
        .subquery()
    )
    reached = exists().where(
        Address.person_id == Conversation.person_id,
        Address.channel == Conversation.channel,
        Address.state == "active",
    )
    return (
        select(Conversation.person_id, Conversation.channel, Person.variety)
        .join(Person, Person.id == Conversation.person_id)
        .join(last, last.c.person_id == Person.id)
        .where(
            last.c.given,
            reached,
            exists().where(Alert.person_id == Person.id, _fits(course)),
            ~exists().where(Address.person_id == Person.id, Address.state == "opted_out"),
            ~exists().where(CourseTelling.person_id == Person.id, CourseTelling.course_id == course.id),
        )
        .ext(distinct_on(Conversation.person_id))
        .order_by(Conversation.person_id, Conversation.last_message_at.desc(), Conversation.id)
    )
