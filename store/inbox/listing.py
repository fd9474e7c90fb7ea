"""The inbox: conversations as a list, newest first, within what an adviser may see."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any as AnyValue

from sqlalchemy import ColumnElement, func, select, tuple_, union_all
from sqlalchemy.orm import Session

from store.advisers.access_scope import AccessScope
from store.advisers.tags import of_conversations
from store.handover.requests import URGENT
from store.inbox.filters import Filter, Reader, condition, unread, ways
from store.tables import Adviser, AdviserRequest, Conversation, Message, Person

#: A count above this is told as "more than": counting on would take longer than knowing is worth.
COUNT_LIMIT = 99
_SNIPPET = 160


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list ended: what comes after it starts below."""

    at: datetime
    conversation_id: uuid.UUID


@dataclass(frozen=True)
class Row:
    """One conversation of the list. `waiting_since`: when the oldest request still open was made."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str | None
    channel: str
    state: str
    variety: str | None
    city: str | None
    last_message_at: datetime
    adviser_id: uuid.UUID | None
    adviser_name: str | None
    unread: bool
    waiting_since: datetime | None
    snippet: str
    snippet_from_person: bool
    snippet_media: str | None
    flagged: bool
    tags: tuple[str, ...]
    urgent: bool = False


@dataclass(frozen=True)
class ListPage:
    """A page of the list, and where it goes on; None at its end."""

    rows: tuple[Row, ...]
    next: Cursor | None


def listing(
    session: Session,
    scope: AccessScope,
    wanted: Filter,
    reader: Reader,
    *,
    after: Cursor | None = None,
    oldest_first: bool = False,
    limit: int = 40,
) -> ListPage:
    """A page of the conversations that a filter is met by, by their last message, newest first (or oldest)."""
    order = (Conversation.last_message_at, Conversation.id)
    direction = [column.asc() if oldest_first else column.desc() for column in order]
    beyond: list[ColumnElement[bool]] = []
    if after is not None:
        key, last = tuple_(*order), tuple_(after.at, after.conversation_id)
        beyond = [key > last if oldest_first else key < last]
    statement = (
        select(Conversation, Person, unread(reader.adviser_id))
        .join(Person, Person.id == Conversation.person_id)
        .where(*_first(scope, wanted, reader, beyond, direction, limit + 1))
    )
    found = [
        (row[0], row[1], bool(row[2]))
        for row in session.execute(statement.order_by(*direction).limit(limit + 1))
    ]
    shown = found[:limit]
    next_cursor = None
    if len(found) > limit:
        last_shown = shown[-1][0]
        next_cursor = Cursor(last_shown.last_message_at, last_shown.id)
    return ListPage(_rows(session, shown), next_cursor)


def count(session: Session, scope: AccessScope, wanted: Filter, reader: Reader) -> int:
    """How many conversations meet a filter; COUNT_LIMIT + 1 stands for more than that."""
    some = (
        select(Conversation.id)
        .join(Person, Person.id == Conversation.person_id)
        .where(*_first(scope, wanted, reader, [], [], COUNT_LIMIT + 1))
        .limit(COUNT_LIMIT + 1)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(some)) or 0


def ids(
    session: Session,
    scope: AccessScope,
    wanted: Filter,
    reader: Reader,
    chosen: Sequence[uuid.UUID] | None,
    limit: int,
) -> list[uuid.UUID]:
    """The conversations that a filter is met by, the last written in first; of the chosen ones where any are named."""
    order = (Conversation.last_message_at, Conversation.id)
    direction = [column.desc() for column in order]
    among = [] if chosen is None else [Conversation.id.in_(chosen)]
    statement = (
        select(Conversation.id)
        .join(Person, Person.id == Conversation.person_id)
        .where(*_first(scope, wanted, reader, among, direction, limit))
    )
    return list(session.scalars(statement.order_by(*direction).limit(limit)))


def _first(
    scope: AccessScope,
    wanted: Filter,
    reader: Reader,
    more: Sequence[ColumnElement[bool]],
    direction: Sequence[ColumnElement[AnyValue]],
    limit: int,
) -> list[ColumnElement[bool]]:
    """The conditions of a list that is read no further than `limit`, on conversations joined with their persons.

    Where a filter can be met in several ways, the list is among the first of each.
    """
    several = ways(wanted, reader)
    if len(several) == 1:
        return [*_matching(scope, wanted, reader), *more]
    each = [
        select(Conversation.id)
        .join(Person, Person.id == Conversation.person_id)
        .where(*_matching(scope, way, reader), *more)
        .order_by(*direction)
        .limit(limit)
        .correlate(None)
        for way in several
    ]
    return [Conversation.id.in_(union_all(*each))]


def _matching(scope: AccessScope, wanted: Filter, reader: Reader) -> list[ColumnElement[bool]]:
    """The conditions of a list, on conversations joined with their persons."""
    within = scope.condition()
    return [condition(wanted, reader), *([] if within is None else [within])]


def _rows(session: Session, found: Sequence[tuple[Conversation, Person, bool]]) -> tuple[Row, ...]:
    ids = [conversation.id for conversation, _, _ in found]
    last = _last_messages(session, ids)
    waiting = _waiting_since(session, [person.id for _, person, _ in found])
    flagged = set(
        session.scalars(
            select(Message.conversation_id)
            .where(Message.conversation_id.in_(ids), Message.flagged)
            .distinct()
        )
    )
    tags = of_conversations(session, ids)
    urgent = _urgent(session, [person.id for _, person, _ in found])
    advisers = _names(session, {c.adviser_id for c, _, _ in found if c.adviser_id is not None})
    return tuple(
        Row(
            id=conversation.id,
            person_id=person.id,
            name=person.name or person.profile_name,
            channel=conversation.channel,
            state=conversation.state,
            variety=person.variety,
            city=person.city,
            last_message_at=conversation.last_message_at,
            adviser_id=conversation.adviser_id,
            adviser_name=advisers.get(conversation.adviser_id) if conversation.adviser_id else None,
            unread=is_unread,
            waiting_since=waiting.get(person.id),
            snippet=_snippet(last.get(conversation.id)),
            snippet_from_person=_from_person(last.get(conversation.id)),
            snippet_media=_media(last.get(conversation.id)),
            flagged=conversation.id in flagged,
            tags=tuple(tags.get(conversation.id, ())),
            urgent=person.id in urgent,
        )
        for conversation, person, is_unread in found
    )


def _last_messages(session: Session, ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Message]:
    if not ids:
        return {}
    newest = (
        select(Message.id)
        .where(Message.conversation_id == Conversation.id)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
        .correlate(Conversation)
        .scalar_subquery()
    )
    chosen = select(newest).where(Conversation.id.in_(ids))
    messages = session.scalars(select(Message).where(Message.id.in_(chosen)))
    return {message.conversation_id: message for message in messages}


def _snippet(message: Message | None) -> str:
    snippet = " ".join((message.text or "").split()) if message is not None else ""
    return snippet if len(snippet) <= _SNIPPET else snippet[: _SNIPPET - 1] + "…"


def _from_person(message: Message | None) -> bool:
    return message is not None and message.direction == "in"


def _media(message: Message | None) -> str | None:
    return str(message.media.get("kind")) if message is not None and message.media else None


def _waiting_since(session: Session, person_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, datetime]:
    rows = session.execute(
        select(AdviserRequest.person_id, func.min(AdviserRequest.created_at))
        .where(AdviserRequest.person_id.in_(person_ids), AdviserRequest.state == "open")
        .group_by(AdviserRequest.person_id)
    )
    return {row[0]: row[1] for row in rows}


def _urgent(session: Session, person_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    wanted = select(AdviserRequest.person_id).where(
        AdviserRequest.person_id.in_(person_ids),
        AdviserRequest.reason == URGENT,
        AdviserRequest.state != "closed",
    )
    return set(session.scalars(wanted))


def _names(session: Session, ids: set[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    rows = session.execute(select(Adviser.id, Adviser.display_name).where(Adviser.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def visible(
    session: Session, scope: AccessScope, conversation_id: uuid.UUID
) -> tuple[Conversation, Person] | None:
    """The conversation of this id with its person, where the scope has it; else None."""
    statement = (
        select(Conversation, Person)
        .join(Person, Person.id == Conversation.person_id)
        .where(Conversation.id == conversation_id)
    )
    within = scope.condition()
    row = session.execute(statement if within is None else statement.where(within)).first()
    return None if row is None else (row[0], row[1])


def visible_person(session: Session, scope: AccessScope, person_id: uuid.UUID) -> Person | None:
    """The person of this id, where the scope has them; else None."""
    within = scope.condition()
    statement = select(Person).where(Person.id == person_id)
    return session.scalar(statement if within is None else statement.where(within))
