"""Words that wait for their reader: outside a channel's window an approved form goes instead of what an adviser wrote.

The form asks the person to write; then the words themselves may be sent. A message whose words are still to be said
is marked as deferred.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.tables import Conversation, Message

WAITING = "adviser_reply_waiting"
"""The form that says that an answer waits (data/templates/whatsapp.json)."""

_GONE = ("sent", "delivered", "read", "failed")


def mark(message: Message, deferred: bool) -> None:
    """Notes whether a message leaves without its words. Called before each try: the window may have opened since."""
    message.is_deferred = deferred


def release(session: Session, conversation_id: uuid.UUID) -> list[Message]:
    """Stores the held messages of a conversation anew, ready for delivery, in the order in which they were written.

    Their authors stay, the forms do not. Each is released once. One whose form has not left yet stays held: its own
    next try finds the window open and says the words.
    """
    deferred = session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "out",
            Message.is_deferred,
            Message.delivery_state.in_(_GONE),
        )
        .order_by(Message.n)
        .with_for_update(key_share=True)
    ).all()
    if not deferred:
        return []
    conversation = session.scalars(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    return [_again(session, conversation, message) for message in deferred]


def _again(session: Session, conversation: Conversation, message: Message) -> Message:
    mark(message, deferred=False)
    conversation.last_n += 1
    conversation.last_message_at = now = utc_now()
    message_again = Message(
        conversation_id=conversation.id,
        person_id=conversation.person_id,
        channel=conversation.channel,
        direction="out",
        text=message.text,
        created_at=now,
        n=conversation.last_n,
        reply=message.reply,
        reply_keys=message.reply_keys,
        author=message.author,
        author_kind=message.author_kind,
        author_adviser_id=message.author_adviser_id,
        variety=message.variety,
        despite_opt_out=message.despite_opt_out,
        args=dict(message.args or {}),
        options=list(message.options or []),
        segments=message.segments,
        encoding=message.encoding,
        delivery_state="pending",
        delivery_attempts=0,
    )
    session.add(message_again)
    session.flush()
    return message_again
