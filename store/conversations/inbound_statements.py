"""The statements that store what comes in: all that one message makes and changes, in one round trip.

Their values are named `v_` and so on, see `inbound.py`, where they are given.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    Column,
    Select,
    bindparam,
    case,
    exists,
    func,
    lambda_stmt,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert

from store.tables import Address, Base, Conversation, Message, MessageTombstone, Person

_MESSAGES, _ADDRESSES, _PERSONS, _CONVERSATIONS, _TOMBSTONES = (
    Base.metadata.tables[model.__tablename__]
    for model in (Message, Address, Person, Conversation, MessageTombstone)
)


def _value(name: str, column: Column[Any]) -> BindParameter[Any]:
    """A value of the statement. An update would take one that is named as its column for a change of that column."""
    return bindparam(f"v_{name}", type_=column.type)


_ALIASES = bindparam("v_aliases", type_=ARRAY(TEXT))
_CHANNEL = _value("channel", _MESSAGES.c.channel)
_DIGEST = _value("digest", _ADDRESSES.c.provider_id_digest)
_PROVIDER_MESSAGE_ID = _value("provider_message_id", _MESSAGES.c.provider_message_id)
_PROVIDER = _value("provider", _MESSAGES.c.provider)
_PROFILE_NAME = _value("profile_name", _PERSONS.c.profile_name)
_AT, _NOW = _value("at", _MESSAGES.c.created_at), _value("now", _MESSAGES.c.created_at)
_NOT_TOMBSTONED = ~exists().where(_TOMBSTONES.c.digest == _value("message_digest", _TOMBSTONES.c.digest))


def _stored(writer: CTE) -> CTE:
    """The message, for its writer: the one place where one that came in is written."""
    values: dict[str, Any] = {
        "id": _value("id", _MESSAGES.c.id),
        "conversation_id": writer.c.conversation_id,
        "person_id": writer.c.person_id,
        "channel": _CHANNEL,
        "direction": literal("in"),
        "provider_message_id": _PROVIDER_MESSAGE_ID,
        "created_at": _AT,
        "provider": _PROVIDER,
        "raw_encrypted": _value("raw", _MESSAGES.c.raw_encrypted),
        "state": literal("received"),
        **{
            name: _value(name, _MESSAGES.c[name])
            for name in ("text", "option", "media", "sent_at", "opt_word", "forwarded", "flagged")
        },
    }
    return (
        insert(_MESSAGES)
        .from_select(list(values), select(*values.values()), include_defaults=False)
        .on_conflict_do_nothing(index_elements=["channel", "direction", "provider_message_id"])
        .returning(_MESSAGES.c.id, _MESSAGES.c.person_id, _MESSAGES.c.conversation_id)
        .cte("stored")
    )


def _known_writer() -> CTE:
    """Who wrote before on this channel, where all the aliases are known to be theirs."""
    other = _ADDRESSES.alias("other")
    theirs = select(func.count()).where(
        other.c.channel == _CHANNEL,
        other.c.provider_id_digest == func.any(_ALIASES),
        other.c.person_id == _ADDRESSES.c.person_id,
    )
    columns = (
        _ADDRESSES.c.id.label("address_id"),
        _ADDRESSES.c.person_id,
        _CONVERSATIONS.c.id.label("conversation_id"),
    )
    return (
        select(*columns)
        .join(
            _CONVERSATIONS,
            (_CONVERSATIONS.c.person_id == _ADDRESSES.c.person_id)
            & (_CONVERSATIONS.c.channel == _ADDRESSES.c.channel),
        )
        .where(
            _ADDRESSES.c.channel == _CHANNEL,
            _ADDRESSES.c.provider_id_digest == _DIGEST,
            func.cardinality(_ALIASES) == theirs.correlate(_ADDRESSES).scalar_subquery(),
            _NOT_TOMBSTONED,
        )
        .cte("writer")
    )


def _of_known() -> Select[Any]:
    """A message of somebody who wrote before, and what it changes beside it."""
    writer = _known_writer()
    stored = _stored(writer)
    conversation = (
        update(_CONVERSATIONS)
        .where(_CONVERSATIONS.c.id == stored.c.conversation_id)
        .values(last_message_at=_AT)
        .cte("conversation")
    )
    address = (
        update(_ADDRESSES)
        .where(_ADDRESSES.c.id == writer.c.address_id, stored.c.person_id == writer.c.person_id)
        .values(
            last_inbound_at=_AT,
            provider=_PROVIDER,
            # Who writes can be reached again; who opted out says so when they want to be.
            state=case((_ADDRESSES.c.state == "opted_out", _ADDRESSES.c.state), else_="active"),
        )
        .cte("address")
    )
    person = (
        update(_PERSONS)
        .where(
            _PERSONS.c.id == stored.c.person_id,
            _PROFILE_NAME.is_not(None),
            _PERSONS.c.profile_name.is_distinct_from(_PROFILE_NAME),
        )
        .values(profile_name=_PROFILE_NAME)
        .cte("person")
    )
    return select(stored.c.id, stored.c.person_id, stored.c.conversation_id).add_cte(
        conversation, address, person
    )


def _new_address() -> CTE:
    """A newcomer's: whoever stores the same one at the same moment waits for it here, and then stores nothing."""
    values: dict[str, Any] = {
        "id": _value("address_id", _ADDRESSES.c.id),
        "person_id": _value("person_id", _PERSONS.c.id),
        "channel": _CHANNEL,
        "provider_id_digest": _DIGEST,
        "provider_id_encrypted": _value("provider_id_encrypted", _ADDRESSES.c.provider_id_encrypted),
        "state": literal("active"),
        "state_at": _NOW,
        "provider": _PROVIDER,
        "last_inbound_at": _AT,
        "created_at": _NOW,
    }
    known = exists().where(
        _MESSAGES.c.channel == _CHANNEL,
        _MESSAGES.c.direction == "in",
        _MESSAGES.c.provider_message_id == _PROVIDER_MESSAGE_ID,
    )
    new = select(*values.values()).where(func.cardinality(_ALIASES) == 0, ~known, _NOT_TOMBSTONED)
    return (
        insert(_ADDRESSES)
        .from_select(list(values), new)
        .on_conflict_do_nothing(index_elements=["channel", "provider_id_digest"])
        .returning(_ADDRESSES.c.person_id)
        .cte("address")
    )


def _of_newcomer() -> Select[Any]:
    """A message of somebody who is not known yet, with all that is made for them."""
    address = _new_address()
    person = insert(_PERSONS).from_select(
        ["id", "profile_name", "created_at"], select(address.c.person_id, _PROFILE_NAME, _NOW)
    )
    values: dict[str, Any] = {
        "id": _value("conversation_id", _CONVERSATIONS.c.id),
        "person_id": address.c.person_id,
        "channel": _CHANNEL,
        "last_n": literal(0),
        "opened_at": _NOW,
        "last_message_at": _AT,
        "state": literal("assistant"),
        "state_at": _NOW,
        "segments_sent": literal(0),
    }
    writer = (
        insert(_CONVERSATIONS)
        .from_select(list(values), select(*values.values()))
        .returning(_CONVERSATIONS.c.id.label("conversation_id"), _CONVERSATIONS.c.person_id)
        .cte("writer")
    )
    stored = _stored(writer)
    return select(stored.c.id, stored.c.person_id, stored.c.conversation_id).add_cte(person.cte("person"))


# Built once, and known to SQLAlchemy by their functions: a key of all their parts, made at each call, costs 2 to 4 % of
# storing a message (measured with `store_inbound` alone, 800 messages in turn).
OF_KNOWN = lambda_stmt(_of_known, enable_tracking=False)
OF_NEWCOMER = lambda_stmt(_of_newcomer, enable_tracking=False)
