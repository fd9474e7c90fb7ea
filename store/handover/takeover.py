"""Who answers a conversation: the assistant, an adviser who took it, or nobody yet."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select, text, update
from sqlalchemy.orm import Session

from store.advisers.access_scope import access_scope_of
from store.core.advisory_locks import AdvisoryLock, lock
from store.core.clock import utc_now
from store.tables import Adviser, AdviserRequest, Conversation, Message, Person

#: An assignment that nobody took up within this time goes to somebody else.
TAKE_UP_WITHIN = timedelta(minutes=30)
#: Replies that are no answer, though an adviser's name is on them: the service tells who serves.
_NO_ANSWER = ("adviser-took-over", "adviser-gave-back", "adviser-closed")


class TakenAlready(Exception):
    """Another adviser has the conversation; who, is in `adviser_id`."""

    def __init__(self, adviser_id: uuid.UUID) -> None:
        self.adviser_id = adviser_id
        super().__init__(str(adviser_id))


class NotTaken(Exception):
    """The adviser does not have the conversation: it was given back, closed, or handed on meanwhile."""


def lock_conversation(session: Session, conversation_id: uuid.UUID) -> Conversation:
    """The conversation, held until this transaction ends. Raises LookupError."""
    found = session.scalar(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise LookupError(str(conversation_id))
    return found


def take(
    session: Session, conversation_id: uuid.UUID, adviser_id: uuid.UUID, now: datetime, for_long: timedelta
) -> bool:
    """Gives a conversation to an adviser, until they have been silent `for_long`; False where it was theirs already.

    Raises TakenAlready, LookupError.
    """
    conversation = lock_conversation(session, conversation_id)
    if conversation.state == "adviser":
        if conversation.adviser_id == adviser_id:
            return False
        if conversation.adviser_id is not None:
            raise TakenAlready(conversation.adviser_id)
    _put(conversation, "adviser", adviser_id, now)
    conversation.give_back_at = now + for_long
    session.execute(
        update(AdviserRequest)
        .where(AdviserRequest.person_id == conversation.person_id, AdviserRequest.state == "open")
        .values(state="taken")
    )
    session.execute(update(Adviser).where(Adviser.id == adviser_id).values(last_assigned_at=now))
    session.flush()
    return True


def locked_for(session: Session, conversation_id: uuid.UUID, adviser_id: uuid.UUID) -> Conversation:
    """The conversation, held, where this adviser has it. Raises NotTaken, LookupError."""
    conversation = lock_conversation(session, conversation_id)
    if conversation.state != "adviser" or conversation.adviser_id != adviser_id:
        raise NotTaken(str(conversation_id))
    return conversation


def give_back(session: Session, conversation_id: uuid.UUID, now: datetime, *, closed: bool = False) -> bool:
    """Gives a conversation back to the assistant, or closes it; the requests of its person are settled.

    False, and nothing changed, where it was so already. Raises LookupError.
    """
    conversation = lock_conversation(session, conversation_id)
    wanted = "closed" if closed else "assistant"
    if conversation.state == wanted:
        return False
    _put(conversation, wanted, None, now)
    session.flush()
    _settle_requests(session, conversation.person_id, now)
    return True


def give_back_overdue(session: Session, now: datetime, limit: int = 100) -> list[Conversation]:
    """Gives back every conversation whose adviser was silent too long; who is returned is to be told."""
    overdue = session.scalars(
        select(Conversation)
        .where(Conversation.state == "adviser", Conversation.give_back_at <= now)
        .order_by(Conversation.give_back_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for conversation in overdue:
        _put(conversation, "assistant", None, now)
        session.flush()
        _settle_requests(session, conversation.person_id, now)
    return list(overdue)


def wait(session: Session, person_id: uuid.UUID, now: datetime | None = None) -> None:
    """Puts the conversations of a person who asked for an adviser among those that wait."""
    session.execute(
        update(Conversation)
        .where(Conversation.person_id == person_id, Conversation.state.in_(("assistant", "closed")))
        .values(state="waiting", state_at=now or utc_now())
        .execution_options(synchronize_session="fetch")
    )


def wait_no_more(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    """Takes a person's conversations from among those that wait, once no request of theirs is open."""
    still = select(AdviserRequest.id).where(
        AdviserRequest.person_id == person_id, AdviserRequest.state == "open"
    )
    session.flush()
    if session.scalar(still.limit(1)) is not None:
        return
    session.execute(
        update(Conversation)
        .where(Conversation.person_id == person_id, Conversation.state == "waiting")
        .values(state="assistant", state_at=now, adviser_id=None)
        .execution_options(synchronize_session="fetch")
    )


def assign(
    session: Session, conversation_id: uuid.UUID, adviser_id: uuid.UUID, now: datetime, for_long: timedelta
) -> None:
    """Hands a conversation to a colleague: one that waits waits for them, one that an adviser has is theirs.

    One that the assistant answers begins to wait for them. Raises LookupError.
    """
    conversation = lock_conversation(session, conversation_id)
    state = "adviser" if conversation.state == "adviser" else "waiting"
    _put(conversation, state, adviser_id, now)
    if state == "adviser":
        conversation.give_back_at = now + for_long
    session.execute(update(Adviser).where(Adviser.id == adviser_id).values(last_assigned_at=now))
    session.flush()


def assign_waiting(session: Session, now: datetime, limit: int = 200) -> int:
    """Shares out the conversations that wait for nobody in particular, the longest waiting first; how many it shared.

    To an adviser of the person's city who takes new ones, and of those to who has the fewest, then to who got one
    longest ago. What was assigned and not taken up in TAKE_UP_WITHIN is shared out again.
    """
    # One process at a time: two would give the same adviser the next one each.
    lock(session, AdvisoryLock.ASSIGNING)
    idle = now - TAKE_UP_WITHIN
    waiting = session.execute(
        select(Conversation, Person.city, Person.region)
        .join(Person, Person.id == Conversation.person_id)
        .where(
            Conversation.state == "waiting",
            (Conversation.adviser_id.is_(None)) | (Conversation.state_at <= idle),
        )
        .order_by(Conversation.last_message_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Conversation)
    ).all()
    candidates = _candidates(session)
    load = _load(session)
    shared = 0
    for conversation, city, region in waiting:
        chosen = _next(candidates, load, conversation.adviser_id, city, region)
        if chosen is None:
            continue
        _put(conversation, "waiting", chosen.id, now)
        chosen.last_assigned_at = now
        load[chosen.id] = load.get(chosen.id, 0) + 1
        shared += 1
    session.flush()
    return shared


def reassign_idle(
    session: Session, now: datetime, silent_for: timedelta, limit: int = 100
) -> list[tuple[Conversation, uuid.UUID]]:
    """Hands on the conversations in which somebody has waited `silent_for` for an answer of the adviser who has it.

    To the next by round robin, who is chosen as in `assign_waiting`; where there is nobody else it stays. When it goes
    back to the assistant is left as it was. Returns each conversation with whose it was.
    """
    lock(session, AdvisoryLock.ASSIGNING)
    silent_since = now - silent_for
    answered = (
        select(func.max(Message.created_at))
        .where(
            Message.conversation_id == Conversation.id,
            Message.author_kind == "adviser",
            ~Message.reply_keys.overlap(_NO_ANSWER),
        )
        .correlate(Conversation)
        .scalar_subquery()
    )
    unanswered = exists().where(
        Message.conversation_id == Conversation.id,
        Message.direction == "in",
        Message.created_at <= silent_since,
        (answered.is_(None)) | (Message.created_at > answered),
    )
    idle = session.execute(
        select(Conversation, Person.city, Person.region)
        .join(Person, Person.id == Conversation.person_id)
        .where(Conversation.state == "adviser", Conversation.state_at <= silent_since, unanswered)
        .order_by(Conversation.state_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Conversation)
    ).all()
    candidates = _candidates(session)
    load = _load(session)
    moved = []
    for conversation, city, region in idle:
        chosen = _next(candidates, load, conversation.adviser_id, city, region)
        before = conversation.adviser_id
        if chosen is None or before is None:
            continue
        gives_back = conversation.give_back_at
        _put(conversation, "adviser", chosen.id, now)
        conversation.give_back_at = gives_back
        chosen.last_assigned_at = now
        load[chosen.id] = load.get(chosen.id, 0) + 1
        moved.append((conversation, before))
    session.flush()
    return moved


def load_of(session: Session) -> dict[uuid.UUID, int]:
    """How many conversations each adviser has, or is to take."""
    return _load(session)


def _load(session: Session) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(Conversation.adviser_id, func.count())
        .where(Conversation.adviser_id.is_not(None), Conversation.state.in_(("waiting", "adviser")))
        .group_by(Conversation.adviser_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def _candidates(session: Session) -> Sequence[Adviser]:
    """Advisers on whom the round robin counts."""
    return session.scalars(
        select(Adviser).where(
            Adviser.disabled_at.is_(None), Adviser.takes_new, Adviser.role.in_(("adviser", "supervisor"))
        )
    ).all()


def _next(
    candidates: Sequence[Adviser],
    load: Mapping[uuid.UUID, int],
    but: uuid.UUID | None,
    city: str | None,
    region: str | None,
) -> Adviser | None:
    """Who gets the next one: of those who serve the place, who has the fewest, then who got one longest ago."""
    able = [a for a in candidates if a.id != but and serves(a, city, region)]
    return min(able, key=lambda a: (load.get(a.id, 0), _since(a.last_assigned_at), a.login), default=None)


def serves(adviser: Adviser, city: str | None, region: str | None) -> bool:
    """Whether somebody of this place is among those whom the adviser sees."""
    return access_scope_of(adviser).includes(city, region)


def _since(at: datetime | None) -> float:
    return 0.0 if at is None else at.timestamp()


def _put(conversation: Conversation, state: str, adviser_id: uuid.UUID | None, now: datetime) -> None:
    conversation.state = state
    conversation.state_at = now
    conversation.adviser_id = adviser_id
    conversation.give_back_at = None


def _settle_requests(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    """Closes the requests of a person whom no adviser has any more, on any channel."""
    elsewhere = select(Conversation.id).where(
        Conversation.person_id == person_id, Conversation.state == "adviser"
    )
    if session.scalar(elsewhere.limit(1)) is not None:
        return
    session.execute(
        update(AdviserRequest)
        .where(AdviserRequest.person_id == person_id, AdviserRequest.state != "closed")
        .values(state="closed", closed_at=now)
    )
    wait_no_more(session, person_id, now)


def write_author(session: Session, message_ids: Sequence[uuid.UUID], adviser_id: uuid.UUID) -> None:
    """Notes that an adviser wrote these messages."""
    session.execute(
        text(
            "update messages set author_kind = 'adviser', author_adviser_id = :adviser_id, author = :author"
            " where id = any(:ids)"
        ),
        {"adviser_id": adviser_id, "author": f"adviser:{adviser_id}", "ids": list(message_ids)},
    )
