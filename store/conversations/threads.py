"""A conversation as it is read: its messages, and what is known of its person beside them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from store.tables import (
    AdviserRequest,
    Alert,
    Consent,
    Conversation,
    Course,
    Message,
    Registration,
)


@dataclass(frozen=True)
class MessagePage:
    """Messages of a conversation, oldest first; `earlier`: there are more before them."""

    messages: tuple[Message, ...]
    earlier: bool


def messages(
    session: Session, conversation_id: uuid.UUID, before: uuid.UUID | None = None, limit: int = 60
) -> MessagePage:
    """The last messages of a conversation, or those before one of its messages."""
    wanted = select(Message).where(Message.conversation_id == conversation_id)
    if before is not None:
        pivot = select(Message.created_at).where(
            Message.id == before, Message.conversation_id == conversation_id
        )
        wanted = wanted.where(Message.created_at < pivot.scalar_subquery())
    found = session.scalars(
        wanted.order_by(Message.created_at.desc(), Message.direction.desc(), Message.n.desc(), Message.id.desc())
        .limit(limit + 1)
    ).all()  # fmt: skip
    return MessagePage(tuple(reversed(found[:limit])), len(found) > limit)


@dataclass(frozen=True)
class PersonFacts:
    """What is known of a person beside the messages of one conversation."""

    consents: tuple[Consent, ...]
    registrations: tuple[tuple[Registration, Mapping[str, str]], ...]
    requests: tuple[AdviserRequest, ...]
    alerts: tuple[Alert, ...]
    others: tuple[Conversation, ...]


def person_facts(session: Session, conversation: Conversation) -> PersonFacts:
    """All that stands beside a thread."""
    person_id = conversation.person_id
    registered = session.execute(
        select(Registration, Course)
        .join(Course, Course.id == Registration.course_id)
        .where(Registration.person_id == person_id)
        .order_by(Registration.created_at.desc())
        .limit(20)
    ).all()
    return PersonFacts(
        consents=_last_consents(session, person_id),
        registrations=tuple((row[0], titles_of_course(row[1])) for row in registered),
        requests=tuple(
            session.scalars(
                select(AdviserRequest)
                .where(AdviserRequest.person_id == person_id)
                .order_by(AdviserRequest.created_at.desc())
                .limit(10)
            )
        ),
        alerts=tuple(
            session.scalars(select(Alert).where(Alert.person_id == person_id, Alert.ended_at.is_(None)))
        ),
        others=tuple(
            session.scalars(
                select(Conversation)
                .where(Conversation.person_id == person_id, Conversation.id != conversation.id)
                .order_by(Conversation.last_message_at.desc())
            )
        ),
    )


def titles_of_course(course: Course) -> Mapping[str, str]:
    """The titles of a course by language; `` for the one it was published under."""
    known = {"": course.title, "fr": course.title_fr, "ar": course.title_ar}
    return {language: title for language, title in known.items() if title}


def _last_consents(session: Session, person_id: uuid.UUID) -> tuple[Consent, ...]:
    """The last answer about each purpose."""
    latest = (
        select(Consent)
        .where(Consent.person_id == person_id)
        .ext(distinct_on(Consent.purpose))
        .order_by(Consent.purpose, Consent.at.desc(), Consent.id.desc())
    )
    return tuple(session.scalars(latest))


def courses_shown(session: Session, conversation_id: uuid.UUID, limit: int = 12) -> list[Mapping[str, str]]:
    """The titles of the courses offered in a conversation, the last first."""
    offered = session.scalars(
        select(Message.options)
        .where(Message.conversation_id == conversation_id, Message.n.is_not(None), Message.options != [])
        .order_by(Message.n.desc())
        .limit(60)
    )
    ids = dict.fromkeys(each for options in offered for each in _course_ids(options or ()))
    wanted = list(ids)[:limit]
    courses = {row.id: row for row in session.scalars(select(Course).where(Course.id.in_(wanted)))}
    return [titles_of_course(courses[each]) for each in wanted if each in courses]


def _course_ids(options: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        str(entity.get("value"))
        for option in options
        for entity in option.get("entities") or ()
        if entity.get("entity") == "course"
    ]


def set_flag(session: Session, conversation_id: uuid.UUID, message_id: uuid.UUID, flagged: bool) -> bool:
    """Flags a message of a conversation, or takes the flag off; False where it has no such message."""
    changed = session.scalar(
        update(Message)
        .where(Message.id == message_id, Message.conversation_id == conversation_id)
        .values(flagged=flagged)
        .returning(Message.id)
    )
    return changed is not None


def has_message(session: Session, conversation_id: uuid.UUID, message_id: uuid.UUID) -> bool:
    """Whether the message is of this conversation."""
    wanted = select(Message.id).where(Message.id == message_id, Message.conversation_id == conversation_id)
    return session.scalar(wanted) is not None
