"""A message as Twilio posts it, made into ours.

The fields are those of https://www.twilio.com/docs/messaging/guides/webhook-request; others come without notice, and
any may be missing or blank. Times are not among them.
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime

from channels.contract.messages import Inbound, Media, MediaKind, OptWord
from channels.twilio.addresses import WHATSAPP, channel_of, person_id, whatsapp_id

PROVIDER = "twilio"

Fields = Mapping[str, str]

_SID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_OPT_WORDS: Mapping[str, OptWord] = {"stop": "stop", "start": "start", "help": "help"}
_FORWARDED = ("Forwarded", "FrequentlyForwarded")
_BY_TYPE = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}
_CONTACT_TYPES = ("text/vcard", "text/x-vcard", "text/directory")


def inbound_of(fields: Fields, received_at: datetime, sent_at: datetime | None = None) -> list[Inbound]:
    """The message in a form, or none where it has no id, no sender, or a channel that we do not serve."""
    address = fields.get("From", "")
    channel = channel_of(address)
    sender = person_id(address, fields.get("WaId", ""))
    sid = message_sid(fields)
    if channel is None or sender is None or sid is None:
        return []
    option = fields.get("ButtonPayload") or fields.get("ListId") or None
    media = None if option else _media(fields)
    return [
        Inbound(
            channel=channel,
            sender=sender,
            provider_message_id=sid,
            received_at=received_at,
            sent_at=sent_at,
            option_id=option,
            text=None if option else _text(fields, media),
            media=media,
            profile_name=fields.get("ProfileName") or None,
            provider=PROVIDER,
            aliases=_aliases(fields, sender) if channel == WHATSAPP else (),
            opt_word=_OPT_WORDS.get(fields.get("OptOutType", "").strip().lower()),
            forwarded=any(fields.get(name, "").strip().lower() == "true" for name in _FORWARDED),
            raw=dict(fields),
        )
    ]


def message_sid(fields: Fields) -> str | None:
    """The message's id, by its present name or its older ones."""
    found = fields.get("MessageSid") or fields.get("SmsMessageSid") or fields.get("SmsSid") or ""
    return found if _SID.fullmatch(found) else None


def _text(fields: Fields, media: Media | None) -> str | None:
    # A tapped button without a payload of its own still says what stood on it.
    text = fields.get("Body") or fields.get("ButtonText") or fields.get("ListTitle") or ""
    if media is not None and media.kind is MediaKind.REACTION:
        return None
    return text if text or media is None else None


def _media(fields: Fields) -> Media | None:
    kind = fields.get("MessageType", "").strip().lower()
    location = _location(fields)
    if location is not None:
        return Media(MediaKind.LOCATION, latitude=location[0], longitude=location[1])
    if _count(fields.get("NumMedia", "")):
        mime_type = fields.get("MediaContentType0", "").strip().lower()
        return Media(_kind(kind, mime_type), fields.get("MediaUrl0") or None, mime_type or None)
    if kind == "reaction":
        return Media(MediaKind.REACTION, emoji=fields.get("Body") or None)
    return Media(MediaKind.UNSUPPORTED) if kind in ("unsupported", "unknown") else None


def _kind(message_type: str, mime_type: str) -> MediaKind:
    """What a file is: WhatsApp's voice notes are ogg and its stickers webp; Twilio tells more only at times."""
    if message_type in ("sticker", "document", "voice"):
        return MediaKind(message_type)
    base = mime_type.partition(";")[0].strip()
    if base == "audio/ogg":
        return MediaKind.VOICE
    if base == "image/webp":
        return MediaKind.STICKER
    if message_type in ("contact", "contacts") or base in _CONTACT_TYPES:
        return MediaKind.CONTACT
    if not base:
        return MediaKind.UNSUPPORTED
    return _BY_TYPE.get(base.partition("/")[0], MediaKind.DOCUMENT)


def _location(fields: Fields) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(fields.get("Latitude", "")), float(fields.get("Longitude", ""))
    except ValueError:
        return None
    # Comparing also leaves out what is not a number at all.
    within = math.fabs(latitude) <= 90 and math.fabs(longitude) <= 180
    return (latitude, longitude) if within else None


def _count(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0


def _aliases(fields: Fields, sender: str) -> tuple[str, ...]:
    """Other ids of the person on WhatsApp: the business-scoped one, and what they write from where that is none."""
    known = [whatsapp_id(fields[name]) for name in ("ExternalUserId", "From") if fields.get(name)]
    return tuple(dict.fromkeys(each for each in known if each is not None and each != sender))
