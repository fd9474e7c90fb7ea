"""Messages, notes, what people think of the service, requests that are closed."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from store.core.ids import first_id_at
from store.handover.requests import URGENT
from store.lifecycle.kinds.base import STORED_WITHIN, Kind, count_rows, delete_some
from store.tables import AdviserRequest, ConversationIndex, Feedback, Message, Note, SearchBacklog


def _written(before: datetime) -> Sequence[tuple[Any, ColumnElement[bool]]]:
    return (
        (Message, and_(Message.id < first_id_at(before + STORED_WITHIN), Message.created_at < before)),
        (Note, Note.at < before),
        (Feedback, Feedback.created_at < before),
        (
            AdviserRequest,
            and_(
                AdviserRequest.created_at < before,
                AdviserRequest.state == "closed",
                AdviserRequest.reason != URGENT,
            ),
        ),
    )


def _count(session: Session, before: datetime) -> int:
    return sum(count_rows(session, row, condition) for row, condition in _written(before))


def _drop(session: Session, before: datetime, most: int) -> int:
    dropped = 0
    for row, condition in _written(before):
        returned = Message.conversation_id if row is Message else row.id
        gone = delete_some(session, row, condition, most, returned)
        dropped += len(gone)
        if row is Message:
            _rebuild_index(session, sorted(set(gone)))
    return dropped


def _rebuild_index(session: Session, conversation_ids: Sequence[uuid.UUID]) -> None:
    """Conversations are not found any more by words that are gone: their facts are put together anew."""
    last = (
        select(Message.id)
        .where(Message.conversation_id.in_(conversation_ids))
        .ext(distinct_on(Message.conversation_id))
        .order_by(Message.conversation_id, Message.created_at.desc())
    )
    anew = insert(SearchBacklog).from_select(["message_id"], last)
    session.execute(
        anew.on_conflict_do_update(index_elements=[SearchBacklog.message_id], set_={"rebuild": True})
    )
    left = select(Message.id).where(Message.conversation_id == ConversationIndex.conversation_id)
    session.execute(
        delete(ConversationIndex).where(
            ConversationIndex.conversation_id.in_(conversation_ids), ~left.exists()
        ),
        execution_options={"synchronize_session": False},
    )


KIND = Kind("messages", "keep_messages_days", _count, _drop, after_figures=True)
