"""A conversation as one adviser may see it: found within their scope, its addresses masked."""

from uuid import UUID

from sqlalchemy.orm import Session

from console.web.refusals import not_found
from console.web.visit import Visit
from store.inbox import listing as inbox
from store.people import addresses
from store.tables import Conversation, Person

#: Channels whose address is a phone number.
PHONES = ("sms", "whatsapp")
_SHOWN = 2

#: Among the ids of conversations that changed: there were too many to name.
EVERYTHING = "all"


def seen(visit: Visit, session: Session, conversation_id: UUID) -> tuple[Conversation, Person]:
    """The conversation and its person. Refuses one that is not there, or not theirs, in the same way."""
    found = inbox.visible(session, visit.scope, conversation_id)
    if found is None:
        raise not_found()
    return found


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
