"""What a conversation is found by: its words, folded, and what was understood in it, as lexemes of one text vector.

Words stand as they are folded, two words that follow each other joined by a space, and facts under a prefix that no
folded word has:

    i:find_course    an intent was understood        c:09    with a confidence from .45 to .50 (20 steps)
    i:register/09    both of the same message        t:cloud    a topic was named
    is:fallback  is:out-of-scope  is:flagged  is:media    r:courses-found    a reply that was given
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import ARRAY, Text, bindparam, cast, func, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.due import taken_out
from store.tables import ConversationFacts, Message, MessageDue

#: A text to the ways each of its words may be looked up: folded, with and without what is written onto it.
IndexWords = Callable[[str], Sequence[Sequence[str]]]

#: Confidences are told apart in steps of one twentieth.
STEPS = 20
#: Only so many of the last messages of a conversation are looked through.
_DEPTH = 1000
#: PostgreSQL takes no lexeme over 2,046 bytes; a real word is far below that.
_LONGEST = 60
_FALLBACK = "nlu_fallback"
_OUT_OF_SCOPE = "out_of_scope"
_FACTS = ConversationFacts.__table__
_UPDATE = (
    update(_FACTS)  # type: ignore[arg-type]
    .where(_FACTS.c.conversation_id == bindparam("of"))
    .values(facts=func.array_to_tsvector(cast(bindparam("lexemes"), ARRAY(Text))))
)


class Said(Protocol):
    """What is looked at of a message."""

    @property
    def text(self) -> str | None: ...
    @property
    def flagged(self) -> bool: ...
    @property
    def media(self) -> Mapping[str, Any] | None: ...
    @property
    def reply(self) -> str | None: ...
    @property
    def understanding(self) -> Mapping[str, Any] | None: ...


def confidence_step(confidence: float) -> int:
    """The step of a confidence between 0 and 1, from 0 to STEPS - 1."""
    return min(STEPS - 1, max(0, int(confidence * STEPS + 1e-9)))


def take_in(session: Session, index_words: IndexWords, limit: int = 200) -> int:
    """Takes messages that are due into the facts of their conversations; returns how many, 0 when none are left.

    Any number of processes may do this at once.
    """
    taken = taken_out(session, MessageDue.message_id, limit)
    if not taken:
        return 0
    affected = session.scalars(
        select(Message.conversation_id)
        .where(Message.id.in_(taken))
        .distinct()
        .order_by(Message.conversation_id)
    ).all()
    _lock(session, affected)
    facts: dict[uuid.UUID, set[str]] = {each: set() for each in affected}
    for row in _messages(session, affected):
        facts[row.conversation_id].update(lexemes_of(row, index_words))
    if facts:
        session.connection().execute(
            _UPDATE, [{"of": each, "lexemes": sorted(lexemes)} for each, lexemes in facts.items()]
        )
    return len(taken)


def _lock(session: Session, conversation_ids: Sequence[uuid.UUID]) -> None:
    """Holds the facts of these conversations, in one order, so that two who take in do not overwrite each other."""
    if not conversation_ids:
        return
    rows = [{"conversation_id": each} for each in conversation_ids]
    session.execute(insert(ConversationFacts).values(rows).on_conflict_do_nothing())
    session.execute(
        select(ConversationFacts.conversation_id)
        .where(ConversationFacts.conversation_id.in_(conversation_ids))
        .order_by(ConversationFacts.conversation_id)
        .with_for_update()
    )


def _messages(session: Session, conversation_ids: Sequence[uuid.UUID]) -> Iterable[Any]:
    """What is looked at of the last messages of each conversation."""
    last = (
        select(
            Message.conversation_id, Message.text, Message.flagged, Message.media, Message.reply,
            Message.understanding,
        )
        .where(Message.conversation_id == ConversationFacts.conversation_id)
        .order_by(Message.created_at.desc())
        .limit(_DEPTH)
        .lateral("last")
    )  # fmt: skip
    return session.execute(
        select(last)
        .select_from(ConversationFacts)
        .join(last, true())
        .where(ConversationFacts.conversation_id.in_(conversation_ids))
    )


def lexemes_of(message: Said, index_words: IndexWords) -> Iterator[str]:
    """What a message is found by."""
    yield from _words(message.text or "", index_words)
    if message.flagged:
        yield "is:flagged"
    if message.media is not None:
        yield "is:media"
    for reply in (message.reply or "").split(" + "):
        if reply:
            yield f"r:{reply}"[:_LONGEST]
    understood = message.understanding or {}
    intent, confidence = understood.get("intent"), understood.get("confidence")
    if isinstance(intent, str):
        yield f"i:{intent}"
        if intent == _FALLBACK:
            yield "is:fallback"
        if intent == _OUT_OF_SCOPE:
            yield "is:out-of-scope"
        if isinstance(confidence, int | float):
            step = confidence_step(confidence)
            yield f"c:{step:02}"
            yield f"i:{intent}/{step:02}"
    for entity in understood.get("entities") or ():
        if isinstance(entity, dict) and entity.get("entity") == "topic":
            yield f"t:{entity.get('value')}"


def _words(said: str, index_words: IndexWords) -> Iterator[str]:
    before = ""
    for forms in index_words(said):
        kept = [form[:_LONGEST] for form in forms if form]
        yield from kept
        if before and kept:
            yield f"{before} {kept[0]}"
        before = kept[0] if kept else ""
