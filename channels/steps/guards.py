"""Guards against messages that should not be answered as if nothing were: from long ago, or from another program."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from channels.contract.steps import Before, Incoming, Settled
from channels.steps.limits import told_once
from store.conversations import rates
from store.conversations.replies import Reply
from store.core.clock import utc_now

TOO_OLD = "too-old"
LOOPING = "looping"

LATE_AFTER = timedelta(hours=24)
TOO_OLD_AFTER = timedelta(days=7)  # as long as a provider tries to deliver what we did not take
APOLOGY_HOLDS = timedelta(hours=1)  # one apology is enough for all that waited

SAME_ANSWERS = 15
SAME_ANSWERS_WITHIN = timedelta(minutes=10)


class TooOld:
    """Answers a message of days ago with an apology first, and one of more than a week ago not at all: whoever wrote
    it has long moved on, and an adviser should see it.
    """

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now

    def __call__(self, session: Session, incoming: Incoming) -> Settled | Before | None:
        now = self._now()
        age = now - (incoming.sent_at or incoming.at)
        if age > TOO_OLD_AFTER:
            return Settled(quiet=TOO_OLD, flag=True)
        if age <= LATE_AFTER:
            return None
        if rates.was_replied(session, incoming.conversation_id, "late-answer", now - APOLOGY_HOLDS):
            return None
        return Before((Reply("late-answer"),))


class Looping:
    """Stops a conversation in which we say the same over and over: another program answers us, or nobody is helped."""

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now

    def __call__(self, session: Session, incoming: Incoming) -> Settled | None:
        since = self._now() - SAME_ANSWERS_WITHIN
        if rates.most_repeated(session, incoming.conversation_id, since) <= SAME_ANSWERS:
            return None
        return told_once(session, incoming, "limits-looping", LOOPING, since, flag=True)
