"""Storing a message in one statement: that of somebody who wrote before, which most webhooks bring, or of a newcomer.

Statements are what storing a message costs, in the app and in the database. Whatever is out of the ordinary (a
new alias, a message that is there already) is left to `store_inbound`.
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

from store.clock import utc_now
from store.encryption import cipher_of
from store.forgotten import message_digest
from store.ids import new_id
from store.storable import storable_text

_INSERT = """insert into messages (
        id, conversation_id, person_id, channel, direction, provider_message_id, text, created_at, option,
        media, provider, sent_at, args, flagged, raw_encrypted, state
    )
    select :id, conversation_id, person_id, :channel, 'in', :provider_message_id, :text, :at, :option,
        :media, :provider, :sent_at, :args, :flagged, :raw, 'received'
    from writer
    on conflict (channel, direction, provider_message_id) do nothing
    returning id, conversation_id, person_id"""
_TYPES = (
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
_OF_KNOWN = text(f"""
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
    {_INSERT}
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
""").bindparams(*_TYPES)
# The address first: whoever stores the same one at the same moment waits for it here, and then stores nothing.
_OF_NEWCOMER = text(f"""
with address as (
    insert into addresses (
        id, person_id, channel, provider_id_digest, provider_id_encrypted, state, state_at, provider, last_inbound_at,
        created_at
    )
    select :address_id, :new_person_id, :channel, :digest, :provider_id_encrypted, 'active', :now, :provider, :at, :now
    where cardinality(:aliases) = 0
      and not exists (
          select 1 from messages
          where channel = :channel and direction = 'in' and provider_message_id = :provider_message_id
      )
      and not exists (select 1 from forgotten_messages where digest = :message_digest)
    on conflict (channel, provider_id_digest) do nothing
    returning person_id
), person as (
    insert into persons (id, profile_name, created_at) select person_id, :profile_name, :now from address
), writer as (
    insert into conversations (
        id, person_id, channel, last_n, opened_at, last_message_at, state, state_at, segments_sent
    )
    select :new_conversation_id, person_id, :channel, 0, :now, :at, 'assistant', :now, 0 from address
    returning id as conversation_id, person_id
), stored as (
    {_INSERT}
)
select id, person_id, conversation_id from stored
""").bindparams(
    *_TYPES,
    bindparam("provider_id_encrypted", type_=TEXT()),
    bindparam("address_id", type_=Uuid()),
    bindparam("new_person_id", type_=Uuid()),
    bindparam("new_conversation_id", type_=Uuid()),
    bindparam("now", type_=TIMESTAMP(timezone=True)),
)


def store_at_once(
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
    values = {
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
    }
    row = session.execute(_OF_KNOWN, values).first()
    if row is None:
        newcomer = {
            "provider_id_encrypted": cipher.encrypt(provider_id),
            "address_id": new_id(),
            "new_person_id": new_id(),
            "new_conversation_id": new_id(),
            "now": utc_now(),
        }
        row = session.execute(_OF_NEWCOMER, {**values, **newcomer}).first()
    return None if row is None else (row.id, row.person_id, row.conversation_id)
