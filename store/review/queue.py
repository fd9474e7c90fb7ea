"""The queue of review: what was least sure first, what is marked for later, what is disputed, what is settled."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, lateral, select, true, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from store.advisers.access_scope import AccessScope
from store.core.clock import MOROCCO
from store.review.intake import OUT_OF_SCOPE
from store.tables import (
    Message,
    Person,
    ReviewAnswer,
    ReviewItem,
    ReviewMark,
    ReviewMessage,
)

Tab = Literal["queue", "saved", "skipped", "disputed", "settled"]
TABS: tuple[Tab, ...] = ("queue", "saved", "skipped", "disputed", "settled")
REASONS = ("flagged", "complained", "fallback", "out-of-scope")
Mark = Literal["skipped", "saved"]
_WAITING = ("open", "second")
COUNT_LIMIT = 99


@dataclass(frozen=True)
class ReviewFilter:
    """Which items are wanted; nothing given means any. Days are Moroccan, of the last time it was said."""

    variety: str = ""
    intent: str = ""
    channel: str = ""
    reason: str = ""
    after: date | None = None
    before: date | None = None


@dataclass(frozen=True)
class Cursor:
    """Where a page of the queue ended."""

    rank: int
    sureness: float
    item_id: uuid.UUID


@dataclass(frozen=True)
class Entry:
    """An item with the latest of its messages that the reader may see."""

    item: ReviewItem
    message: Message


@dataclass(frozen=True)
class QueuePage:
    """A page of items, and where it goes on; None at its end."""

    entries: tuple[Entry, ...]
    next: Cursor | None


def listing(
    session: Session,
    scope: AccessScope,
    adviser_id: uuid.UUID,
    tab: Tab,
    wanted: ReviewFilter,
    after: Cursor | None = None,
    limit: int = 40,
) -> QueuePage:
    """A page of items: those least sure first; in the tabs of what is done, the last changed first."""
    statement = _with_message(scope).where(*_in_tab(tab, adviser_id), *_meeting(wanted))
    if tab in ("disputed", "settled"):
        statement = statement.order_by(ReviewItem.changed_at.desc(), ReviewItem.id)
    else:
        order = (ReviewItem.rank, ReviewItem.sureness, ReviewItem.id)
        if after is not None:
            statement = statement.where(tuple_(*order) > tuple_(after.rank, after.sureness, after.item_id))
        statement = statement.order_by(*order)
    found = [Entry(row[0], row[1]) for row in session.execute(statement.limit(limit + 1))]
    shown, more = tuple(found[:limit]), len(found) > limit
    last = shown[-1].item if shown else None
    goes_on = more and last is not None and tab not in ("disputed", "settled")
    return QueuePage(shown, Cursor(last.rank, last.sureness, last.id) if goes_on and last else None)


def count(session: Session, scope: AccessScope, adviser_id: uuid.UUID, tab: Tab, wanted: ReviewFilter) -> int:
    """How many items a tab has; COUNT_LIMIT + 1 stands for more than that."""
    some = (
        _with_message(scope)
        .with_only_columns(ReviewItem.id)
        .where(*_in_tab(tab, adviser_id), *_meeting(wanted))
        .limit(COUNT_LIMIT + 1)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(some)) or 0


def of_id(session: Session, scope: AccessScope, item_id: uuid.UUID) -> Entry | None:
    """The item of this id where one of its messages may be seen; else None."""
    row = session.execute(_with_message(scope).where(ReviewItem.id == item_id)).first()
    return None if row is None else Entry(row[0], row[1])


def lock_item(session: Session, item_id: uuid.UUID) -> ReviewItem:
    """The item, held until this transaction ends."""
    wanted = select(ReviewItem).where(ReviewItem.id == item_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def alike(session: Session, scope: AccessScope, item_id: uuid.UUID, limit: int = 8) -> list[Message]:
    """The messages of an item that may be seen, the latest first."""
    wanted = (
        select(Message)
        .join(ReviewMessage, ReviewMessage.message_id == Message.id)
        .join(Person, Person.id == Message.person_id)
        .where(ReviewMessage.item_id == item_id, *_within(scope))
    )
    return list(session.scalars(wanted.order_by(ReviewMessage.message_id.desc()).limit(limit)))


def message_before(session: Session, message: Message) -> Message | None:
    """What the assistant said last before a message of the person."""
    return session.scalar(
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.direction == "out",
            Message.created_at < message.created_at,
        )
        .order_by(Message.created_at.desc(), Message.n.desc())
        .limit(1)
    )


def mark(session: Session, adviser_id: uuid.UUID, item_id: uuid.UUID, kind: Mark, at: datetime) -> None:
    """Skips an item, or saves it for later, for one adviser."""
    session.execute(
        insert(ReviewMark)
        .values(adviser_id=adviser_id, item_id=item_id, kind=kind, at=at)
        .on_conflict_do_update(index_elements=["adviser_id", "item_id"], set_={"kind": kind, "at": at})
    )


def flag(session: Session, entry: Entry) -> None:
    """Flags an item and the message it is seen by: whoever reviews finds it first."""
    item = lock_item(session, entry.item.id)
    item.flagged, item.rank = True, 0
    session.execute(update(Message).where(Message.id == entry.message.id).values(flagged=True))


def want_two(session: Session, item_id: uuid.UUID) -> bool:
    """Asks for two reviews that know nothing of each other; False where the item is settled or disputed already."""
    item = lock_item(session, item_id)
    if item.state not in _WAITING:
        return False
    item.reviews_wanted = 2
    return True


def _with_message(scope: AccessScope) -> Select[ReviewItem, Message]:
    """Items, each with the latest of its messages in the scope. An item without any is not there."""
    latest = (
        select(Message.id)
        .join(ReviewMessage, ReviewMessage.message_id == Message.id)
        .where(ReviewMessage.item_id == ReviewItem.id)
        .order_by(ReviewMessage.message_id.desc())
        .limit(1)
    )
    within = _within(scope)
    if within:
        latest = latest.join(Person, Person.id == Message.person_id).where(*within)
    chosen = lateral(latest.correlate(ReviewItem)).alias("latest")
    shown = aliased(Message, name="shown")
    return (
        select(ReviewItem, shown)
        .select_from(ReviewItem)
        .join(chosen, true())
        .join(shown, shown.id == chosen.c.id)
    )


def _within(scope: AccessScope) -> list[ColumnElement[bool]]:
    within = scope.condition()
    return [] if within is None else [within]


def _in_tab(tab: Tab, adviser_id: uuid.UUID) -> list[ColumnElement[bool]]:
    if tab in ("disputed", "settled"):
        return [ReviewItem.state == tab]
    marked = exists().where(ReviewMark.item_id == ReviewItem.id, ReviewMark.adviser_id == adviser_id)
    answered = exists().where(
        ReviewAnswer.item_id == ReviewItem.id,
        ReviewAnswer.adviser_id == adviser_id,
        ReviewAnswer.kind == "review",
    )
    theirs = ~marked if tab == "queue" else marked.where(ReviewMark.kind == tab)
    return [ReviewItem.state.in_(_WAITING), ~answered, theirs]


def _meeting(wanted: ReviewFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.variety:
        found.append(ReviewItem.variety == wanted.variety)
    if wanted.intent:
        found.append(ReviewItem.intent == wanted.intent)
    if wanted.channel:
        found.append(ReviewItem.channels.contains([wanted.channel]))
    if wanted.after:
        found.append(ReviewItem.last_written_at >= _start(wanted.after))
    if wanted.before:
        found.append(ReviewItem.last_written_at < _start(wanted.before + timedelta(days=1)))
    match wanted.reason:
        case "flagged":
            found.append(and_(ReviewItem.flagged))
        case "complained":
            found.append(and_(ReviewItem.complained))
        case "fallback":
            found.append(and_(ReviewItem.fallback))
        case "out-of-scope":
            found.append(ReviewItem.intent == OUT_OF_SCOPE)
    return found


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, MOROCCO)
