"""The step that notices danger: somebody speaks of ending their life, or of violence against them.

The answer is numbers to call, and an adviser is asked for, before all others who wait. Whole words are compared, so
that a name that contains one raises no alarm; an alarm too many costs an adviser one look.
"""

from collections.abc import Collection

from sqlalchemy.orm import Session

from channels.steps import Incoming, Settled
from channels.with_adviser import WITH_ADVISER
from store import adviser_requests, conversations

REPLY = "urgent-help"


class Urgent:
    """Settles messages in which one of the phrases stands; an adviser who has the conversation answers themselves."""

    def __init__(self, phrases: Collection[str]) -> None:
        """Phrases in plain form (data/words/urgent.txt)."""
        self._phrases = tuple(f" {phrase} " for phrase in sorted(set(phrases)) if phrase)

    def is_urgent(self, plain: str) -> bool:
        """Whether one of the phrases stands in a message in plain form."""
        said = f" {plain} "
        return any(phrase in said for phrase in self._phrases)

    def __call__(self, session: Session, incoming: Incoming) -> Settled | None:
        if not self.is_urgent(incoming.plain):
            return None
        adviser_requests.request(session, incoming.person_id, adviser_requests.URGENT, incoming.text)
        if conversations.get(session, incoming.conversation_id).state == "adviser":
            return Settled(quiet=WITH_ADVISER, flag=True)
        return Settled(({"reply": REPLY, "args": {}, "options": []},), flag=True)
