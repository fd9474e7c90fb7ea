"""Steps that only a busy conversation needs: one small question spares everybody else the larger ones."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from channels.capabilities import CAPABILITIES
from channels.steps import Before, Incoming, Said, Settled, Step
from store import flood
from store.clock import utc_now


class WhenBusy:
    """Runs its steps where more than `messages` went in or out `within` so long; not where the person's side
    fetches its messages, which is a machine of their own.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        messages: int = 5,
        within: timedelta = timedelta(minutes=10),
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._steps = tuple(steps)
        self._messages = messages
        self._within = within
        self._now = now

    def __call__(self, session: Session, incoming: Incoming) -> Settled | Said | Before | None:
        if not CAPABILITIES[incoming.channel].pushed:
            return None
        since = self._now() - self._within
        if not flood.is_busy(session, incoming.conversation_id, since, self._messages):
            return None
        found = (step(session, incoming) for step in self._steps)
        return next((each for each in found if each is not None), None)
