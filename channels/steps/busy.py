"""Steps that only a busy conversation needs: one small question spares everybody else the larger ones."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from channels.contract.steps import Before, Incoming, Meant, Settled, Step
from store.conversations import rates


class WhenBusy:
    """Runs its steps where more than `messages` went in or out `within` so long; never on the `unlimited` channels."""

    def __init__(
        self,
        steps: Sequence[Step],
        messages: int = 5,
        within: timedelta = timedelta(minutes=10),
        unlimited: Collection[str] = (),
    ) -> None:
        self._steps = tuple(steps)
        self._messages = messages
        self._within = within
        self._unlimited = frozenset(unlimited)

    def __call__(self, session: Session, incoming: Incoming) -> Settled | Meant | Before | None:
        if incoming.channel in self._unlimited:
            return None
        since = incoming.at - self._within
        if not rates.is_busy(session, incoming.conversation_id, since, self._messages):
            return None
        found = (step(session, incoming) for step in self._steps)
        return next((each for each in found if each is not None), None)
