"""What Meta sent, as messages, statuses, updates of addresses and what people set in WhatsApp.

One body may carry the messages and statuses of many people, in several entries and changes; Meta sends it again, whole,
until it is acknowledged. So each is read by itself: one that cannot be read never costs another.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from channels.contract.messages import AddressUpdate, Inbound, Preference, StatusUpdate
from channels.meta.config import CHANNEL, PROVIDER
from channels.meta.content import content_of
from channels.meta.identity import identity_of
from channels.meta.preferences import FIELD as PREFERENCES
from channels.meta.preferences import preference_of
from channels.meta.status import status_of
from channels.meta.system import changes_of

#: Nothing was said to us: a chat that was opened, a message taken back or corrected (it was answered as it first came).
_UNSAID = frozenset({"request_welcome", "edit", "revoke"})
_FORWARDED = ("forwarded", "frequently_forwarded")
_READ = frozenset({"messages", PREFERENCES})
_LONGEST_ID = 512
_EARLIEST = datetime(2009, 1, 1, tzinfo=UTC)
_NAME = re.compile(r"[a-z_]{1,40}", re.ASCII)


@dataclass
class Parsed:
    """What one body carried. `ignored` has a code for whatever was passed over, for the log."""

    messages: list[Inbound] = field(default_factory=list)
    statuses: list[StatusUpdate] = field(default_factory=list)
    addresses: list[AddressUpdate] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def parse(payload: Any, phone_number_id: str, at: datetime) -> Parsed:
    """Everything in a body that is for our number. `at` is when it came. Raises nothing, whatever the body is."""
    parsed = Parsed()
    if not isinstance(payload, Mapping):
        parsed.ignored.append("not-an-object")
        return parsed
    for entry in _objects(payload, "entry", parsed):
        for change in _objects(entry, "changes", parsed):
            value = change.get("value")
            named = change.get("field", "messages")
            if not isinstance(named, str) or named not in _READ:
                parsed.ignored.append(f"field-{_named(named)}")
            elif not isinstance(value, Mapping):
                parsed.ignored.append("no-value")
            elif _number_of(value) != phone_number_id:
                parsed.ignored.append("other-number")
            else:
                _read(value, at, parsed)
    return parsed


def _read(value: Mapping[str, Any], at: datetime, parsed: Parsed) -> None:
    contacts = list(_objects(value, "contacts", parsed))
    for message in _objects(value, "messages", parsed):
        _guard(parsed, _message, message, contacts, at, parsed)
    for status in _objects(value, "statuses", parsed):
        _guard(parsed, _status, status, parsed)
    for told in _objects(value, PREFERENCES, parsed):
        _guard(parsed, _preference, told, contacts, at, parsed)
    parsed.ignored.extend(f"error-{_code(error)}" for error in _objects(value, "errors", parsed))


def _guard(parsed: Parsed, read: Callable[..., None], *arguments: Any) -> None:
    try:
        read(*arguments)
    except Exception as error:
        parsed.ignored.append(f"unread-{type(error).__name__}")


def _status(status: Mapping[str, Any], parsed: Parsed) -> None:
    parsed.statuses.append(status_of(status))


def _preference(
    told: Mapping[str, Any], contacts: list[Mapping[str, Any]], at: datetime, parsed: Parsed
) -> None:
    preference = preference_of(told, contacts, _moment(told.get("timestamp"), at) or at)
    if preference is None:
        parsed.ignored.append("preference-unknown")
    else:
        parsed.preferences.append(preference)


def _message(
    message: Mapping[str, Any], contacts: list[Mapping[str, Any]], at: datetime, parsed: Parsed
) -> None:
    kind = message.get("type")
    kind = kind if isinstance(kind, str) else ""
    if kind == "system":
        changes = changes_of(message)
        parsed.addresses.extend(changes)
        parsed.ignored.extend([] if changes else ["system"])
    elif kind in _UNSAID or "group_id" in message:
        # A reply to a group's message would reach one of them alone, who did not ask.
        parsed.ignored.append(kind if kind in _UNSAID else "group")
    else:
        inbound = _inbound(message, kind, contacts, at)
        if inbound is None:
            parsed.ignored.append("no-sender-or-id")
        else:
            parsed.messages.append(inbound)


def _inbound(
    message: Mapping[str, Any], kind: str, contacts: list[Mapping[str, Any]], at: datetime
) -> Inbound | None:
    message_id, who = message.get("id"), identity_of(message, contacts)
    if who is None or not isinstance(message_id, str) or not 0 < len(message_id) <= _LONGEST_ID:
        return None
    content = content_of(message, kind)
    return Inbound(
        channel=CHANNEL,
        sender=who.sender,
        provider_message_id=message_id,
        received_at=at,
        text=content.text,
        option_id=content.option_id,
        media=content.media,
        profile_name=who.profile_name,
        provider=PROVIDER,
        sent_at=_moment(message.get("timestamp"), at),
        aliases=who.aliases,
        forwarded=_is_forwarded(message),
        raw={"message": message},
    )


def _is_forwarded(message: Mapping[str, Any]) -> bool:
    context = message.get("context")
    return isinstance(context, Mapping) and any(context.get(name) is True for name in _FORWARDED)


def _moment(stamp: Any, at: datetime) -> datetime | None:
    """Unix seconds, as Meta writes them; None for a time that cannot be."""
    try:
        moment = datetime.fromtimestamp(int(stamp), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return moment if _EARLIEST < moment < at + timedelta(days=1) else None


def _number_of(value: Mapping[str, Any]) -> str | None:
    metadata = value.get("metadata")
    found = metadata.get("phone_number_id") if isinstance(metadata, Mapping) else None
    return None if found is None else str(found)


def _objects(values: Mapping[str, Any], key: str, parsed: Parsed) -> Iterator[Mapping[str, Any]]:
    found = values.get(key)
    if found is None:
        return
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, Mapping):
            yield each
        else:
            parsed.ignored.append(f"bad-{key}")


def _code(error: Mapping[str, Any]) -> str:
    code = error.get("code")
    return str(code) if isinstance(code, int) and 0 <= code < 10**9 else "unknown"


def _named(name: Any) -> str:
    return name if isinstance(name, str) and _NAME.fullmatch(name) else "unknown"
