"""Two persons found to be one: everything of the one becomes the other's, in the caller's transaction.

Tables that may hold only one of something for a person (conversations, active registrations, alerts, open requests)
are joined here by hand; every other row that names the person simply changes hands, in whatever table it is.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from store.core.clock import utc_now
from store.engine import erasures as engine_erasures
from store.people.people import PersonUnknown
from store.registrations import registrations
from store.tables import (
    AdviserRequest,
    Alert,
    Base,
    Conversation,
    FigureDay,
    LinkCode,
    Message,
    Person,
    Registration,
)

_PROFILE = ("name", "city", "region", "education", "employment_status", "profile_name")
#: The later in this list, the better a registration is; those that wait have no place.
_WORTH = ("waiting", "requested", "confirmed", "in_progress")
_BUSY = ("waiting", "adviser")
MERGED = "merged"


@dataclass(frozen=True)
class Merged:
    """What became of what. `conversations`: those that are gone, and the ones their messages are in now."""

    kept: uuid.UUID
    gone: uuid.UUID
    conversations: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)


def lock_both(session: Session, one: uuid.UUID, other: uuid.UUID) -> None:
    """Holds both persons until this transaction ends, in one order whoever asks. Raises PersonUnknown."""
    locked = session.scalars(
        select(Person.id).where(Person.id.in_((one, other))).order_by(Person.id).with_for_update()
    ).all()
    if len(locked) != len({one, other}):
        raise PersonUnknown(str(one if one not in locked else other))


def merge(session: Session, keep: uuid.UUID, gone: uuid.UUID, now: datetime | None = None) -> Merged:
    """Makes all that is `gone`'s `keep`'s, and deletes `gone`. Nothing is lost but what there may be only one of.

    What `keep` told of themselves stands, gaps are filled. Of two active registrations for a course the better one
    stays, the other is cancelled and its place given on. Raises PersonUnknown, ValueError for one and the same person.
    """
    if keep == gone:
        raise ValueError("a person is not merged with themselves")
    at = now or utc_now()
    session.flush()
    lock_both(session, keep, gone)
    _join_registrations(session, keep, gone, at)
    _end_same_alerts(session, keep, gone, at)
    _join_requests(session, keep, gone, at)
    _void_codes(session, gone, at)
    joined = _join_conversations(session, keep, gone)
    _hand_over(session, Person.__table__, gone, keep)
    _join_profiles(session, keep, gone)
    session.flush()
    session.execute(update(FigureDay).where(FigureDay.who == gone).values(who=keep))
    engine_erasures.note(session, gone, at)
    session.execute(delete(Person).where(Person.id == gone))
    session.expire_all()
    return Merged(keep, gone, joined)


def _hand_over(
    session: Session, to: object, gone: uuid.UUID, keep: uuid.UUID, *, but: object | None = None
) -> None:
    """Has every row that names one row of a table name another, in any table. A row that would then say what one of
    the other says already is dropped.
    """
    for table in Base.metadata.sorted_tables:
        if table is but:
            continue
        for column in table.columns:
            if any(key.column.table is to for key in column.foreign_keys):
                for same in _unique_with(table, column):
                    _drop_second(session, table, column, same, gone, keep)
                session.execute(update(table).where(column == gone).values({column: keep}))


def _unique_with(table: Table, column: Column[Any]) -> Iterator[UniqueConstraint | PrimaryKeyConstraint]:
    """What a table holds only once for each value of this column."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint) and column in list(
            constraint.columns
        ):
            yield constraint


def _drop_second(
    session: Session,
    table: Table,
    column: Column[Any],
    same: UniqueConstraint | PrimaryKeyConstraint,
    gone: uuid.UUID,
    keep: uuid.UUID,
) -> None:
    first = table.alias()
    nulls_are_equal = same.dialect_options["postgresql"].get("nulls_not_distinct")
    others = [each for each in same.columns if each is not column]
    equal = [
        first.c[each.name].is_not_distinct_from(each) if nulls_are_equal else first.c[each.name] == each
        for each in others
    ]
    there = select(first.c[column.name]).where(first.c[column.name] == keep, *equal).exists()
    session.execute(delete(table).where(column == gone, there))


def _join_registrations(session: Session, keep: uuid.UUID, gone: uuid.UUID, at: datetime) -> None:
    mine = {each.course_id: each for each in registrations.of_person(session, keep, active_only=True)}
    for theirs in registrations.of_person(session, gone, active_only=True):
        if theirs.course_id in mine:
            worse = min(mine[theirs.course_id], theirs, key=_worth)
            registrations.cancel(session, worse.id, registrations.SYSTEM, at, MERGED)


def _worth(registration: Registration) -> tuple[int, float]:
    return _WORTH.index(registration.state), -registration.created_at.timestamp()


def _end_same_alerts(session: Session, keep: uuid.UUID, gone: uuid.UUID, at: datetime) -> None:
    mine = aliased(Alert)
    same = select(mine.id).where(
        mine.person_id == keep,
        mine.ended_at.is_(None),
        mine.topics == Alert.topics,
        func.coalesce(mine.city, "") == func.coalesce(Alert.city, ""),
    )
    session.execute(
        update(Alert)
        .where(Alert.person_id == gone, Alert.ended_at.is_(None), same.exists())
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )


def _join_requests(session: Session, keep: uuid.UUID, gone: uuid.UUID, at: datetime) -> None:
    """Of two open requests for one reason, the one that an adviser took stays, else `keep`'s, with both their words."""
    wanted = select(AdviserRequest).where(
        AdviserRequest.person_id.in_((keep, gone)), AdviserRequest.state != "closed"
    )
    found = session.scalars(
        wanted.order_by(AdviserRequest.id).with_for_update().execution_options(populate_existing=True)
    ).all()
    mine = {each.reason: each for each in found if each.person_id == keep}
    for theirs in (each for each in found if each.person_id == gone):
        if theirs.reason not in mine:
            continue
        pair = [mine[theirs.reason], theirs]
        stays, ends = reversed(pair) if theirs.state == "taken" and pair[0].state == "open" else pair
        details = dict.fromkeys(filter(None, f"{pair[0].detail or ''}\n{theirs.detail or ''}".split("\n")))
        stays.detail = "\n".join(details) or None
        stays.undelivered_at = _last(stays.undelivered_at, ends.undelivered_at)
        stays.no_contact_at = _last(stays.no_contact_at, ends.no_contact_at)
        ends.state, ends.closed_at = "closed", at
    session.flush()


def _last(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _void_codes(session: Session, gone: uuid.UUID, at: datetime) -> None:
    session.execute(
        update(LinkCode)
        .where((LinkCode.person_id == gone) | (LinkCode.claimed_by == gone), LinkCode.settled_at.is_(None))
        .values(settled_at=at)
    )


def _join_conversations(session: Session, keep: uuid.UUID, gone: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    found = session.scalars(
        select(Conversation)
        .where(Conversation.person_id.in_((keep, gone)))
        .order_by(Conversation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    mine = {each.channel: each for each in found if each.person_id == keep}
    joined = {}
    for theirs in (each for each in found if each.person_id == gone):
        if theirs.channel in mine:
            _join(session, mine[theirs.channel], theirs)
            joined[theirs.id] = mine[theirs.channel].id
            session.delete(theirs)
            session.flush()
    return joined


def _join(session: Session, mine: Conversation, theirs: Conversation) -> None:
    last_n = _number_by_time(session, mine, theirs)
    _hand_over(session, Conversation.__table__, theirs.id, mine.id, but=Message.__table__)
    mine.last_n = last_n
    mine.segments_sent += theirs.segments_sent
    mine.opened_at = min(mine.opened_at, theirs.opened_at)
    mine.last_message_at = max(mine.last_message_at, theirs.last_message_at)
    mine.danger_at = _last(mine.danger_at, theirs.danger_at)
    if theirs.state in _BUSY and mine.state not in ("adviser", theirs.state):
        for name in ("state", "state_at", "adviser_id", "give_back_at"):
            setattr(mine, name, getattr(theirs, name))
    session.flush()


def _number_by_time(session: Session, mine: Conversation, theirs: Conversation) -> int:
    """The messages of two conversations in one, numbered as if it had always been one; the last number. No number
    falls, so whoever fetches what is above a number misses nothing: they are numbered down from as many as there ever
    were, since the first ones may be kept no longer.
    """
    sent = (Message.conversation_id.in_((mine.id, theirs.id)), Message.n.is_not(None))
    left = session.scalar(select(func.count()).select_from(Message).where(*sent)) or 0
    last_n = max(left, mine.last_n + theirs.last_n)
    position = (last_n - left + func.row_number().over(order_by=(Message.created_at, Message.id))).label(
        "position"
    )
    numbered = select(Message.id, position).where(*sent).subquery()
    # First below zero, where nothing is numbered yet: numbers are unique at every moment, not only at the end.
    apart = (
        update(Message)
        .where(Message.id == numbered.c.id)
        .values(conversation_id=mine.id, n=-numbered.c.position)
    )
    session.execute(apart.execution_options(synchronize_session=False))
    session.execute(
        update(Message)
        .where(Message.conversation_id == mine.id, Message.n < 0)
        .values(n=-Message.n)
        .execution_options(synchronize_session=False)
    )
    inbound = update(Message).where(Message.conversation_id == theirs.id).values(conversation_id=mine.id)
    session.execute(inbound.execution_options(synchronize_session=False))
    return last_n


def _join_profiles(session: Session, keep: uuid.UUID, gone: uuid.UUID) -> None:
    mine, theirs = (session.get_one(Person, each, populate_existing=True) for each in (keep, gone))
    for name in _PROFILE:
        if getattr(mine, name) is None:
            setattr(mine, name, getattr(theirs, name))
    chose = theirs.variety_source == "chosen" and mine.variety_source != "chosen"
    if theirs.variety is not None and (mine.variety is None or chose):
        mine.variety, mine.variety_source = theirs.variety, theirs.variety_source
    mine.created_at = min(mine.created_at, theirs.created_at)
