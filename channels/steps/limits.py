"""Limits of what one address may send: messages in a minute, and the same text over and over.

What is above them is kept without an answer. Nobody is left to wonder: they are told once, then again a minute later
if it goes on. A number and a choice are never "the same text": people turn pages with them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from channels.contract.numbers import bare_number
from channels.contract.steps import Incoming, Settled
from store.conversations import rates
from store.conversations.replies import Reply
from store.core.clock import utc_now

TOO_FAST = "too-fast"
REPEATED = "repeated"


@dataclass(frozen=True)
class Allowed:
    """How much is answered: so many messages within `fast_within`, the same text so often within `same_within`."""

    messages: int = 30
    fast_within: timedelta = timedelta(seconds=60)
    same: int = 5
    same_within: timedelta = timedelta(minutes=2)


class TooFast:
    """Settles messages that come faster than anybody reads."""

    def __init__(self, allowed: Allowed | None = None, now: Callable[[], datetime] = utc_now) -> None:
        self._allowed = allowed or Allowed()
        self._now = now

    def __call__(self, session: Session, incoming: Incoming) -> Settled | None:
        within = self._allowed.fast_within
        if rates.received(session, incoming.message_id, within) <= self._allowed.messages:
            return None
        return told_once(session, incoming, "limits-slow-down", TOO_FAST, self._now() - within)


class Repeated:
    """Settles a text that comes again and again, and gets nobody further."""

    def __init__(self, allowed: Allowed | None = None, now: Callable[[], datetime] = utc_now) -> None:
        self._allowed = allowed or Allowed()
        self._now = now

    def __call__(self, session: Session, incoming: Incoming) -> Settled | None:
        if not incoming.text or bare_number(incoming.text) is not None:
            return None
        within = self._allowed.same_within
        found = rates.repeats(session, incoming.message_id, within)
        if found.count <= self._allowed.same or found.answers * 2 > found.count:
            return None
        return told_once(session, incoming, "limits-repeated", REPEATED, self._now() - within)


def told_once(
    session: Session, incoming: Incoming, key: str, reason: str, since: datetime, *, flag: bool = False
) -> Settled:
    """No answer but this one, and this one only where it was not said since then."""
    if rates.was_replied(session, incoming.conversation_id, key, since):
        return Settled(quiet=reason, flag=flag)
    return Settled((Reply(key),), quiet=reason, flag=flag)
