"""Words that wait for their reader: outside a channel's window an approved form goes instead of what an adviser wrote.

The form asks the person to write; then the words themselves may be sent. A message whose words are still to be said
has HELD among its arguments.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.clock import utc_now
from store.tables import Conversation, Message

HELD = "$held"
_GONE = ("sent", "delivered", "read", "failed")


def mark(message: Message, held: bool) -> None:
    """Notes whether a message leaves without its words. Called before each try: the window may have opened since."""
    args = dict(message.args or {})
    if bool(args.get(HELD)) == held:
        return
    if held:
        args[HELD] = True
    else:
        args.pop(HELD)
    message.args = args


def release(session: Session, conversation_id: uuid.UUID, *, without: tuple[str, ...] = ()) -> list[Message]:
    """Stores the held messages of a conversation anew, ready for delivery, in the order in which they were written.

    Their authors stay, the arguments named in `without` do not. Each is released once. One whose form has not left yet
    stays held: its own next try finds the window open and says the words.
    """
    held = session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.direction == "out",
            Message.args[HELD].as_boolean(),
            Message.delivery_state.in_(_GONE),
        )
        .order_by(Message.n)
        .with_for_update(key_share=True)
    ).all()
    if not held:
        return []
    conversation = session.scalars(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    return [_again(session, conversation, message, without) for message in held]


def _again(
    session: Session, conversation: Conversation, message: Message, without: tuple[str, ...]
) -> Message:
    mark(message, held=False)
    conversation.last_n += 1
    conversation.last_message_at = now = utc_now()
    said = Message(
        conversation_id=conversation.id,
        person_id=conversation.person_id,
        channel=conversation.channel,
        direction="out",
        text=message.text,
        created_at=now,
        n=conversation.last_n,
        reply=message.reply,
        author=message.author,
        args={name: value for name, value in (message.args or {}).items() if name not in without},
        options=list(message.options or []),
        segments=message.segments,
        encoding=message.encoding,
        delivery_state="pending",
        delivery_attempts=0,
    )
    session.add(said)
    session.flush()
    return said
