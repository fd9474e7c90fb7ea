"""Updates of the Bot API as our values: pure functions, tolerant of everything that may be missing.

The dict is read by hand. `telegram.Update.de_json` refuses an update that lacks a field it takes for granted, and
Telegram's fields change more often than the library is updated; one that has a chat and an id must never be lost.

A person who edits a message has been answered already: edits are ignored (a live location sends one every few seconds).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from channels.contract.messages import AddressState, AddressUpdate, Inbound, Media, MediaKind
from channels.telegram.media import is_service, media_of
from channels.telegram.rich import words_of

CHANNEL = "telegram"
PROVIDER = "telegram"

#: The kinds of update we ask for; any other is ignored.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

#: The origin of a forwarded message; before Bot API 7.0 a date, and at times who wrote it.
_FORWARDED = ("forward_origin", "forward_date", "forward_from")
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?:\s+(.*))?", re.DOTALL)
_MEMBERSHIPS: Mapping[str, AddressState] = {"kicked": "blocked", "member": "active"}
_CLOCKS_DIFFER_AT_MOST = timedelta(days=1)


@dataclass(frozen=True)
class Parsed:
    """What one update comes to: a message, news of an address, or nothing and the code why.

    `callback_id`: a button was pressed and its clock turns until it is answered, whatever else comes of it.
    """

    message: Inbound | None = None
    address: AddressUpdate | None = None
    callback_id: str | None = None
    ignored: str | None = None


def parse(update: Mapping[str, Any], received_at: datetime) -> Parsed:
    """One update. Raises nothing, whatever it holds."""
    message = update.get("message")
    if isinstance(message, Mapping):
        return _message(update, message, received_at)
    callback = update.get("callback_query")
    if isinstance(callback, Mapping):
        return _callback(update, callback, received_at)
    member = update.get("my_chat_member")
    if isinstance(member, Mapping):
        return _membership(member)
    if isinstance(update.get("edited_message"), Mapping):
        return Parsed(ignored="telegram-edit")
    return Parsed(ignored="telegram-update-not-asked-for")


def _message(update: Mapping[str, Any], message: Mapping[str, Any], received_at: datetime) -> Parsed:
    chat = _private_chat(message)
    if chat is None:
        return Parsed(ignored="telegram-chat-not-private")
    writer = _mapping(message.get("from"))
    if writer.get("is_bot") is True:
        return Parsed(ignored="telegram-from-a-bot")
    message_id = _message_id(update, message, chat)
    if message_id is None:
        return Parsed(ignored="telegram-without-id")
    text, media = _content(message)
    if text is None and media is None:
        return Parsed(ignored="telegram-service-message")
    return Parsed(
        Inbound(
            channel=CHANNEL,
            provider=PROVIDER,
            sender=str(chat),
            provider_message_id=message_id,
            received_at=received_at,
            sent_at=_moment(message.get("date"), received_at),
            text=text,
            media=media,
            profile_name=_name(writer or _mapping(message.get("chat"))),
            forwarded=any(message.get(name) for name in _FORWARDED),
            raw=update,
        )
    )


def _content(message: Mapping[str, Any]) -> tuple[str | None, Media | None]:
    text = _words(message.get("text")) or words_of(message.get("rich_message"))
    media = media_of(message)
    if text is not None and media is None:
        return text_of(text), None
    if media is not None:
        return text or _words(message.get("caption")), media
    if is_service(message):
        return None, None
    # Polls, dice, games, stories, and what Telegram will think of next.
    dice = _mapping(message.get("dice")).get("emoji")
    return _words(message.get("caption")), Media(MediaKind.UNSUPPORTED, emoji=_words(dice))


def text_of(text: str) -> str:
    """The words of a text: a command becomes its name, with what was written after it.

    `/help` is "help" and `/menu@takwin_bot` is "menu". What follows `/start` was put in a link by somebody else (where
    the person comes from, kept in `raw`): those are no words of theirs.
    """
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return text
    name, rest = command[1].replace("_", " ").strip().lower(), (command[2] or "").strip()
    return name if name == "start" or not rest else f"{name} {rest}".strip()


def _callback(update: Mapping[str, Any], callback: Mapping[str, Any], received_at: datetime) -> Parsed:
    callback_id = _words(callback.get("id"))
    if callback_id is None:
        return Parsed(ignored="telegram-without-id")
    presser = _mapping(callback.get("from"))
    under = callback.get("message")
    # Telegram leaves out the message where it is old: in a private chat the chat has the id of the person.
    chat = _private_chat(under) if isinstance(under, Mapping) else _person_id(presser.get("id"))
    option_id = _words(callback.get("data"))
    if chat is None or presser.get("is_bot") is True:
        return Parsed(callback_id=callback_id, ignored="telegram-chat-not-private")
    if option_id is None:
        return Parsed(callback_id=callback_id, ignored="telegram-callback-without-data")
    return Parsed(
        Inbound(
            channel=CHANNEL,
            provider=PROVIDER,
            sender=str(chat),
            provider_message_id=f"cb:{callback_id}",
            received_at=received_at,
            # Telegram does not say when a button was pressed. Its messages have whole seconds: cut like them, both
            # sort by when they came within one second.
            sent_at=received_at.replace(microsecond=0),
            option_id=option_id,
            profile_name=_name(presser),
            raw=update,
        ),
        callback_id=callback_id,
    )


def _membership(member: Mapping[str, Any]) -> Parsed:
    chat = _private_chat(member)
    if chat is None:
        return Parsed(ignored="telegram-chat-not-private")
    status = _mapping(member.get("new_chat_member")).get("status")
    state = _MEMBERSHIPS.get(status) if isinstance(status, str) else None
    if state is None:
        return Parsed(ignored="telegram-membership-other")
    return Parsed(address=AddressUpdate(CHANNEL, str(chat), state, f"telegram-{status}"))


def _message_id(update: Mapping[str, Any], message: Mapping[str, Any], chat: int) -> str | None:
    """Telegram numbers messages within a chat, updates within the bot."""
    number = _integer(message.get("message_id"))
    if number is not None:
        return f"{chat}:{number}"
    number = _integer(update.get("update_id"))
    return None if number is None else f"update:{number}"


def _private_chat(content: Mapping[str, Any]) -> int | None:
    """The id of the chat where it is between one person and us; groups and channels have ids below zero."""
    chat = _mapping(content.get("chat"))
    return _person_id(chat.get("id")) if chat.get("type", "private") == "private" else None


def _person_id(value: Any) -> int | None:
    number = _integer(value)
    return number if number is not None and 0 < number < 2**63 else None


def _integer(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _name(person: Mapping[str, Any]) -> str | None:
    parts = (_words(person.get("first_name")), _words(person.get("last_name")))
    return " ".join(part for part in parts if part) or None


def _moment(value: Any, received_at: datetime) -> datetime | None:
    seconds = _integer(value)
    if seconds is None or seconds <= 0:
        return None
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment if moment - received_at <= _CLOCKS_DIFFER_AT_MOST else None
