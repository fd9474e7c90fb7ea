"""The step that honours "stop" and "start": first of all steps, so that nothing stands before somebody's "stop".

Only a whole message counts: "stop" within a sentence is for the engine to understand. What the provider itself took
for an opt-out counts whatever its words.
"""

from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy.orm import Session

from channels.capabilities import CAPABILITIES
from channels.steps import Incoming, Reply, Said, Settled
from store.opt_out import opt_in, opt_out

OPTED_OUT = "opted-out"

#: Among the arguments of a reply: it leaves although the address takes no more messages. Only the confirmation has it.
LAST = "$last"


class OptOut:
    """Settles the messages of those who opt out, come back, or write although they opted out."""

    def __init__(self, stop: Collection[str], start: Collection[str]) -> None:
        """Whole messages in plain form (data/words/opt-out.txt, opt-in.txt)."""
        self._stop = frozenset(stop)
        self._start = frozenset(start)

    def __call__(self, session: Session, incoming: Incoming) -> Settled | Said | None:
        if not CAPABILITIES[incoming.channel].pushed:
            return None  # nobody is written to there who does not come and look
        wish = self._wish(incoming)
        reason = f"{'word' if incoming.opt_word is None else 'provider'}:{incoming.channel}"
        if wish == "stop":
            stopped = opt_out(session, incoming.person_id, incoming.channel, reason)
            # A provider that took the word confirms it itself, and would refuse what we add.
            says_so = stopped and incoming.opt_word is None
            return Settled((_reply("opt-out-done", **{LAST: True}),)) if says_so else Settled(quiet=OPTED_OUT)
        if incoming.address is None or incoming.address.state != "opted_out":
            # Telegram's button for beginning says it, and so does who was told the word: it is a greeting.
            return Said("greet") if wish == "start" else None
        if wish == "start":
            opt_in(session, incoming.person_id, incoming.channel, reason)
            return Settled((_reply("opt-in-done"),))
        return Settled(quiet=OPTED_OUT)

    def _wish(self, incoming: Incoming) -> Literal["stop", "start"] | None:
        if incoming.opt_word in ("stop", "start"):
            return "stop" if incoming.opt_word == "stop" else "start"
        if incoming.plain in self._stop:
            return "stop"
        return "start" if incoming.plain in self._start else None


def _reply(key: str, **args: Any) -> Reply:
    return {"reply": key, "args": args, "options": []}
