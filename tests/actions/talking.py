"""A talk of several messages: slots are kept from one to the next, and the form runs as the engine runs it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from actions.base import Services
from tests.actions.telling import Told, tell

FORM = "registration_form"
ASKED_FOR = ("consent", "person_name", "person_city", "person_education", "confirmed")


@dataclass
class Talk:
    """`said` are the reply keys of the last message, `last` what its actions said and changed, in their order."""

    services: Services
    person: UUID
    channel: str = "web"
    slots: dict[str, Any] = field(default_factory=lambda: {"welcomed": True})
    form: str | None = None
    last: list[Told] = field(default_factory=list)

    @property
    def said(self) -> list[str]:
        return [key for told in self.last for key in told.keys]

    @property
    def asked(self) -> str | None:
        """What the engine would say was asked last (bot/turn.py)."""
        offer = self.slots.get("offer")
        return self.slots.get("requested_slot") or (f"offer_{offer['do']}" if offer else None)

    @property
    def options(self) -> list[dict[str, Any]]:
        offering = [reply["options"] for told in self.last for reply in told.replies if reply["options"]]
        return offering[-1] if offering else []

    def args(self, key: str) -> dict[str, Any]:
        return next(told for told in self.last if key in told.keys).args(key)

    def hears(self, intent: str, text: str = "", **more: Any) -> list[str]:
        """A message of this intent comes; the keys of what is answered."""
        message = {"asked": self.asked, "channel": self.channel, "text": text, **more}
        self.last = []
        if self.form and self._form_takes(intent, message):
            return self.said
        following = self._run(action_of(intent), intent, message).next_action
        if following == FORM:
            self.form = FORM
            self._ask_next(intent, message)
        return self.said

    def picks(self, title: str) -> list[str]:
        """The choice of this title is picked, as it was last offered."""
        return self.taps(next(option for option in self.options if option["title_key"] == title))

    def taps(self, option: dict[str, Any]) -> list[str]:
        """A choice is picked, of whichever message."""
        entities = {entity["entity"]: entity["value"] for entity in option["entities"]}
        intent = option["intent"]
        return self.hears(intent, f"option:{intent}", entities=entities, picked=True, confidence=1.0)

    def _form_takes(self, intent: str, message: dict[str, Any]) -> bool:
        if not self._run(f"validate_{FORM}", intent, message).slots:
            return False
        if self.slots.get("requested_slot") is None:
            self._submit(intent, message)
        else:
            self._ask_next(intent, message)
        return True

    def _ask_next(self, intent: str, message: dict[str, Any]) -> None:
        missing = next((slot for slot in ASKED_FOR if self.slots.get(slot) is None), None)
        if missing is None:
            self._submit(intent, message)
            return
        self.slots["requested_slot"] = missing
        self._run(f"action_ask_{FORM}_{missing}", intent, message)

    def _submit(self, intent: str, message: dict[str, Any]) -> None:
        self.form = None
        self.slots["requested_slot"] = None
        self._run("action_submit_registration", intent, message)

    def _run(self, action: str, intent: str, message: dict[str, Any]) -> Told:
        told = tell(self.services, action, self.person, intent, form=self.form, **{**message, **self.slots})
        self.slots |= told.slots
        if any(event["event"] == "active_loop" for event in told.events):
            self.form = None
        self.last.append(told)
        return told


def action_of(intent: str) -> str:
    """The action that data/rules/intents.yml has for an intent."""
    return "action_fallback" if intent == "nlu_fallback" else f"action_{intent}"
