"""What one WhatsApp message says: words, an option that was picked, or something else.

Field names are Meta's (developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages); unknown ones are
passed over, since Meta adds them without notice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, FiniteFloat

from channels.contract.messages import Media, MediaKind


@dataclass(frozen=True)
class Content:
    """The part of an inbound message that the person made."""

    text: str | None = None
    option_id: str | None = None
    media: Media | None = None


UNSUPPORTED = Content(media=Media(MediaKind.UNSUPPORTED))


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class _Text(_Part):
    body: str


class _File(_Part):
    id: str | None = None
    mime_type: str | None = None
    caption: str | None = None
    voice: bool = False


class _Location(_Part):
    latitude: FiniteFloat
    longitude: FiniteFloat


class _Reaction(_Part):
    emoji: str | None = None


class _Button(_Part):
    text: str | None = None
    payload: str | None = None


class _Picked(_Part):
    id: str | None = None
    title: str | None = None


class _Interactive(_Part):
    button_reply: _Picked | None = None
    list_reply: _Picked | None = None


class _Order(_Part):
    text: str | None = None


_P = TypeVar("_P", bound=_Part)


def content_of(message: Mapping[str, Any], kind: str) -> Content:
    """What a message of Meta's type `kind` says; UNSUPPORTED where that cannot be told."""
    read = _READERS.get(kind)
    if read is None:
        return UNSUPPORTED
    try:
        return read(message.get(kind))
    except (ValueError, OverflowError):
        return UNSUPPORTED


def _text(part: Any) -> Content:
    return _words(_Text.model_validate(part).body)


def _file(kind: MediaKind) -> Callable[[Any], Content]:
    def read(part: Any) -> Content:
        file = _File.model_validate(part)
        shown = MediaKind.VOICE if kind is MediaKind.AUDIO and file.voice else kind
        return Content(text=file.caption or None, media=Media(shown, file.id, file.mime_type))

    return read


def _location(part: Any) -> Content:
    location = _Location.model_validate(part)
    return Content(media=Media(MediaKind.LOCATION, latitude=location.latitude, longitude=location.longitude))


def _contacts(_: Any) -> Content:
    # Other people's numbers: they stay in what was sent, encrypted, and go nowhere else.
    return Content(media=Media(MediaKind.CONTACT))


def _reaction(part: Any) -> Content:
    return Content(media=Media(MediaKind.REACTION, emoji=_Reaction.model_validate(part).emoji or None))


def _button(part: Any) -> Content:
    button = _Button.model_validate(part)
    # Meta copies the label where a template's button was given no payload: then it was said, not picked.
    if button.payload and button.payload != button.text:
        return Content(option_id=button.payload)
    return _words(button.text)


def _interactive(part: Any) -> Content:
    interactive = _Interactive.model_validate(part)
    picked = interactive.button_reply or interactive.list_reply
    if picked is None:
        return UNSUPPORTED
    return Content(option_id=picked.id) if picked.id else _words(picked.title)


def _order(part: Any) -> Content:
    return Content(text=_Order.model_validate(part).text or None, media=Media(MediaKind.UNSUPPORTED))


def _words(text: str | None) -> Content:
    return Content(text=text) if text else UNSUPPORTED


_READERS: Mapping[str, Callable[[Any], Content]] = {
    "text": _text,
    "image": _file(MediaKind.IMAGE),
    "audio": _file(MediaKind.AUDIO),
    "voice": _file(MediaKind.VOICE),
    "video": _file(MediaKind.VIDEO),
    "document": _file(MediaKind.DOCUMENT),
    "sticker": _file(MediaKind.STICKER),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "button": _button,
    "interactive": _interactive,
    "order": _order,
}
