"""The replies that give help numbers to somebody in danger. Where one cannot be delivered, an adviser has to know: they
are then the only help there is.
"""

from sqlalchemy.orm import Session

from store.handover import requests as adviser_requests
from store.tables import Message

#: To whoever writes of danger, and to what they write after it.
HELP, STAY = "danger-help", "danger-stay"
DANGER_REPLIES = frozenset({HELP, STAY})


def note_failed(session: Session, message: Message) -> bool:
    """Notes with the person's urgent request that a message did not reach them, if it was to give help numbers."""
    # Several replies of one turn may have left as one message.
    if DANGER_REPLIES.isdisjoint(message.reply_keys or ()):
        return False
    return adviser_requests.note_undelivered(session, message.person_id)
