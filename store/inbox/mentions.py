"""Mentions: a note that has `@login` in it calls that adviser."""

import re
import uuid
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.advisers.access_scope import access_scope_of
from store.core.listener import CHANNEL
from store.inbox.listing import visible
from store.tables import Adviser, Mention, Note

#: So many are called by one note; it is no way to write to everybody.
MOST = 20
_CALL = re.compile(r"(?<![\w.@-])@([\w.-]{1,80})")


def called_in(text: str) -> list[str]:
    """The logins that a text calls, as they are compared; a full stop at the end is of the sentence."""
    return list(dict.fromkeys(found.rstrip(".-").casefold() for found in _CALL.findall(text)))[:MOST]


def put(session: Session, note: Note) -> list[uuid.UUID]:
    """Calls the advisers whom a note names, those only who may see its conversation; who they are."""
    logins = called_in(note.text)
    if not logins or note.conversation_id is None:
        return []
    named = session.scalars(
        select(Adviser)
        .where(Adviser.login.in_(logins), Adviser.disabled_at.is_(None))
        .order_by(Adviser.login)
    ).all()
    called = [
        each.id for each in named if visible(session, access_scope_of(each), note.conversation_id) is not None
    ]
    for adviser_id in called:
        session.execute(
            insert(Mention).values(note_id=note.id, adviser_id=adviser_id).on_conflict_do_nothing()
        )
    if called:
        session.execute(select(func.pg_notify(CHANNEL, str(note.conversation_id))))
    return called


def seen(session: Session, adviser_id: uuid.UUID, conversation_id: uuid.UUID, now: datetime) -> None:
    """The adviser has read what notes beside the conversation call them for."""
    beside = select(Note.id).where(Note.conversation_id == conversation_id)
    session.execute(
        update(Mention)
        .where(Mention.adviser_id == adviser_id, Mention.seen_at.is_(None), Mention.note_id.in_(beside))
        .values(seen_at=now)
    )
