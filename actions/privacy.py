"""What is kept about a person, and having it erased."""

from __future__ import annotations

from actions.base import Option, Turn, Verb
from actions.my_registrations import request_adviser
from store import privacy


class AskPrivacy(Verb):
    """What is kept, why, for how long, who reads it; and how to get a copy or have it erased."""

    action_name = "action_ask_privacy"

    def respond(self, turn: Turn) -> None:
        if turn.says_any(turn.services.copy_words):
            request_adviser(turn, "data_copy")
            return
        options = [
            Option("option-copy-of-data", "talk_to_adviser", {"view": "data_copy"}),
            Option("option-erase", "delete_my_data"),
            Option("option-menu", "help"),
        ]
        turn.say("privacy", [] if turn.in_form else options)


class DeleteMyData(Verb):
    """Erase after a yes."""

    action_name = "action_delete_my_data"

    def respond(self, turn: Turn) -> None:
        turn.leave_form()
        offer = turn.slots.get("offer") or {}
        if offer.get("do") == "erase" and turn.may_mean("affirm"):
            erase(turn)
            return
        turn.set("offer", {"do": "erase"})
        turn.say("ask-erase", [Option("option-yes-erase", "affirm"), Option("option-keep", "deny")])


def erase(turn: Turn) -> None:
    """Do what `ask-erase` asked about. The channel tells it to an address nobody is known behind any more, and has
    the engine's own record erased with it (channels/turn.py).
    """
    receipt = privacy.erase_person(turn.session, turn.person_id, turn.services.now())
    for slot in turn.slots:
        if slot not in ("welcomed", "requested_slot") and turn.slots[slot] is not None:
            turn.set(slot, None)
    turn.say("erased", reference=receipt.reference)
