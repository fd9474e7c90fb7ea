"""Storing a message of somebody who wrote before, in one statement: what most webhooks bring.

Statements are what storing a message costs, in the app and in the database. Whatever is out of the ordinary (a
newcomer, a new alias, a message that is there already) is left to `store_inbound`.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT, TIMESTAMP
from sqlalchemy.orm import Session
from sqlalchemy.types import Boolean, Uuid

from store.encryption import cipher_of
from store.forgotten import message_digest
from store.ids import new_id
from store.storable import storable_text

_STORE = text("""
with writer as (
    select a.id as address_id, a.person_id, c.id as conversation_id
    from addresses a join conversations c on c.person_id = a.person_id and c.channel = a.channel
    where a.channel = :channel and a.provider_id_digest = :digest
      and cardinality(:aliases) = (
          select count(*) from addresses other
          where other.channel = :channel and other.provider_id_digest = any(:aliases)
            and other.person_id = a.person_id
      )
      and not exists (select 1 from forgotten_messages where digest = :message_digest)
), stored as (
    insert into messages (
        id, conversation_id, person_id, channel, direction, provider_message_id, text, created_at, option,
        media, provider, sent_at, args, flagged, raw_encrypted, state
    )
    select :id, conversation_id, person_id, :channel, 'in', :provider_message_id, :text, :at, :option,
        :media, :provider, :sent_at, :args, :flagged, :raw, 'received'
    from writer
    on conflict (channel, direction, provider_message_id) do nothing
    returning id, conversation_id, person_id
), conversation as (
    update conversations set last_message_at = :at
    from stored where conversations.id = stored.conversation_id
), address as (
    update addresses set last_inbound_at = :at, provider = :provider,
        state = case when state = 'opted_out' then state else 'active' end
    from stored, writer where addresses.id = writer.address_id
), person as (
    update persons set profile_name = :profile_name
    from stored
    where persons.id = stored.person_id and :profile_name is not null
      and persons.profile_name is distinct from :profile_name
)
select id, person_id, conversation_id from stored
""").bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("channel", type_=TEXT()),
    bindparam("digest", type_=TEXT()),
    bindparam("message_digest", type_=TEXT()),
    bindparam("aliases", type_=ARRAY(TEXT)),
    bindparam("provider_message_id", type_=TEXT()),
    bindparam("text", type_=TEXT()),
    bindparam("at", type_=TIMESTAMP(timezone=True)),
    bindparam("option", type_=JSONB(none_as_null=True)),
    bindparam("media", type_=JSONB(none_as_null=True)),
    bindparam("provider", type_=TEXT()),
    bindparam("sent_at", type_=TIMESTAMP(timezone=True)),
    bindparam("args", type_=JSONB(none_as_null=True)),
    bindparam("flagged", type_=Boolean()),
    bindparam("raw", type_=TEXT()),
    bindparam("profile_name", type_=TEXT()),
)


def store_of_known(
    session: Session,
    *,
    channel: str,
    provider_id: str,
    provider_message_id: str,
    aliases: Sequence[str],
    said: str | None,
    at: datetime,
    sent_at: datetime | None,
    option: Mapping[str, Any] | None,
    media: Mapping[str, Any] | None,
    args: Mapping[str, Any] | None,
    raw: Mapping[str, Any] | None,
    provider: str | None,
    profile_name: str | None,
) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID] | None:
    """The ids of the message, its writer and their conversation, once stored; None where it takes more than this."""
    cipher = cipher_of(session)
    kept = None if raw is None else cipher.encrypt(json.dumps(raw, ensure_ascii=False, default=str))
    row = session.execute(
        _STORE,
        {
            "id": new_id(),
            "channel": channel,
            "digest": cipher.digest(channel, provider_id),
            "message_digest": message_digest(session, channel, provider_message_id),
            "aliases": [
                cipher.digest(channel, alias) for alias in dict.fromkeys(aliases) if alias != provider_id
            ],
            "provider_message_id": storable_text(provider_message_id),
            "text": None if said is None else storable_text(said),
            "at": at,
            "option": None if option is None else dict(option),
            "media": None if media is None else dict(media),
            "provider": provider,
            "sent_at": sent_at,
            "args": None if args is None else dict(args),
            "flagged": media is not None,
            "raw": kept,
            "profile_name": profile_name,
        },
    ).first()
    return None if row is None else (row.id, row.person_id, row.conversation_id)
