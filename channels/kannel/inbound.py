"""A gateway's call as an inbound message."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

from channels.contract.messages import Inbound, Media, MediaKind
from channels.kannel.addresses import address_of
from channels.kannel.config import Config
from channels.kannel.fields import Fields, value_of

CHANNEL = "sms"
PROVIDER = "sms-gateway"

_LONGEST_ID = 200
_UCS2 = re.compile(r"(utf-?16|ucs-?2|unicode|iso-10646)", re.IGNORECASE)
_BINARY = re.compile(r"(binary|8-?bit|octet)", re.IGNORECASE)
_OTHER_CHARSETS = {"latin1": "cp1252", "iso-8859-1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252"}
_CODING_UCS2 = ("2", "3")  # 3 in Kannel before 1.4
_LONGEST_DELAY = timedelta(days=7)


def parse(fields: Fields, config: Config, received_at: datetime) -> Inbound | None:
    """The message; None where the call says neither who wrote nor which message it is."""
    names = config.names
    written = value_of(fields, names.sender)
    sender = address_of(written, config.country)
    given_id = value_of(fields, names.id)
    text = decode(
        fields.get(names.text, b""), value_of(fields, names.charset), value_of(fields, names.coding)
    )
    if not sender:
        return None
    if not text and not given_id:
        return None
    sent_at = moment(value_of(fields, names.time), received_at)
    return Inbound(
        channel=CHANNEL,
        sender=sender,
        provider_message_id=_message_id(
            config, sender, given_id, text, value_of(fields, names.time) or f"{received_at:%Y-%m-%dT%H:%M}"
        ),
        received_at=received_at,
        text=text,
        media=Media(MediaKind.UNSUPPORTED) if text is None else None,
        provider=PROVIDER,
        sent_at=sent_at,
        raw={
            name: value.decode("utf-8", "backslashreplace")
            for name, value in fields.items()
            if name != names.token
        },
    )


def decode(raw: bytes, charset: str = "", coding: str = "") -> str | None:
    """The text of a message; None where it is data for a program, not words.

    Kannel hands on UCS-2 as it came (UTF-16, most significant byte first) and says so in %C and %c; most gateways send
    UTF-8 whatever the message was in. A gateway that only says "coding 2" may have done either: in UTF-16 each Arabic
    or Latin letter has a byte that no text in UTF-8 has.
    """
    if _UCS2.search(charset):
        return _utf16(raw)
    if _BINARY.search(charset):
        return None
    if coding in _CODING_UCS2 and not charset and not _is_plain_utf8(raw):
        return _utf16(raw)
    return _eight_bit(raw, charset)


def moment(written: str, now: datetime) -> datetime | None:
    """Kannel's %T (seconds since 1970) or %t ("2026-11-25 21:40", UTC), or ISO 8601. A clock that is far off, or ahead
    of ours, is not believed.
    """
    try:
        if re.fullmatch(r"\d{9,11}", written):
            found = datetime.fromtimestamp(int(written), UTC)
        else:
            found = datetime.fromisoformat(written.replace(" ", "T", 1))
    except (ValueError, OverflowError, OSError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return min(found, now) if abs(now - found) <= _LONGEST_DELAY else None


def _message_id(config: Config, sender: str, given: str, text: str | None, when: str) -> str:
    """Unique in the channel: the gateway's id with a mark of its sender, since gateways that count begin again at 1.
    Without an id, a text counts once for its time as the gateway wrote it, or for the minute it came in.
    """
    if given:
        return f"{given[:_LONGEST_ID]}.{_mark(config.token, sender)[:8]}"
    return _mark(config.token, f"{sender}\n{when}\n{text or ''}")


def _mark(key: str, value: str) -> str:
    """A mark that says nothing of what it is made of: numbers are few enough to try them all without a key."""
    return hmac.new(key.encode(), value.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def _utf16(raw: bytes) -> str:
    try:
        return raw.decode("utf-16-be").removeprefix("\ufeff")
    except UnicodeDecodeError:
        # Some say UTF-16 of what they have turned into UTF-8 already.
        return raw.decode("utf-8") if _is_plain_utf8(raw) else raw.decode("utf-16-be", "replace")


def _eight_bit(raw: bytes, charset: str) -> str:
    other = _OTHER_CHARSETS.get(charset.lower())
    try:
        return raw.decode("utf-8" if other is None else other)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _is_plain_utf8(raw: bytes) -> bool:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(c < " " and c not in "\t\n\r" for c in text)
