"""What comes in, stored once: a message with its writer and their conversation.

Statements are what storing a message costs, in the app and in the database. One stores that of somebody who wrote
before, a second one that of a newcomer; the rare rest (a new alias, a person new on this channel) takes a few more.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import StatementLambdaElement, select
from sqlalchemy.orm import Session

from store.conversations.conversations import open_conversation
from store.conversations.inbound_statements import OF_KNOWN, OF_NEWCOMER
from store.conversations.tombstones import is_tombstoned, message_digest
from store.core.clock import utc_now
from store.core.encryption import cipher_of
from store.core.ids import new_id
from store.people.people import clean_name, find_or_create
from store.tables import Message


@dataclass(frozen=True)
class InboundRecord:
    """A message as a channel understood it.

    `provider_id` is the writer's address there; `provider_message_id` is unique on the channel (for the web, the
    client's id within its session). `option` is the choice made, where one was. `forwarded`: somebody else wrote it.
    `raw` is what the provider sent; it is stored encrypted.
    """

    channel: str
    provider_id: str
    provider_message_id: str
    text: str | None = None
    option: Mapping[str, Any] | None = None
    profile_name: str | None = None
    raw: Mapping[str, Any] | None = None
    received_at: datetime | None = None
    aliases: Sequence[str] = ()
    media: Mapping[str, Any] | None = None
    provider: str | None = None
    sent_at: datetime | None = None
    opt_word: str | None = None
    forwarded: bool = False


@dataclass(frozen=True)
class StoredInbound:
    """Where an inbound message was stored. `duplicate`: it was there before, and this time changed nothing."""

    message_id: uuid.UUID
    person_id: uuid.UUID
    conversation_id: uuid.UUID
    duplicate: bool


class MessageErased(Exception):
    """A message came again that was erased with its writer: it is not taken."""


def store_inbound(session: Session, record: InboundRecord) -> StoredInbound:
    """Stores a message that came in, with its writer and conversation; the second time only says where it is.

    Raises MessageErased for one that was erased with its writer a short time ago.
    """
    values = _values(session, record)
    stored = _run(session, OF_KNOWN, values) or _run(
        session, OF_NEWCOMER, {**values, **_ids(session, record)}
    )
    if stored is not None:
        return stored
    before = _find(session, record)
    if before is not None:
        return before
    if is_tombstoned(session, record.channel, record.provider_message_id):
        raise MessageErased
    person = find_or_create(session, record.channel, record.provider_id, record.profile_name, record.aliases)
    open_conversation(session, person.id, record.channel)
    session.flush()
    # Their address is known now, and is theirs whoever has the aliases.
    stored = _run(session, OF_KNOWN, {**values, "v_aliases": []}) or _find(session, record)
    if stored is None:
        raise RuntimeError(f"a message of {record.channel} was neither stored nor there")
    return stored


def _values(session: Session, record: InboundRecord) -> dict[str, Any]:
    cipher = cipher_of(session)
    raw = None if record.raw is None else json.dumps(record.raw, ensure_ascii=False, default=str)
    others = (alias for alias in dict.fromkeys(record.aliases) if alias != record.provider_id)
    return {
        "v_id": new_id(),
        "v_channel": record.channel,
        "v_digest": cipher.digest(record.channel, record.provider_id),
        "v_message_digest": message_digest(session, record.channel, record.provider_message_id),
        "v_aliases": [cipher.digest(record.channel, alias) for alias in others],
        "v_provider_message_id": record.provider_message_id,
        "v_text": record.text,
        "v_at": record.received_at or utc_now(),
        "v_option": None if record.option is None else dict(record.option),
        "v_media": None if record.media is None else dict(record.media),
        "v_provider": record.provider,
        "v_sent_at": record.sent_at,
        "v_opt_word": record.opt_word,
        "v_forwarded": record.forwarded,
        "v_flagged": record.media is not None,
        "v_raw": None if raw is None else cipher.encrypt(raw),
        "v_profile_name": clean_name(record.profile_name),
    }


def _ids(session: Session, record: InboundRecord) -> dict[str, Any]:
    """What is made for a newcomer."""
    return {
        "v_address_id": new_id(),
        "v_person_id": new_id(),
        "v_conversation_id": new_id(),
        "v_provider_id_encrypted": cipher_of(session).encrypt(record.provider_id),
        "v_now": utc_now(),
    }


def _run(
    session: Session, statement: StatementLambdaElement, values: Mapping[str, Any]
) -> StoredInbound | None:
    row = session.execute(statement, values).first()
    return None if row is None else StoredInbound(row[0], row[1], row[2], duplicate=False)


def _find(session: Session, record: InboundRecord) -> StoredInbound | None:
    row = session.execute(
        select(Message.id, Message.person_id, Message.conversation_id).where(
            Message.channel == record.channel,
            Message.direction == "in",
            Message.provider_message_id == record.provider_message_id,
        )
    ).first()
    return None if row is None else StoredInbound(row[0], row[1], row[2], duplicate=True)
