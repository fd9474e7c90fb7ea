"""What every action shares: a turn answered in one transaction, and the way back into a form.

An action is a `Verb`: it reads what was understood and what is in view, speaks in reply keys with arguments, and
changes what is in view. Words are chosen later, in the person's variety (channels/wording/render.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import confirmations
from actions.reading.bearing import action_for
from actions.turn import REQUESTED_SLOT, Option, Services, Turn

__all__ = ["REQUESTED_SLOT", "FormStep", "Option", "Services", "Turn", "Verb"]

KEEPS_OFFER = frozenset({"affirm", "deny", "delete_my_data", "cancel_registration", "nlu_fallback"})
"""After any other message a "yes" no longer means what was offered before it: it might erase."""


class Verb(Action):
    """An action answering one intent. Subclasses name themselves and write `respond`."""

    action_name: ClassVar[str]
    welcomes: ClassVar[bool] = True
    understands: ClassVar[bool] = True
    _by_name: ClassVar[dict[str, type[Verb]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "action_name" in cls.__dict__:
            Verb._by_name[cls.action_name] = cls

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        return self.action_name

    def respond(self, turn: Turn) -> None:  # noqa: ARG002
        """Answer the turn: `turn.say(...)`, `turn.set(...)`."""
        raise TypeError(f"{type(self).__name__} does not say how it responds")

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Mapping[str, Any],  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        """Called by rasa-sdk; the store is synchronous, so the work is done off the event loop."""
        turn = await asyncio.to_thread(self._answer, tracker)
        for reply in turn.replies:
            dispatcher.utter_message(json_message=reply.to_wire())
        return turn.events()

    def _answer(self, tracker: Tracker) -> Turn:
        with self.services.database.session() as session:
            turn = Turn(tracker, session, self.services)
            if self.welcomes and not turn.slots.get("welcomed"):
                turn.say("welcome")
                turn.set("welcomed", True)
            if turn.slots.get("offer") and turn.intent not in KEEPS_OFFER:
                turn.set("offer", None)
            last = self._answer_after_confirmation(turn)
            if last.understands and turn.slots.get("misses"):
                turn.set("misses", 0)
            if (
                last.understands
                and turn.replies
                and turn.slots.get("expecting")
                and not turn.changes("expecting")
            ):
                turn.set("expecting", None)
        return turn

    def _answer_after_confirmation(self, turn: Turn) -> Verb:
        """Answer, unless the message says neither yes nor no to a confirmation, and nothing else either."""
        if turn.concern:
            if turn.intent != "nlu_fallback":
                turn.say("concern-word")  # what was asked for is answered under it
            return self._answer_in_turn(turn)
        remarked = action_for(turn)
        if remarked is not None:
            last = self._by_name[remarked](self.services)._answer_in_turn(turn)
            confirmations.ask_after_answer(turn)
            return last
        if confirmations.is_unclear(turn):
            confirmations.ask_once_more(turn)
            return self
        last = self._answer_in_turn(turn)
        confirmations.ask_after_answer(turn)
        return last

    def _answer_in_turn(self, turn: Turn) -> Verb:
        """Respond, and let the action that is gone on with respond; the last that did. The engine's rules know what
        comes after an intent and after a form, not after an action, so one message is one action to them.
        """
        self.respond(turn)
        following = turn.take_next()
        if following not in self._by_name:
            if following:
                turn.go_on_with(following)
            return self
        return self._by_name[following](self.services)._answer_in_turn(turn)


class FormStep(Verb):
    """An action of a form itself: it neither welcomes nor calls the form again."""

    welcomes = False

    def _answer(self, tracker: Tracker) -> Turn:
        turn = super()._answer(tracker)
        turn.form = None
        return turn

    def _answer_after_confirmation(self, turn: Turn) -> Verb:
        return self._answer_in_turn(turn)
