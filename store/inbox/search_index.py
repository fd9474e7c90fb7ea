"""What a conversation is found by: its words, folded, and what was understood in it, as lexemes of one text vector.

Words stand as they are folded, two words that follow each other joined by a space, and facts under a prefix that no
folded word has:

    i:find_course    an intent was understood        c:09    with a confidence from .45 to .50 (20 steps)
    i:register/09    both of the same message        t:cloud    a topic was named
    is:fallback  is:out-of-scope  is:flagged  is:media    r:courses-found    a reply that was given
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import ARRAY, Text, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.backlog import take_rows
from store.tables import ConversationIndex, Message, SearchBacklog

#: A text to the ways each of its words may be looked up: folded, with and without what is written onto it.
IndexWords = Callable[[str], Sequence[Sequence[str]]]

#: Confidences are told apart in steps of one twentieth.
STEPS = 20
#: Only so many of the last messages of a conversation are looked through.
_DEPTH = 1000
#: Bytes of a word that are kept; a real one is far below that.
_LONGEST = 60
#: Lexemes of a conversation. Two words joined have 121 bytes at most, and PostgreSQL takes a vector below 1 MiB.
MOST_LEXEMES = 8000
_FALLBACK = "nlu_fallback"
_OUT_OF_SCOPE = "out_of_scope"
_FACTS = ConversationIndex.__table__
_LEXEMES = func.array_to_tsvector(cast(bindparam("lexemes"), ARRAY(Text)))
_OF = update(_FACTS).where(_FACTS.c.conversation_id == bindparam("of"))  # type: ignore[arg-type]
_ADD = _OF.values(facts=_FACTS.c.facts.op("||")(_LEXEMES))
_REBUILD = _OF.values(facts=_LEXEMES)


_MESSAGE = select(
    Message.id, Message.conversation_id, Message.text, Message.flagged, Message.media, Message.reply_keys,
    Message.understanding,
)  # fmt: skip


class Indexed(Protocol):
    """What is looked at of a message."""

    @property
    def text(self) -> str | None: ...
    @property
    def flagged(self) -> bool: ...
    @property
    def media(self) -> Mapping[str, Any] | None: ...
    @property
    def reply_keys(self) -> Sequence[str] | None: ...
    @property
    def understanding(self) -> Mapping[str, Any] | None: ...


def confidence_step(confidence: float) -> int:
    """The step of a confidence between 0 and 1, from 0 to STEPS - 1."""
    return min(STEPS - 1, max(0, int(confidence * STEPS + 1e-9)))


def take_in(session: Session, index_words: IndexWords, limit: int = 200) -> int:
    """Takes messages that are due into the facts of their conversations; returns how many, 0 when none are left.

    Any number of processes may do this at once. What comes new is added; all of a conversation is read again only where
    something was taken away, or where it has more than can be kept.
    """
    noted = take_rows(session, SearchBacklog.message_id, limit, SearchBacklog.rebuild)
    taken: dict[uuid.UUID, bool] = {row.message_id: row.rebuild for row in noted}
    if not taken:
        return 0
    new = session.execute(_MESSAGE.where(Message.id.in_(taken))).all()
    sizes = _lock(session, sorted({row.conversation_id for row in new}))
    added: dict[uuid.UUID, set[str]] = {each: set() for each in sizes}
    for row in new:
        added[row.conversation_id].update(lexemes_of(row, index_words))
    rebuild = {row.conversation_id for row in new if taken[row.id]}
    rebuild |= {each for each, size in sizes.items() if size + len(added[each]) > MOST_LEXEMES}
    _write(session, _ADD, {each: lexemes for each, lexemes in added.items() if each not in rebuild})
    _write(session, _REBUILD, {each: _newest(session, each, index_words) for each in sorted(rebuild)})
    return len(taken)


def _write(session: Session, how: Any, lexemes: Mapping[uuid.UUID, Collection[str]]) -> None:
    if lexemes:
        rows = [{"of": each, "lexemes": sorted(of_it)} for each, of_it in lexemes.items()]
        session.connection().execute(how, rows)


def _lock(session: Session, conversation_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Holds the facts of these conversations, in one order, so that two who take in do not overwrite each other; how
    many lexemes each has.
    """
    if not conversation_ids:
        return {}
    rows = [{"conversation_id": each} for each in conversation_ids]
    session.execute(insert(ConversationIndex).values(rows).on_conflict_do_nothing())
    locked = session.execute(
        select(ConversationIndex.conversation_id, func.length(ConversationIndex.facts))
        .where(ConversationIndex.conversation_id.in_(conversation_ids))
        .order_by(ConversationIndex.conversation_id)
        .with_for_update()
    )
    return {row[0]: row[1] for row in locked}


def _newest(session: Session, conversation_id: uuid.UUID, index_words: IndexWords) -> set[str]:
    """What the last messages of a conversation are found by, as much as can be kept."""
    last = (
        _MESSAGE.where(Message.conversation_id == conversation_id)
        .order_by(Message.created_at.desc())
        .limit(_DEPTH)
    )
    lexemes: set[str] = set()
    for row in session.execute(last):
        of_it = set(lexemes_of(row, index_words))
        if len(lexemes | of_it) > MOST_LEXEMES:
            break
        lexemes |= of_it
    return lexemes


def lexemes_of(message: Indexed, index_words: IndexWords) -> Iterator[str]:
    """What a message is found by."""
    yield from _words(message.text or "", index_words)
    if message.flagged:
        yield "is:flagged"
    if message.media is not None:
        yield "is:media"
    for key in message.reply_keys or ():
        yield f"r:{key}"[:_LONGEST]
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


def _words(text: str, index_words: IndexWords) -> Iterator[str]:
    before = ""
    for forms in index_words(text):
        kept = [short for form in forms if (short := _in_bytes(form))]
        yield from kept
        if before and kept:
            yield f"{before} {kept[0]}"
        before = kept[0] if kept else ""


def _in_bytes(form: str) -> str:
    return form.encode()[:_LONGEST].decode(errors="ignore")
