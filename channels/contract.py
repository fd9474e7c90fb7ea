"""The values that cross a channel's edge, the same for every provider.

Code that shapes a message asks for a capability (`capabilities.max_buttons`), never for a channel's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Form = Literal["full", "sms"]

FULL: Form = "full"
SMS: Form = "sms"


@dataclass(frozen=True)
class Inbound:
    """One message as a provider delivered it, parsed and verified.

    Exactly one of `text` and `option_id` is set. `sender` is the provider's id of the person,
    `provider_message_id` is unique within `channel`, `raw` is what the provider sent.
    """

    channel: str
    sender: str
    provider_message_id: str
    received_at: datetime
    text: str | None = None
    option_id: str | None = None
    profile_name: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.text is None) == (self.option_id is None):
            raise ValueError("an inbound message has either a text or an option")


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


@dataclass(frozen=True)
class Outbound:
    """One message ready to leave: `to` is the provider's id of the person, `text` is already in the
    channel's form.
    """

    message_id: str
    channel: str
    to: str
    text: str
    options: tuple[Option, ...] = ()
    conversation_id: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What a channel can carry. Lengths are in characters as people count them, 0 means "cannot".

    `pushed`: messages are delivered to the provider; False where the person's side fetches them.
    `one_message_a_turn`: several replies of one turn leave as one message (each message costs).
    """

    form: Form
    max_text: int
    isolates: bool
    max_buttons: int
    button_title: int
    max_rows: int
    row_title: int
    row_description: int = 0
    pushed: bool = True
    one_message_a_turn: bool = False
    counts_segments: bool = False
