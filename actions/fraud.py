"""Somebody asks people for money or papers in our name: what is so, what to do, and a person."""

from __future__ import annotations

from actions.base import Option, Turn, Verb
from actions.reading.bearing import FRAUD, FRAUD_TOLD


class Fraud(Verb):
    action_name = FRAUD

    def respond(self, turn: Turn) -> None:
        again = turn.slots.get("expecting") == FRAUD_TOLD
        turn.set("expecting", FRAUD_TOLD)
        turn.set("offer", {"do": "adviser", "reason": "fraud"})
        turn.say(
            "fraud-what-to-do" if again else "fraud",
            [] if turn.in_form else [Option("option-adviser", "talk_to_adviser", {"view": "fraud"})],
            **{service: turn.services.helplines.get(service, "") for service in ("police", "gendarmerie")},
        )
