"""While the operator has switched the assistant off: messages are kept for the advisers, and people told once a day."""

from datetime import timedelta

from sqlalchemy.orm import Session

from channels.steps import Incoming, Settled
from store import adviser_requests, flood
from store.clock import utc_now

SWITCHED_OFF = "assistant-off"

_TOLD_AGAIN_AFTER = timedelta(days=1)


def switched_off(session: Session, incoming: Incoming) -> Settled:
    """Settles every message: an adviser is asked for, and answers."""
    adviser_requests.request(session, incoming.person_id, SWITCHED_OFF)
    if flood.was_said(session, incoming.conversation_id, SWITCHED_OFF, utc_now() - _TOLD_AGAIN_AFTER):
        return Settled(quiet=SWITCHED_OFF)
    return Settled(({"reply": SWITCHED_OFF, "args": {}, "options": []},), quiet=SWITCHED_OFF)
