"""Conversations: what came in is stored once, what goes out is stored with what it answers."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from store.clock import utc_now
from store.encryption import cipher_of
from store.forgotten import is_forgotten
from store.ids import new_id
from store.one_statement import store_at_once
from store.people import clean_name, find_or_create
from store.tables import Address, Conversation, Message


@dataclass(frozen=True)
class InboundRecord:
    """A message as a channel understood it.

    `provider_id` is the writer's address there; `provider_message_id` is unique on the channel (for the web, the
    client's id within its session). `option` is the choice made, where one was. `raw` is what the provider sent; it is
    stored encrypted.
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


@dataclass(frozen=True)
class StoredInbound:
    """Where an inbound message was stored. `duplicate`: it was there before, and this time changed nothing."""

    message_id: uuid.UUID
    person_id: uuid.UUID
    conversation_id: uuid.UUID
    duplicate: bool


@dataclass(frozen=True)
class OutboundRecord:
    """A message to send: the reply's key and arguments, and the words they became."""

    reply: str
    text: str
    args: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    segments: int | None = None
    encoding: str | None = None


DeliveryState = Literal["pending", "sending", "unknown", "sent", "delivered", "read", "failed"]


class MessageUnknown(LookupError):
    """There is no message of this id, or it was erased."""


class MessageForgotten(Exception):
    """A message came again that was erased with its writer: it is not taken."""


def open_conversation(session: Session, person_id: uuid.UUID, channel: str) -> Conversation:
    """The person's conversation on a channel, begun the first time. Two at once begin one."""
    wanted = select(Conversation).where(Conversation.person_id == person_id, Conversation.channel == channel)
    known = session.scalar(wanted)
    if known is not None:
        return known
    session.execute(
        insert(Conversation)
        .values(id=new_id(), person_id=person_id, channel=channel)
        .on_conflict_do_nothing(index_elements=["person_id", "channel"])
    )
    return session.scalars(wanted).one()


def store_inbound(session: Session, record: InboundRecord) -> StoredInbound:
    """Stores a message that came in, with its writer and conversation; the second time only says where it is.

    Raises MessageForgotten for one that was erased with its writer a short time ago.
    """
    at = record.received_at or utc_now()
    args = None if record.opt_word is None else {"$opt": record.opt_word}
    stored_at_once = store_at_once(
        session,
        channel=record.channel,
        provider_id=record.provider_id,
        provider_message_id=record.provider_message_id,
        aliases=record.aliases,
        said=record.text,
        at=at,
        sent_at=record.sent_at,
        option=record.option,
        media=record.media,
        args=args,
        raw=record.raw,
        provider=record.provider,
        profile_name=clean_name(record.profile_name),
    )
    if stored_at_once is not None:
        return StoredInbound(*stored_at_once, duplicate=False)
    known = _inbound(session, record)
    if known is not None:
        return known
    if is_forgotten(session, record.channel, record.provider_message_id):
        raise MessageForgotten
    person = find_or_create(session, record.channel, record.provider_id, record.profile_name, record.aliases)
    conversation = open_conversation(session, person.id, record.channel)
    raw = None if record.raw is None else json.dumps(record.raw, ensure_ascii=False, default=str)
    stored = session.scalar(
        insert(Message)
        .values(
            id=new_id(),
            conversation_id=conversation.id,
            person_id=person.id,
            channel=record.channel,
            direction="in",
            provider_message_id=record.provider_message_id,
            text=record.text,
            created_at=at,
            option=None if record.option is None else dict(record.option),
            media=None if record.media is None else dict(record.media),
            provider=record.provider,
            sent_at=record.sent_at,
            args=args,
            flagged=record.media is not None,
            raw_encrypted=None if raw is None else cipher_of(session).encrypt(raw),
            state="received",
        )
        .on_conflict_do_nothing(index_elements=["channel", "direction", "provider_message_id"])
        .returning(Message.id)
    )
    if stored is None:
        # The same message was stored by another request since we looked.
        known = _inbound(session, record)
        if known is None:
            raise MessageUnknown(record.channel)
        return known
    conversation.last_message_at = at
    digest = cipher_of(session).digest(record.channel, record.provider_id)
    session.execute(
        update(Address)
        .where(Address.channel == record.channel, Address.provider_id_digest == digest)
        .values(
            last_inbound_at=at,
            provider=record.provider,
            # Who writes can be reached again; who opted out says so when they want to be.
            state=case((Address.state == "opted_out", Address.state), else_="active"),
        )
    )
    return StoredInbound(stored, person.id, conversation.id, duplicate=False)


def _inbound(session: Session, record: InboundRecord) -> StoredInbound | None:
    row = session.execute(
        select(Message.id, Message.person_id, Message.conversation_id).where(
            Message.channel == record.channel,
            Message.direction == "in",
            Message.provider_message_id == record.provider_message_id,
        )
    ).first()
    return None if row is None else StoredInbound(row[0], row[1], row[2], duplicate=True)


def get_message(session: Session, message_id: uuid.UUID) -> Message:
    """The message of this id. Raises MessageUnknown."""
    message = session.get(Message, message_id)
    if message is None:
        raise MessageUnknown(str(message_id))
    return message


def get(session: Session, conversation_id: uuid.UUID) -> Conversation:
    """The conversation of this id. Raises LookupError."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise LookupError(f"no conversation {conversation_id}")
    return conversation


def hand_to_assistant(session: Session, conversation: Conversation) -> None:
    """The assistant answers again."""
    conversation.state = "assistant"
    conversation.state_at = utc_now()
    conversation.adviser_id = None
    conversation.give_back_at = None
    session.flush()


def count_try(session: Session, message_id: uuid.UUID) -> int:
    """Counts a try of a message that failed; how many there were."""
    counted = session.scalar(
        update(Message)
        .where(Message.id == message_id)
        .values(tries=func.coalesce(Message.tries, 0) + 1)
        .returning(Message.tries)
    )
    return counted or 0


def is_younger(session: Session, message_id: uuid.UUID, seconds: float) -> bool:
    """Whether a message came (or was written) within so many seconds; False for one that is not there."""
    message = session.get(Message, message_id)
    return message is not None and (utc_now() - message.created_at).total_seconds() < seconds


def last_inbound_at(session: Session, channel: str, provider: str) -> datetime | None:
    """When the last message came in on a channel by this provider; None where none ever did."""
    return session.scalar(
        select(func.max(Address.last_inbound_at)).where(
            Address.channel == channel, Address.provider == provider
        )
    )


def record_understanding(session: Session, message_id: uuid.UUID, understanding: Mapping[str, Any]) -> None:
    """Keeps what the engine understood of an inbound message. Raises MessageUnknown."""
    get_message(session, message_id).understanding = dict(understanding)


_HELD = (
    select(Conversation.id)
    .where(Conversation.id == bindparam("conversation_id"))
    .with_for_update(key_share=True)
)
_REPLIES_TO = select(Message).where(Message.in_reply_to == bindparam("message_id")).order_by(Message.position)


def store_replies(
    session: Session, message_id: uuid.UUID, records: Sequence[OutboundRecord], *, claimed: bool = False
) -> list[Message]:
    """Stores the replies to an inbound message, ready for delivery, and numbers them.

    Idempotent: where the message has replies already, those are returned and nothing is stored; one that is `claimed`
    and not done has none. Raises MessageUnknown.
    """
    inbound = get_message(session, message_id)
    if not claimed:
        # Held first: of two who answer at once, the second finds what the first stored.
        session.execute(_HELD, {"conversation_id": inbound.conversation_id})
        before = session.scalars(_REPLIES_TO, {"message_id": message_id}).all()
        if before:
            return list(before)
    return _store_outbound(session, inbound.conversation_id, records, in_reply_to=message_id)


def store_unprompted(
    session: Session, conversation_id: uuid.UUID, records: Sequence[OutboundRecord]
) -> list[Message]:
    """Stores messages that answer nothing: reminders, alerts, what an adviser writes."""
    return _store_outbound(session, conversation_id, records, in_reply_to=None)


# The conversation is held from here on: two who write to it at once get other numbers.
_NUMBERED = (
    update(Conversation)
    .where(Conversation.id == bindparam("of"))
    .values(last_n=Conversation.last_n + bindparam("many"), last_message_at=bindparam("at"))
    .returning(Conversation.last_n, Conversation.person_id, Conversation.channel)
    .execution_options(synchronize_session=False)
)


def _store_outbound(
    session: Session,
    conversation_id: uuid.UUID,
    records: Sequence[OutboundRecord],
    in_reply_to: uuid.UUID | None,
) -> list[Message]:
    now = utc_now()
    found = session.execute(_NUMBERED, {"of": conversation_id, "many": len(records), "at": now}).one()
    known = session.identity_map.get(identity_key(Conversation, conversation_id))
    if known is not None:
        set_committed_value(known, "last_n", found.last_n)
        set_committed_value(known, "last_message_at", now)
    messages = [
        Message(
            id=new_id(),
            conversation_id=conversation_id,
            person_id=found.person_id,
            channel=found.channel,
            direction="out",
            text=record.text,
            created_at=now,
            n=found.last_n - len(records) + 1 + position,
            in_reply_to=in_reply_to,
            position=position if in_reply_to is not None else None,
            reply=record.reply,
            args=dict(record.args),
            options=[dict(option) for option in record.options],
            segments=record.segments,
            encoding=record.encoding,
            delivery_state="pending",
            delivery_attempts=0,
        )
        for position, record in enumerate(records)
    ]
    # Written when the session is next asked something, or ends: what is changed until then costs no statement.
    session.add_all(messages)
    return messages


def mark_done(session: Session, message_id: uuid.UUID, reason: str | None = None) -> None:
    """Records that the turn of an inbound message is over; `reason` where it was answered in passing only (a code).

    Raises MessageUnknown.
    """
    _finish(session, message_id, "done", reason)


def mark_quiet(session: Session, message_id: uuid.UUID, reason: str) -> None:
    """Records that an inbound message is kept without an answer, and why (a code). Raises MessageUnknown."""
    _finish(session, message_id, "quiet", reason)


def mark_failed(session: Session, message_id: uuid.UUID, reason: str) -> None:
    """Records that the turn of an inbound message was given up, and why (a code, no words of people)."""
    _finish(session, message_id, "failed", reason)


def _finish(session: Session, message_id: uuid.UUID, state: str, failure: str | None) -> None:
    message = get_message(session, message_id)
    message.state = state
    message.failure = failure
    message.finished_at = utc_now()


def outbound_after(session: Session, conversation_id: uuid.UUID, n: int, limit: int = 200) -> list[Message]:
    """The messages to the person numbered above `n`, in order."""
    return list(
        session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.n > n)
            .order_by(Message.n)
            .limit(limit)
        )
    )


def find_option(session: Session, conversation_id: uuid.UUID, option_id: str) -> dict[str, Any] | None:
    """The option of this id, from the latest message that offered it: people press old buttons too."""
    menus = session.scalars(_MENUS, {"conversation_id": conversation_id})
    return next((each for options in menus for each in options or () if each.get("id") == option_id), None)


_MENUS = (
    select(Message.options)
    .where(
        Message.conversation_id == bindparam("conversation_id"),
        Message.n.is_not(None),
        Message.options != [],
    )
    .order_by(Message.n.desc())
    .limit(50)
)


def inbound_before(session: Session, message: Message) -> Message | None:
    """What its writer said last before a message, on any channel."""
    return session.scalar(
        select(Message)
        .where(
            Message.person_id == message.person_id,
            Message.direction == "in",
            Message.created_at <= message.created_at,
            Message.id != message.id,
        )
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
    )


def history(session: Session, person_id: uuid.UUID, limit: int = 200) -> list[Message]:
    """The last messages of a person, in and out, on every channel, oldest first."""
    last = (
        select(Message)
        .where(Message.person_id == person_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
    )
    return list(reversed(session.scalars(last.limit(limit)).all()))
