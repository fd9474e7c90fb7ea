"""The values that cross a channel's edge, the same for every provider.

Code that shapes a message asks for a capability (`capabilities.max_buttons`), never for a channel's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

Form = Literal["full", "sms"]

FULL: Form = "full"
SMS: Form = "sms"


class MediaKind(StrEnum):
    """What came in that is no text. `UNSUPPORTED`: something the provider itself could not carry."""

    VOICE = "voice"
    AUDIO = "audio"
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    REACTION = "reaction"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Media:
    """Something other than words. `reference` is the provider's id or URL of the file; a caption is the message's text.

    `latitude` and `longitude` (degrees, WGS 84) belong to a location, `emoji` to a reaction or a sticker.
    """

    kind: MediaKind
    reference: str | None = None
    mime_type: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    emoji: str | None = None

    def stored(self) -> dict[str, Any]:
        """The media as it is kept with the message: what is known of it."""
        values = {
            name: getattr(self, name) for name in ("reference", "mime_type", "latitude", "longitude", "emoji")
        }
        return {
            "kind": str(self.kind),
            **{name: value for name, value in values.items() if value is not None},
        }


OptWord = Literal["stop", "start", "help"]


@dataclass(frozen=True)
class Inbound:
    """One message as a provider delivered it, parsed and verified.

    It has a `text`, an `option_id`, or `media` (with a caption as `text`, if there is one). `sender` is the person's id
    on the channel: digits with country code and no "+" on WhatsApp, E.164 with "+" on SMS, the chat's id on Telegram.
    `aliases` are other ids of the same person there (WhatsApp's business-scoped one). `provider_message_id` is
    unique within `channel`; `provider` names the door it came through; `sent_at` is the provider's clock, where it
    tells; `opt_word` is set where the provider itself took the text for an opt-out or opt-in; `forwarded` where the
    words are somebody else's, passed on: they are nobody's own yes; `raw` is what it sent.
    """

    channel: str
    sender: str
    provider_message_id: str
    received_at: datetime
    text: str | None = None
    option_id: str | None = None
    media: Media | None = None
    profile_name: str | None = None
    provider: str = ""
    sent_at: datetime | None = None
    aliases: tuple[str, ...] = ()
    opt_word: OptWord | None = None
    forwarded: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.option_id is not None and (self.text is not None or self.media is not None):
            raise ValueError("an inbound message has either a text, an option or media")
        if self.option_id is None and self.text is None and self.media is None:
            raise ValueError("an inbound message has a text, an option or media")


DeliveryStep = Literal["sent", "delivered", "read", "failed"]


@dataclass(frozen=True)
class StatusUpdate:
    """What a provider says of a message it took. `message_id` is ours, where it came back with the status (it always
    should: the status may arrive before we have noted the provider's id). `code` is the provider's, for a failure.
    """

    channel: str
    step: DeliveryStep
    provider_message_id: str | None = None
    message_id: str | None = None
    code: str | None = None
    refusal: "Refusal | None" = None


AddressState = Literal["active", "opted_out", "blocked", "unreachable"]


@dataclass(frozen=True)
class Refusal:
    """Why an address takes no more messages: the state it is put in, and the provider's code."""

    state: AddressState
    reason: str


@dataclass(frozen=True)
class AddressUpdate:
    """A person blocked or unblocked us with the provider itself."""

    channel: str
    sender: str
    state: AddressState
    reason: str


@dataclass(frozen=True)
class Preference:
    """What a person set with the provider itself: no more of our messages, or those they stopped there again.

    `addresses` are their ids on the channel, as far as they came; `at` is when they set it.
    """

    channel: str
    addresses: tuple[str, ...]
    wish: Literal["stop", "resume"]
    at: datetime


@dataclass(frozen=True)
class Option:
    """A choice offered under a message: an opaque id, the words shown, and what choosing it says to the engine.

    `in_text`: the text of the message has it already, under its number.
    """

    id: str
    title: str
    intent: str
    entities: tuple[Mapping[str, Any], ...] = ()
    in_text: bool = False

    def stored(self) -> dict[str, Any]:
        """The option as it is kept with the message, to be resolved when the person picks it."""
        return {
            "id": self.id,
            "title": self.title,
            "intent": self.intent,
            "entities": [dict(entity) for entity in self.entities],
        }


Kind = Literal["text", "buttons", "list"]


@dataclass(frozen=True)
class Template:
    """A form approved by the provider beforehand, for messages outside the window. `key` is its name there, one for
    each variety (data/templates), `language` the provider's code; `values` fill its places in order.
    """

    key: str
    language: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outbound:
    """One message ready to leave: `to` is the provider's id of the person, `text` is already in the channel's form.

    `kind` says how `options` appear: as buttons, or as a list opened by `menu_label`, with `descriptions` under its
    rows (one for each, maybe empty); with "text" the options stand in the text already, as numbers. Titles are
    within the channel's lengths. `template` is set where only an approved form may be sent. `attempt` counts from 1.
    """

    message_id: str
    channel: str
    to: str
    text: str
    options: tuple[Option, ...] = ()
    conversation_id: str = ""
    kind: Kind = "text"
    descriptions: tuple[str, ...] = ()
    menu_label: str = ""
    template: Template | None = None
    in_reply_to: str | None = None  # the provider's id of the message that this answers
    attempt: int = 1


@dataclass(frozen=True)
class Capabilities:
    """What a channel can carry. Lengths are in characters as people count them, 0 means "cannot".

    `max_text_with_options`: of a text above buttons or a list; 0 where it is `max_text`.
    `pushed`: messages are delivered to the provider; False where the person's side fetches them.
    `one_message_a_turn`: several replies of one turn leave as one message (each message costs).
    `window_hours`: so long after a person's last message free words may be sent; 0 means always.
    `may_arrive_disordered`: messages written one after the other may come in the other order.
    """

    form: Form
    max_text: int
    isolates: bool
    max_buttons: int
    button_title: int
    max_rows: int
    row_title: int
    row_description: int = 0
    max_text_with_options: int = 0
    pushed: bool = True
    one_message_a_turn: bool = False
    counts_segments: bool = False
    window_hours: int = 0
    may_arrive_disordered: bool = False
