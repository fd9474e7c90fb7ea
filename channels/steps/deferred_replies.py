"""An adviser's answer that left as an approved form is said in its own words once its reader writes again."""

from sqlalchemy.orm import Session

from channels.contract.capabilities import CAPABILITIES
from channels.contract.steps import Incoming
from channels.queue.deferrer import Deferrer
from store.conversations import deferred_replies


class DeferredReplies:
    """The step that has held answers delivered: before those of the turn, since they were written before."""

    def __init__(self, deferrer: Deferrer) -> None:
        self._deferrer = deferrer

    def __call__(self, session: Session, incoming: Incoming) -> None:
        if not CAPABILITIES[incoming.channel].window_hours:
            return
        for message in deferred_replies.release(session, incoming.conversation_id):
            self._deferrer.delivery(session, message_id=message.id, conversation_id=message.conversation_id)
