"""Messages that were erased do not come back: a provider that keeps a list of them is asked for what may be missing.

What is kept for it is a keyed digest, which tells nothing, and that for a few days only.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.encryption import cipher_of
from store.tables import Message, MessageTombstone

#: Longer than anybody looks back for missing messages (48 hours).
KEPT = timedelta(days=3)


def message_digest(session: Session, channel: str, provider_message_id: str) -> str:
    """What a message is known by without being known."""
    return cipher_of(session).digest(f"message:{channel}", provider_message_id)


def forget_messages(session: Session, person_id: uuid.UUID, at: datetime) -> None:
    """Keeps the digests of what a person wrote of late; to be called before it is erased."""
    session.execute(delete(MessageTombstone).where(MessageTombstone.at < at - KEPT))
    wrote = session.execute(
        select(Message.channel, Message.provider_message_id).where(
            Message.person_id == person_id,
            Message.direction == "in",
            Message.provider.is_not(None),
            Message.created_at > at - KEPT,
        )
    )
    digests = {message_digest(session, channel, name) for channel, name in wrote if name is not None}
    _keep(session, digests, at)


def is_tombstoned(session: Session, channel: str, provider_message_id: str) -> bool:
    """Whether this message was erased."""
    return session.get(MessageTombstone, message_digest(session, channel, provider_message_id)) is not None


def _keep(session: Session, digests: Iterable[str], at: datetime) -> None:
    rows = [{"digest": digest, "at": at} for digest in digests]
    if rows:
        session.execute(insert(MessageTombstone).values(rows).on_conflict_do_nothing())
