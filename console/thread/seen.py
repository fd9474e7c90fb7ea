"""A conversation as one adviser may see it: found within their scope, its addresses masked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from console.refusals import not_found
from console.visit import Visit
from store import addresses, inbox, threads
from store.tables import Conversation, Person

#: Channels whose address is a phone number.
PHONES = ("sms", "whatsapp")
_SHOWN = 2


@dataclass(frozen=True)
class Window:
    """The window of a channel that has one: whether free words may be sent now, and until when."""

    open: bool
    closes_at: datetime


def seen(visit: Visit, session: Session, conversation_id: UUID) -> tuple[Conversation, Person]:
    """The conversation and its person. Refuses one that is not there, or not theirs, in the same way."""
    found = inbox.visible(session, visit.scope, conversation_id)
    if found is None:
        raise not_found()
    return found


def window_of(visit: Visit, session: Session, conversation: Conversation) -> Window | None:
    """The window of a conversation; None where its channel has none."""
    facts = visit.services.channels.get(conversation.channel)
    closes_at = threads.window_closes_at(session, conversation, facts.window_hours if facts else 0)
    return None if closes_at is None else Window(closes_at > visit.now, closes_at)


def masked(phone: str) -> str:
    """A phone number with its last digits only: enough to tell two apart, too few to ring up."""
    digits = [character for character in phone if character.isdigit()]
    return "•••• " + "".join(digits[-_SHOWN:])


def phone_of(session: Session, conversation: Conversation) -> str | None:
    """The number of a conversation; None where its channel has other addresses."""
    if conversation.channel not in PHONES:
        return None
    address = addresses.address_on(session, conversation.person_id, conversation.channel)
    return None if address is None else address.provider_id


def reachable(session: Session, conversation: Conversation) -> str:
    """The state of the address a person is written to on this channel (`active`, `opted_out` ...)."""
    address = addresses.address_on(session, conversation.person_id, conversation.channel)
    return "unreachable" if address is None else address.state
