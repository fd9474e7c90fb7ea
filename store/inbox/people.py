"""People as advisers look for them: by name in any script, by a phone number, by the reference of a registration."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, cast, func, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, insert
from sqlalchemy.orm import Session

from store.advisers.access_scope import AccessScope
from store.core.backlog import take_ids
from store.core.encryption import cipher_of
from store.inbox.filters import QueryWords
from store.inbox.search_index import IndexWords
from store.registrations.registrations import by_reference
from store.tables import (
    Address,
    AdviserRequest,
    Alert,
    Consent,
    Conversation,
    Course,
    NameBacklog,
    Person,
    PersonName,
    Registration,
)

_LONGEST = 200


@dataclass(frozen=True)
class PersonCursor:
    """Where a page of the list ended."""

    at: datetime
    person_id: uuid.UUID


@dataclass(frozen=True)
class PersonRow:
    """One person of the list, with the channels they write on, the last first, and how often they registered."""

    person: Person
    channels: tuple[str, ...]
    registrations: int
    last_message_at: datetime | None


@dataclass(frozen=True)
class PersonWhole:
    """All that is known of one person, but for their messages."""

    consents: tuple[Consent, ...]
    registrations: tuple[tuple[Registration, Course], ...]
    alerts: tuple[Alert, ...]
    requests: tuple[AdviserRequest, ...]
    conversations: tuple[Conversation, ...]


def take_in(session: Session, index_words: IndexWords, limit: int = 500) -> int:
    """Takes names that are new or changed into what people are found by; how many there were, 0 when none are left.

    Any number of processes may do this at once.
    """
    taken = take_ids(session, NameBacklog.person_id, limit)
    if not taken:
        return 0
    named = session.execute(
        select(Person.id, func.concat_ws("\n", Person.name, Person.profile_name))
        .where(Person.id.in_(taken))
        .with_for_update(read=True, key_share=True)
    ).all()
    rows = [
        {
            "person_id": person_id,
            "words": func.array_to_tsvector(cast(_lexemes(name, index_words), ARRAY(Text))),
        }
        for person_id, name in named
    ]
    if rows:
        put = insert(PersonName).values(rows)
        session.execute(
            put.on_conflict_do_update(index_elements=["person_id"], set_={"words": put.excluded.words})
        )
    return len(taken)


def by_name(
    session: Session, scope: AccessScope, name: str, query_words: QueryWords, *, limit: int = 50
) -> list[PersonRow]:
    """People whose names have every word, or one that begins so, the newest first."""
    lexemes = " & ".join(
        "(" + " | ".join(_lexeme(form) for form in forms) + ")" for forms in query_words(name) if forms
    )
    if not lexemes:
        return []
    found = select(PersonName.person_id).where(PersonName.words.op("@@")(cast(lexemes, TSQUERY)))
    wanted = _in(scope).where(Person.id.in_(found)).order_by(Person.created_at.desc(), Person.id.desc())
    return _rows(session, session.scalars(wanted.limit(limit)).all())


def by_numbers(session: Session, scope: AccessScope, numbers: Sequence[tuple[str, str]]) -> list[PersonRow]:
    """People with one of these addresses, each a channel and the provider's id there."""
    digests = [cipher_of(session).digest(channel, number) for channel, number in numbers]
    found = select(Address.person_id).where(Address.provider_id_digest.in_(digests))
    return _rows(session, session.scalars(_in(scope).where(Person.id.in_(found))).all())


def by_registration(session: Session, scope: AccessScope, reference: str) -> list[PersonRow]:
    """Who a registration is of, by its reference as people write it."""
    registration = by_reference(session, reference)
    if registration is None:
        return []
    return _rows(session, session.scalars(_in(scope).where(Person.id == registration.person_id)).all())


def newest(
    session: Session, scope: AccessScope, *, after: PersonCursor | None = None, limit: int = 50
) -> tuple[list[PersonRow], PersonCursor | None]:
    """A page of people, who came last first, and where it goes on; None at its end."""
    wanted = _in(scope)
    if after is not None:
        wanted = wanted.where(tuple_(Person.created_at, Person.id) < tuple_(after.at, after.person_id))
    ordered = wanted.order_by(Person.created_at.desc(), Person.id.desc())
    found = session.scalars(ordered.limit(limit + 1)).all()
    cursor = None
    if len(found) > limit:
        cursor = PersonCursor(found[limit - 1].created_at, found[limit - 1].id)
    return _rows(session, found[:limit]), cursor


def whole(session: Session, person_id: uuid.UUID) -> PersonWhole:
    """What a person's page shows beside their profile and addresses."""
    registered = session.execute(
        select(Registration, Course)
        .join(Course, Course.id == Registration.course_id)
        .where(Registration.person_id == person_id)
        .order_by(Registration.created_at.desc())
    ).all()

    def theirs(table: Any, at: Any) -> tuple[Any, ...]:
        return tuple(session.scalars(select(table).where(table.person_id == person_id).order_by(at.desc())))

    return PersonWhole(
        consents=theirs(Consent, Consent.at),
        registrations=tuple((row[0], row[1]) for row in registered),
        alerts=theirs(Alert, Alert.created_at),
        requests=theirs(AdviserRequest, AdviserRequest.created_at),
        conversations=theirs(Conversation, Conversation.last_message_at),
    )


def _in(scope: AccessScope) -> Select[Person]:
    within = scope.condition()
    wanted = select(Person)
    return wanted if within is None else wanted.where(within)


def _rows(session: Session, found: Sequence[Person]) -> list[PersonRow]:
    ids = [person.id for person in found]
    channels: dict[uuid.UUID, list[str]] = {}
    last: dict[uuid.UUID, datetime] = {}
    talked = select(Conversation).where(Conversation.person_id.in_(ids))
    for each in session.scalars(talked.order_by(Conversation.last_message_at.desc())):
        channels.setdefault(each.person_id, []).append(each.channel)
        last.setdefault(each.person_id, each.last_message_at)
    counted = session.execute(
        select(Registration.person_id, func.count())
        .where(Registration.person_id.in_(ids))
        .group_by(Registration.person_id)
    )
    registered = {row[0]: row[1] for row in counted}
    return [
        PersonRow(
            person, tuple(channels.get(person.id, ())), registered.get(person.id, 0), last.get(person.id)
        )
        for person in found
    ]


def _lexemes(name: str, index_words: IndexWords) -> list[str]:
    return sorted({form[:_LONGEST] for forms in index_words(name) for form in forms if form})


def _lexeme(form: str) -> str:
    """A word as a query takes it: what a name begins with is enough."""
    bare = form.rstrip("*") or form
    return "'" + bare.replace("\\", "\\\\").replace("'", "''") + "':*"
