"""Codes that link two channels of one person: asked for on one, written on the other, confirmed on the first.

A code is six digits, good once and for fifteen minutes; only its digest is kept. A million codes and few of them open
make guessing hopeless, and three limits keep it so: codes an hour for a person, six-digit messages an hour for a
conversation, and wrong ones against a code, whoever wrote them.
"""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.encryption import cipher_of
from store.tables import LinkCode, Message

VALID = timedelta(minutes=15)
DIGITS = 6
CODES_AN_HOUR = 3
GUESSES_AN_HOUR = 5
#: Wrong codes by anybody after which an open code is void: a chance of 1 in 2,000 to have guessed it, and its owner
#: would still have to say that it was them.
WRONG_TRIES = 500

_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)
_KIND = "link-code"
# Digits as people write them: Latin, Arabic-Indic, Persian; parted by spaces or hyphens.
_SIX_DIGITS = r"^\s*([0-9٠-٩۰-۹][\s-]*){6}$"

Refused = Literal["unknown", "expired", "own", "too-many"]


@dataclass(frozen=True)
class Question:
    """A code that was written on another channel, and whether its owner says yes to it.

    `person_id` asked for it on `channel`; `claimed_by` wrote it on `claimed_on`.
    """

    code_id: uuid.UUID
    person_id: uuid.UUID
    channel: str
    claimed_by: uuid.UUID
    claimed_on: str


def create_code(
    session: Session, person_id: uuid.UUID, channel: str, now: datetime | None = None
) -> str | None:
    """A new code of a person, in place of those they had; None where they had too many within the hour."""
    at = now or utc_now()
    session.execute(delete(LinkCode).where(LinkCode.created_at < at - _KEPT))
    mine = select(func.count()).where(LinkCode.person_id == person_id, LinkCode.created_at > at - _HOUR)
    if (session.scalar(mine) or 0) >= CODES_AN_HOUR:
        return None
    session.execute(
        update(LinkCode)
        .where(LinkCode.person_id == person_id, LinkCode.settled_at.is_(None))
        .values(settled_at=at)
    )
    code = _unused(session, at)
    session.add(
        LinkCode(
            person_id=person_id,
            channel=channel,
            code_digest=_digest(session, code),
            expires_at=at + VALID,
            created_at=at,
        )
    )
    session.flush()
    return code


def claim(
    session: Session, message_id: uuid.UUID, code: str, now: datetime | None = None
) -> Question | Refused:
    """What a six-digit message comes to: the question for the owner of the code, now claimed by who wrote it.

    unknown: nobody has such a code. expired: it was one, or somebody else was quicker. own: it is the writer's own.
    too-many: this conversation had its guesses.
    """
    at = now or utc_now()
    if not _any_open(session, at):
        return "expired" if _was_one(session, code) else "unknown"
    message = session.get_one(Message, message_id)
    if _guesses(session, message.conversation_id, at) > GUESSES_AN_HOUR:
        return "too-many"
    found = session.scalars(
        select(LinkCode).where(LinkCode.code_digest == _digest(session, code), *_open(at)).with_for_update()
    ).all()
    if len(found) != 1:
        _count_wrong_try(session, at)
        return "expired" if _was_one(session, code) else "unknown"
    entry = found[0]
    if entry.person_id == message.person_id:
        return "own"
    if entry.claimed_by not in (None, message.person_id):
        return "expired"
    entry.claimed_by, entry.claimed_on, entry.claimed_at = message.person_id, message.channel, at
    session.flush()
    return Question(entry.id, entry.person_id, entry.channel, message.person_id, message.channel)


def open_question(
    session: Session,
    code_id: uuid.UUID,
    person_id: uuid.UUID,
    now: datetime | None = None,
    *,
    lock: bool = True,
) -> Question | None:
    """The question about a code, where it still waits for its answer and this person is one of the two it is about.

    `hold`: nobody else settles it before this transaction ends. Who joins the two persons locks them before that, as
    erasing does (store/lifecycle/merging.py).
    """
    at = now or utc_now()
    wanted = select(LinkCode).where(
        LinkCode.id == code_id, LinkCode.settled_at.is_(None), LinkCode.claimed_at > at - VALID
    )
    if lock:
        wanted = wanted.with_for_update()
    entry = session.scalar(wanted.execution_options(populate_existing=True))
    if entry is None or entry.claimed_by is None or entry.claimed_on is None:
        return None
    if person_id not in (entry.person_id, entry.claimed_by):
        return None
    return Question(entry.id, entry.person_id, entry.channel, entry.claimed_by, entry.claimed_on)


def settle(session: Session, code_id: uuid.UUID, now: datetime | None = None) -> None:
    """Ends a code: whatever was answered, it opens nothing any more."""
    session.execute(update(LinkCode).where(LinkCode.id == code_id).values(settled_at=now or utc_now()))


def was_prompted(session: Session, conversation_id: uuid.UUID) -> bool:
    """Whether the last thing we said in a conversation offered choices: only then does a bare "yes" answer them."""
    last = select(Message.options).where(Message.conversation_id == conversation_id, Message.n.is_not(None))
    return bool(session.scalar(last.order_by(Message.n.desc()).limit(1)))


def _open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        LinkCode.settled_at.is_(None),
        LinkCode.expires_at > at,
        LinkCode.wrong_tries < WRONG_TRIES,
    )


def _any_open(session: Session, at: datetime) -> bool:
    return session.scalar(select(LinkCode.id).where(*_open(at)).limit(1)) is not None


def _was_one(session: Session, code: str) -> bool:
    wanted = select(LinkCode.id).where(LinkCode.code_digest == _digest(session, code))
    return session.scalar(wanted.limit(1)) is not None


def _guesses(session: Session, conversation_id: uuid.UUID, at: datetime) -> int:
    return (
        session.scalar(
            select(func.count()).where(
                Message.conversation_id == conversation_id,
                Message.created_at > at - _HOUR,
                Message.direction == "in",
                Message.text.op("~")(_SIX_DIGITS),
            )
        )
        or 0
    )


def _count_wrong_try(session: Session, at: datetime) -> None:
    # In one order, or two wrong codes at the same moment could wait for each other.
    rows = select(LinkCode.id).where(*_open(at)).order_by(LinkCode.id).with_for_update()
    session.execute(
        update(LinkCode)
        .where(LinkCode.id.in_(rows.scalar_subquery()))
        .values(wrong_tries=LinkCode.wrong_tries + 1)
    )


def _unused(session: Session, at: datetime) -> str:
    """A code that opens nothing else."""
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        taken = select(LinkCode.id).where(LinkCode.code_digest == _digest(session, code), *_open(at))
        if session.scalar(taken.limit(1)) is None:
            return code


def _digest(session: Session, code: str) -> str:
    return cipher_of(session).digest(_KIND, code)
