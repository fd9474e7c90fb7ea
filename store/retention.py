"""What is kept no longer: each kind of data has its time, and goes then without anybody asking.

    people      who has not written for so long, with all that is kept about them
    profiles    what people told of themselves, so long after they last agreed to it, and that agreement
    said        messages, notes, what people think of the service, requests that are closed
    raw         what providers sent, beside what was understood of it
    audit       who read and did what

Figures are kept: rows of those who lapsed or are gone lead to nobody (`store/figure_rolling.py`). Everything is done
in batches, each in a transaction of its caller's, so that nobody waits long for it. Messages are found by their ids,
which begin with the time: the index over times takes it that rows of one time stand together, and this ends that.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from store import engine_erasures, figure_rolling, people, privacy
from store.clock import moroccan_day, utc_now
from store.ids import first_id_at
from store.profiles import TOLD
from store.tables import (
    Address,
    AdviserRequest,
    AuditEntry,
    Consent,
    ConversationFacts,
    Feedback,
    Message,
    MessageDue,
    Note,
    Person,
    Registration,
    RetentionProgress,
)

Kind = Literal["people", "profiles", "said", "raw", "audit"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Periods = Mapping[Kind, timedelta]
#: Until when each kind had its time.
Limits = Mapping[Kind, datetime]

_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
_DAY = timedelta(days=1)
#: A message that is fetched from a provider's list is stored up to two days after it came.
_STORED_WITHIN = timedelta(days=3)
#: Any number (PostgreSQL, advisory locks), the same in every process: one of them drops at a time.
_ONE_AT_A_TIME = 7_265_746


def limits(session: Session, periods: Periods, now: datetime) -> Limits:
    """Before which instants things are kept no longer. What the figures have not yet added up stays until they have."""
    before = {kind: now - periods[kind] for kind in KINDS}
    return {**before, "said": min(before["said"], figure_rolling.rolled_until(session))}


def due(session: Session, until: Limits) -> dict[str, int]:
    """How many rows of each kind had their time; nothing is changed."""
    said = sum(_count(session, row, condition) for row, condition in _said(until["said"]))
    return {
        "people": _count(session, Person, _silent(until["people"])),
        "profiles": _count(session, Person, _lapsed(until["profiles"])),
        "said": said,
        "raw": _count(session, Message, _raw(_progress(session), until["raw"])),
        "audit": _count(session, AuditEntry, AuditEntry.at < until["audit"]),
    }


def silent(session: Session, until: Limits, most: int = 1000) -> Sequence[uuid.UUID]:
    """Some of those nobody heard of for so long."""
    return session.scalars(select(Person.id).where(_silent(until["people"])).limit(most)).all()


def erase_silent(session: Session, person_id: uuid.UUID, until: Limits) -> bool:
    """Erases somebody with all that is kept about them, unless something was heard of them meanwhile."""
    held = select(Person.id).where(Person.id == person_id).with_for_update(skip_locked=True)
    if session.scalar(held) is None:
        return False
    # Asked in a statement of its own, which sees what was stored before they were held.
    if session.scalar(select(Person.id).where(Person.id == person_id, _silent(until["people"]))) is None:
        return False
    privacy.erase_person(session, person_id)
    return True


def drop(session: Session, kind: Kind, until: Limits, most: int = 500) -> int:
    """Drops some rows of a kind (but people) that had their time, about so many; how many, 0 when none is left, or
    another process is at it.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))):
        return 0
    return _DROPS[kind](session, until[kind], most)


@dataclass(frozen=True)
class KeptUntil:
    """The days on which a person is erased if nothing more is heard of them, and on which what they told of themselves
    goes if they do not agree to it again; None where nothing is kept of that.
    """

    everything: date
    profile: date | None


def kept_until(session: Session, person_id: uuid.UUID, periods: Periods) -> KeptUntil:
    """Until when a person is kept. Raises PersonUnknown."""
    person = people.get(session, person_id)
    heard = session.execute(
        select(
            select(func.max(Address.last_inbound_at)).where(Address.person_id == person_id).scalar_subquery(),
            select(func.max(Registration.created_at))
            .where(Registration.person_id == person_id)
            .scalar_subquery(),
        )
    ).one()
    last = max(instant for instant in (person.created_at, *heard) if instant is not None)
    agreed = session.scalar(select(_agreed()).where(Person.id == person_id))
    told = any(getattr(person, column.key) is not None for column in TOLD)
    return KeptUntil(
        everything=moroccan_day(last + periods["people"]),
        profile=moroccan_day(agreed + periods["profiles"]) if told and agreed is not None else None,
    )


def _silent(before: datetime) -> ColumnElement[bool]:
    """Nothing was heard of them since, and nobody registered them for anything."""
    heard = select(Address.id).where(Address.person_id == Person.id, Address.last_inbound_at >= before)
    registered = select(Registration.id).where(
        Registration.person_id == Person.id, Registration.created_at >= before
    )
    return and_(Person.created_at < before, ~heard.exists(), ~registered.exists())


def _agreed() -> ScalarSelect[datetime]:
    """When a person last agreed that what they tell of themselves is kept."""
    agreed = (Consent.person_id == Person.id, Consent.purpose == "registration", Consent.given)
    return select(func.max(Consent.at)).where(*agreed).correlate(Person).scalar_subquery()


def _lapsed(before: datetime) -> ColumnElement[bool]:
    told = or_(*(column.is_not(None) for column in TOLD))
    agreed = _agreed()
    # Nobody agreed to anything before they came; the rest need not be looked at.
    return and_(Person.created_at < before, told, or_(agreed.is_(None), agreed < before))


def _said(before: datetime) -> Sequence[tuple[Any, ColumnElement[bool]]]:
    return (
        (Message, and_(Message.id < first_id_at(before + _STORED_WITHIN), Message.created_at < before)),
        (Note, Note.at < before),
        (Feedback, Feedback.created_at < before),
        (AdviserRequest, and_(AdviserRequest.created_at < before, AdviserRequest.state == "closed")),
    )


def _raw(since: datetime, before: datetime) -> ColumnElement[bool]:
    return and_(
        Message.id >= first_id_at(since - _DAY),
        Message.id < first_id_at(before + _STORED_WITHIN),
        Message.created_at >= since,
        Message.created_at < before,
        Message.raw_encrypted.is_not(None),
    )


def _count(session: Session, row: Any, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(row).where(condition)) or 0


def _some(row: Any, condition: ColumnElement[bool], most: int) -> Select[Any]:
    """Ids of rows, held until the transaction ends; those that somebody else holds are passed over for now."""
    some = select(row.id).where(condition).order_by(row.id).limit(most)
    return some.with_for_update(skip_locked=True, of=row)


def _drop_profiles(session: Session, before: datetime, most: int) -> int:
    found = session.scalars(_some(Person, _lapsed(before), most)).all()
    emptied = update(Person).where(Person.id.in_(found), _lapsed(before)).values(dict.fromkeys(TOLD))
    lapsed = session.scalars(
        emptied.returning(Person.id), execution_options={"synchronize_session": False}
    ).all()
    # What the engine knows of them from what they said goes as well, and their days in the figures lead to nobody.
    for person_id in lapsed:
        engine_erasures.note(session, person_id, utc_now())
    figure_rolling.part(session, lapsed)
    # Without it they are asked anew; what they agreed to besides stands.
    session.execute(
        delete(Consent).where(
            Consent.person_id.in_(lapsed), Consent.purpose == "registration", Consent.at < before
        )
    )
    return len(found)


def _drop_said(session: Session, before: datetime, most: int) -> int:
    dropped = 0
    for row, condition in _said(before):
        told = Message.conversation_id if row is Message else row.id
        gone = _gone(session, row, condition, most, told)
        dropped += len(gone)
        if row is Message:
            _find_no_more(session, sorted(set(gone)))
    return dropped


def _gone(session: Session, row: Any, condition: ColumnElement[bool], most: int, told: Any) -> Sequence[Any]:
    """Deletes some rows; a column of each."""
    some = row.id.in_(_some(row, condition, most))
    return session.scalars(delete(row).where(some).returning(told)).all()


def _find_no_more(session: Session, conversation_ids: Sequence[uuid.UUID]) -> None:
    """Conversations are not found any more by words that are gone: their facts are put together anew."""
    last = (
        select(Message.id)
        .where(Message.conversation_id.in_(conversation_ids))
        .ext(distinct_on(Message.conversation_id))
        .order_by(Message.conversation_id, Message.created_at.desc())
    )
    session.execute(insert(MessageDue).from_select(["message_id"], last).on_conflict_do_nothing())
    left = select(Message.id).where(Message.conversation_id == ConversationFacts.conversation_id)
    session.execute(
        delete(ConversationFacts).where(
            ConversationFacts.conversation_id.in_(conversation_ids), ~left.exists()
        ),
        execution_options={"synchronize_session": False},
    )


def _drop_raw(session: Session, before: datetime, most: int) -> int:
    """Day by day from where it came to: nobody looks through all that was ever written for it."""
    session.execute(insert(RetentionProgress).values(kind="raw", until=_LONG_AGO).on_conflict_do_nothing())
    progress = session.scalars(
        select(RetentionProgress).where(RetentionProgress.kind == "raw").with_for_update()
    ).one()
    if progress.until == _LONG_AGO:
        first = session.scalar(select(Message.created_at).order_by(Message.id).limit(1)) or before
        progress.until = min(before, first - _STORED_WITHIN)
    while progress.until < before:
        after = min(before, progress.until + _DAY)
        # None is passed over: nobody looks here again.
        some = select(Message.id).where(_raw(progress.until, after)).order_by(Message.id).limit(most)
        emptied = update(Message).where(Message.id.in_(some)).values(raw_encrypted=None)
        found = session.scalars(
            emptied.returning(Message.id), execution_options={"synchronize_session": False}
        ).all()
        if found:
            return len(found)
        progress.until = after
    return 0


def _progress(session: Session) -> datetime:
    return session.scalar(select(RetentionProgress.until).where(RetentionProgress.kind == "raw")) or _LONG_AGO


def _drop_audit(session: Session, before: datetime, most: int) -> int:
    return len(_gone(session, AuditEntry, AuditEntry.at < before, most, AuditEntry.id))


_DROPS: Mapping[Kind, Callable[[Session, datetime, int], int]] = {
    "profiles": _drop_profiles,
    "said": _drop_said,
    "raw": _drop_raw,
    "audit": _drop_audit,
}
