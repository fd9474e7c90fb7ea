"""What is kept about a person, and having it erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.adviser import request_adviser
from actions.base import Option, Turn, Verb
from actions.confirmations import OFFERS, SURE, Confirmation, no_option, offer_to_confirm, yes_option
from store.lifecycle import privacy


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
    """Erase after a yes; what may not be meant so is not even offered."""

    action_name = "action_delete_my_data"

    def respond(self, turn: Turn) -> None:
        if not turn.is_sure(SURE):
            turn.say(
                "ask-if-erase", [Option("option-erase", "delete_my_data"), Option("option-menu", "help")]
            )
            return
        turn.leave_form()
        offer_to_confirm(turn, "erase")


def _ask(turn: Turn, _: Mapping[str, Any]) -> None:
    question = "offer_erase"
    turn.say("ask-erase", [yes_option("option-yes-erase", question), no_option("option-keep", question)])


OFFERS["erase"] = Confirmation(_ask, "not-erased")


def erase(turn: Turn) -> None:
    """Do what `ask-erase` asked about. The channel tells it to an address nobody is known behind any more, and has
    the engine's own record erased with it (channels/turn/turn.py).
    """
    receipt = privacy.erase_person(turn.session, turn.person_id, turn.services.now())
    for slot in turn.slots:
        if slot not in ("welcomed", "requested_slot") and turn.slots[slot] is not None:
            turn.set(slot, None)
    turn.say("erased", reference=receipt.reference)
