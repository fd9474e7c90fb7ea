"""While an adviser has a conversation the assistant is silent; what the person writes is kept for the adviser."""

from sqlalchemy.orm import Session

from channels.contract.steps import Incoming, Settled
from store.conversations import conversations

WITH_ADVISER = "with-adviser"


def with_adviser(session: Session, incoming: Incoming) -> Settled | None:
    """Settles, without a word, what is written to an adviser. A closed conversation begins again with the assistant."""
    conversation = conversations.get(session, incoming.conversation_id)
    if conversation.state == "adviser":
        return Settled(quiet=WITH_ADVISER)
    if conversation.state == "closed":
        conversations.hand_to_assistant(session, conversation)
    return None
