"""Messages taken into the queue of review: those of one variety that fold alike become one item."""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.backlog import take_ids
from store.core.folding import Fold
from store.core.ids import new_id
from store.tables import Message, ReviewBacklog, ReviewItem, ReviewMessage

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
#: Whether the words of a message, understood as this intent, complain about the answer before.
Complains = Callable[[str, str], bool]
#: A complaint is about what was answered within this time.
_SHORTLY = timedelta(hours=1)
#: A message taken for out of scope is sent away: being wrong costs more than elsewhere.
_SENT_AWAY = 0.8


@dataclass(frozen=True)
class Reading:
    """How a message was understood, whether or not the assistant went by it. `sureness`: 0 to 1."""

    intent: str
    confidence: float
    sureness: float
    fallback: bool
    variety: str


def reading_of(understanding: Mapping[str, Any] | None) -> Reading | None:
    """The likeliest intent and how sure it is; None for what was not understood from words.

    The sureness is the confidence, less where the runner-up is near, and less for what was found out of scope.
    """
    found = understanding or {}
    ranking = [(str(name), float(share)) for name, share in found.get("ranking") or () if name != FALLBACK]
    named = found.get("intent")
    if not ranking and isinstance(named, str) and named != FALLBACK:
        ranking = [(named, float(found.get("confidence") or 0))]
    if not isinstance(named, str) or not ranking:
        return None
    intent, confidence = ranking[0]
    margin = confidence - ranking[1][1] if len(ranking) > 1 else confidence
    sureness = 0.7 * confidence + 0.3 * margin
    if intent == OUT_OF_SCOPE:
        sureness *= _SENT_AWAY
    variety = str(found.get("variety") or "")
    return Reading(intent, confidence, max(0.0, min(1.0, sureness)), named == FALLBACK, variety)


def digest_of(variety: str, text: str, fold: Fold) -> str:
    """What the item of a message is found by: the same for all of a variety that fold alike."""
    folded = " ".join(fold(text).split()) or " ".join(text.split()).casefold()
    return hashlib.sha256(f"{variety}\0{folded}".encode("utf-8", "surrogatepass")).hexdigest()


def take_in(session: Session, fold: Fold, complains: Complains, limit: int = 500) -> int:
    """Takes messages that are due into their items; returns how many, 0 when none are left.

    Any number of processes may do this at once.
    """
    taken = take_ids(session, ReviewBacklog.message_id, limit)
    messages = session.scalars(select(Message).where(Message.id.in_(taken)).order_by(Message.id)).all()
    blamed = _blamed(session, messages, complains)
    about = {each.id: each for each in messages} | {each.id: each for each in blamed}
    _put(session, list(about.values()), {each.id for each in blamed}, fold)
    return len(taken)


def _blamed(session: Session, messages: Sequence[Message], complains: Complains) -> list[Message]:
    """The messages whose answers somebody complained about: the last before each complaint."""
    found = []
    for message in messages:
        text = message.text or str((message.media or {}).get("emoji") or "")
        reading = reading_of(message.understanding)
        if text and complains(text, reading.intent if reading else ""):
            before = _before(session, message)
            if before is not None:
                found.append(before)
    return found


def _before(session: Session, message: Message) -> Message | None:
    return session.scalar(
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.direction == "in",
            Message.text.is_not(None),
            Message.understanding.is_not(None),
            Message.created_at < message.created_at,
            Message.created_at > message.created_at - _SHORTLY,
        )
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
    )


def _put(session: Session, messages: Sequence[Message], blamed: set[uuid.UUID], fold: Fold) -> None:
    readings = [
        (message, reading, digest_of(reading.variety, message.text, fold))
        for message in messages
        if message.text and message.option is None and (reading := reading_of(message.understanding))
    ]
    items = _items(session, [(digest, reading, message.created_at) for message, reading, digest in readings])
    for message, reading, digest in readings:
        item = items[digest]
        _join(item, message, reading, message.id in blamed)
    session.flush()
    if readings:
        new = insert(ReviewMessage.__table__)  # type: ignore[arg-type]
        session.connection().execute(
            new.on_conflict_do_update(index_elements=["message_id"], set_={"item_id": new.excluded.item_id}),
            [{"message_id": message.id, "item_id": items[digest].id} for message, _, digest in readings],
        )
    _count(session, [item.id for item in items.values()])


def _items(session: Session, wanted: Iterable[tuple[str, Reading, datetime]]) -> dict[str, ReviewItem]:
    """The items of these digests, made where they are missing, held in one order until this transaction ends."""
    new = {
        digest: {
            "id": new_id(), "digest": digest, "variety": reading.variety, "intent": reading.intent,
            "confidence": reading.confidence, "sureness": reading.sureness, "rank": 1, "fallback": False,
            "flagged": False, "complained": False, "channels": [], "times": 0, "last_written_at": at,
            "state": "open", "reviews_wanted": 1, "changed_at": at,
        }
        for digest, reading, at in sorted(wanted, key=lambda each: each[0])
    }  # fmt: skip
    if not new:
        return {}
    session.execute(insert(ReviewItem).values(list(new.values())).on_conflict_do_nothing())
    locked = session.scalars(
        select(ReviewItem)
        .where(ReviewItem.digest.in_(new))
        .order_by(ReviewItem.digest)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {item.digest: item for item in locked}


def _join(item: ReviewItem, message: Message, reading: Reading, blamed: bool) -> None:
    if reading.sureness <= item.sureness:
        item.intent, item.confidence, item.sureness = reading.intent, reading.confidence, reading.sureness
    item.fallback = item.fallback or reading.fallback
    item.flagged = item.flagged or message.flagged
    item.complained = item.complained or blamed
    item.rank = 0 if item.flagged or item.complained else 1
    if message.channel not in item.channels:
        item.channels = sorted({*item.channels, message.channel})
    item.last_written_at = max(item.last_written_at, message.created_at)


def _count(session: Session, item_ids: Sequence[uuid.UUID]) -> None:
    counted = session.execute(
        select(ReviewMessage.item_id, func.count())
        .where(ReviewMessage.item_id.in_(item_ids))
        .group_by(ReviewMessage.item_id)
    )
    for item_id, times in counted:
        session.get_one(ReviewItem, item_id).times = times
    session.flush()
