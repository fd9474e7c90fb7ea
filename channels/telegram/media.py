"""What a Telegram message carries that is no text."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from channels.contract.messages import Media, MediaKind

Payload = Mapping[str, Any]

#: What happens to a chat and says nothing to us. A message that has one of these, and no content, is no message.
SERVICE = frozenset((
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title",
    "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created",
    "channel_chat_created", "message_auto_delete_timer_changed", "migrate_to_chat_id",
    "migrate_from_chat_id", "pinned_message", "connected_website", "write_access_allowed",
    "proximity_alert_triggered", "boost_added", "chat_background_set", "checklist_tasks_done",
    "checklist_tasks_added", "direct_message_price_changed", "forum_topic_created", "forum_topic_edited",
    "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed", "managed_bot_created",
    "paid_message_price_changed", "poll_option_added", "poll_option_deleted", "suggested_post_approved",
    "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
    "video_chat_participants_invited", "refunded_payment", "gift_upgrade_sent",
))  # fmt: skip


def media_of(message: Payload) -> Media | None:
    """The media of a message; None where it has none that is listed here, or it cannot be read."""
    for name, read in _READERS:
        content = message.get(name)
        if content is not None:
            media = read(content)
            if media is not None:
                return media
    return None


def is_service(message: Payload) -> bool:
    """Whether the message tells of the chat itself (something was pinned, a background was set)."""
    return not SERVICE.isdisjoint(message)


def _file(kind: MediaKind) -> Callable[[Any], Media | None]:
    def read(content: Any) -> Media | None:
        if not isinstance(content, Mapping):
            return None
        return Media(
            kind,
            reference=_word(content.get("file_id")),
            mime_type=_word(content.get("mime_type")),
            emoji=_word(content.get("emoji")),
        )

    return read


def _photo(content: Any) -> Media | None:
    """A photo comes in several sizes; the last is the largest."""
    if not isinstance(content, list):
        return None
    sizes = [size for size in content if isinstance(size, Mapping)]
    return Media(MediaKind.IMAGE, reference=_word(sizes[-1].get("file_id")) if sizes else None)


def _location(content: Any) -> Media | None:
    if not isinstance(content, Mapping):
        return None
    latitude, longitude = (
        _degrees(content.get("latitude"), 90),
        _degrees(content.get("longitude"), 180),
    )
    if latitude is None or longitude is None:
        return None
    return Media(MediaKind.LOCATION, latitude=latitude, longitude=longitude)


def _venue(content: Any) -> Media | None:
    return _location(content.get("location")) if isinstance(content, Mapping) else None


def _contact(_: Any) -> Media:
    # The card is somebody else's: it stays in what the provider sent, encrypted.
    return Media(MediaKind.CONTACT)


def _degrees(value: Any, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= most and math.isfinite(value) else None


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


# An animation also comes as a document, a venue also as a location, a live photo also as photos: the first wins.
_READERS: tuple[tuple[str, Callable[[Any], Media | None]], ...] = (
    ("voice", _file(MediaKind.VOICE)),
    ("audio", _file(MediaKind.AUDIO)),
    ("animation", _file(MediaKind.VIDEO)),
    ("video", _file(MediaKind.VIDEO)),
    ("video_note", _file(MediaKind.VIDEO)),
    ("photo", _photo),
    ("live_photo", _file(MediaKind.IMAGE)),
    ("sticker", _file(MediaKind.STICKER)),
    ("document", _file(MediaKind.DOCUMENT)),
    ("venue", _venue),
    ("location", _location),
    ("contact", _contact),
)
