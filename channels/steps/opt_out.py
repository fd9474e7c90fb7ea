"""The step that honours "stop" and "start": first of all steps, so that nothing stands before somebody's "stop".

Only a whole message counts: "stop" within a sentence is for the engine to understand. What the provider itself took
for an opt-out counts whatever its words.
"""

from collections.abc import Collection
from typing import Literal

from sqlalchemy.orm import Session

from channels.contract.capabilities import CAPABILITIES
from channels.contract.steps import Incoming, Meant, Settled
from store.conversations.replies import Reply
from store.outreach.opt_out import PREFERENCES, opt_in, opt_out, tell_return_once

OPTED_OUT = "opted-out"

#: What is done for those who stopped our messages: rights are not lost by it.
STILL_DONE = frozenset({"delete_my_data", "cancel_registration", "talk_to_adviser"})


class OptOut:
    """Settles the messages of those who opt out, come back, or write although they opted out."""

    def __init__(self, stop: Collection[str], start: Collection[str]) -> None:
        """Whole messages in plain form (data/words/opt-out.txt, opt-in.txt)."""
        self._stop = frozenset(stop)
        self._start = frozenset(start)

    def __call__(self, session: Session, incoming: Incoming) -> Settled | Meant | None:
        wish = self._wish(incoming)
        stopped = incoming.address is not None and incoming.address.state == "opted_out"
        pushed = CAPABILITIES[incoming.channel].pushed
        if not pushed and wish != "stop" and not (stopped and wish == "start"):
            return None  # nobody is written to there who does not come and look
        reason = f"{'word' if incoming.opt_word is None else 'provider'}:{incoming.channel}"
        if wish == "stop":
            changed = opt_out(session, incoming.person_id, incoming.channel, reason)
            # A provider that took the word confirms it itself, and would refuse what we add.
            says_so = changed and incoming.opt_word is None
            replies = (Reply("opt-out-done", despite_opt_out=True),) if says_so else ()
            return Settled(replies, quiet=None if says_so else OPTED_OUT, needs_judgement=False)
        if not stopped:
            # Telegram's button for beginning says it, and so does who was told the word: it is a greeting.
            return Meant("greet") if wish == "start" else None
        if wish == "start":
            opt_in(session, incoming.person_id, incoming.channel, reason)
            return Settled((Reply("opt-in-done"),), needs_judgement=False)
        return self._stopped(session, incoming)

    def _stopped(self, session: Session, incoming: Incoming) -> Settled | None:
        """Who stopped our messages may still erase, cancel, and ask for a person; else they are told once how to come
        back. Who stopped them in their channel's settings is answered: they wanted no messages that nobody asked for.
        """
        assert incoming.address is not None  # noqa: S101 - for mypy: who stopped has an address
        if (incoming.address.state_reason or "").startswith(PREFERENCES) or _keeps_right(incoming):
            return None
        if incoming.text and tell_return_once(session, incoming.address.id):
            return Settled((Reply("opt-out-return", despite_opt_out=True),), quiet=OPTED_OUT)
        return Settled(quiet=OPTED_OUT)

    def _wish(self, incoming: Incoming) -> Literal["stop", "start"] | None:
        if incoming.opt_word in ("stop", "start"):
            return "stop" if incoming.opt_word == "stop" else "start"
        if incoming.plain in self._stop:
            return "stop"
        return "start" if incoming.plain in self._start else None


def _keeps_right(incoming: Incoming) -> bool:
    understood = incoming.understanding
    return understood.get("intent") in STILL_DONE or understood.get("answer") is not None
