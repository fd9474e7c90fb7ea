"""While the operator has switched the assistant off: messages are kept for the advisers, and people told once a day."""

from datetime import timedelta

from sqlalchemy.orm import Session

from channels.contract.steps import Incoming, Settled
from store.conversations import rates
from store.conversations.replies import Reply
from store.core.clock import utc_now
from store.handover import requests as adviser_requests

SWITCHED_OFF = "assistant-off"

_TOLD_AGAIN_AFTER = timedelta(days=1)


def switched_off(session: Session, incoming: Incoming) -> Settled:
    """Settles every message: an adviser is asked for, and answers."""
    adviser_requests.request(session, incoming.person_id, SWITCHED_OFF)
    if rates.was_replied(session, incoming.conversation_id, SWITCHED_OFF, utc_now() - _TOLD_AGAIN_AFTER):
        return Settled(quiet=SWITCHED_OFF)
    return Settled((Reply(SWITCHED_OFF),), quiet=SWITCHED_OFF)
