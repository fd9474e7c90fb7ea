"""What goes out, stored with what it answers and numbered in its conversation: ready for delivery."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from store.conversations.messages import get_message
from store.core.clock import utc_now
from store.core.ids import new_id
from store.tables import Conversation, Message

#: Between the keys of several replies that leave as one message, where they stand in one column.
_BETWEEN_KEYS = " + "


@dataclass(frozen=True)
class ContentTemplate:
    """An approved form by our key of it, with the values that fill it."""

    key: str
    values: Sequence[str] = ()

    def stored(self) -> dict[str, Any]:
        """As it is kept with a message."""
        return {"key": self.key, "values": list(self.values)}


@dataclass(frozen=True)
class OutboundRecord:
    """A message to send: its reply's key and arguments, and the words they became in a variety.

    Several keys: replies that leave as one message; none: it has words only. `content_template` goes instead where the
    channel's window is closed. `despite_opt_out`: it leaves although the address takes no more messages.
    """

    reply_keys: Sequence[str]
    text: str
    args: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    variety: str | None = None
    content_template: ContentTemplate | None = None
    despite_opt_out: bool = False
    segments: int | None = None
    encoding: str | None = None


_LOCKED = (
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
        session.execute(_LOCKED, {"conversation_id": inbound.conversation_id})
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
            reply_keys=list(record.reply_keys),
            reply=_BETWEEN_KEYS.join(record.reply_keys),
            author_kind="assistant",
            variety=record.variety,
            content_template=None if record.content_template is None else record.content_template.stored(),
            despite_opt_out=record.despite_opt_out,
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
