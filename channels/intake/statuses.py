"""What providers say afterwards: of messages they took, and of addresses that take no more."""

from uuid import UUID

from sqlalchemy.orm import Session

from channels.contract.messages import AddressUpdate, Preference, StatusUpdate
from channels.delivery.danger_replies import note_failed
from store.conversations import deliveries
from store.conversations.messages import MessageUnknown
from store.outreach import opt_out
from store.people import addresses
from store.tables import Message


def note_status(session: Session, update: StatusUpdate) -> bool:
    """Move a delivery forward; False where nothing changed: an older status, or no message of ours."""
    message = _message_of(session, update)
    if message is None:
        return False
    if update.refusal is not None:
        addresses.refuse_address(
            session, message.person_id, update.channel, update.refusal.state, update.refusal.reason
        )
    moved = deliveries.record_delivery(
        session,
        message.id,
        update.step,
        provider_message_id=update.provider_message_id,
        detail=update.code,
    )
    if moved and update.step == "failed":
        note_failed(session, message)
    return moved


def note_address(session: Session, update: AddressUpdate) -> bool:
    """Keep that a person blocked or unblocked us; False where we do not know them."""
    return addresses.set_state_of(session, update.channel, update.sender, update.state, update.reason)


def note_preference(session: Session, preference: Preference) -> bool:
    """Keep that a person stopped our messages with the provider, or wants them again; False where nothing changed."""
    change = opt_out.prefer_none if preference.wish == "stop" else opt_out.prefer_again
    return change(session, preference.channel, preference.addresses, preference.at)


def _message_of(session: Session, update: StatusUpdate) -> Message | None:
    if update.message_id is not None:
        try:
            found = deliveries.find_outbound(session, UUID(update.message_id))
        except (ValueError, MessageUnknown):
            found = None
        if found is not None and found.channel == update.channel:
            return found
    if update.provider_message_id is None:
        return None
    return deliveries.find_sent(session, update.channel, update.provider_message_id)
