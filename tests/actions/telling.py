"""Runs one action on a tracker made for a test, with the real store."""

import asyncio
from typing import Any
from uuid import UUID

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Services
from actions.registry import build_actions


class Told:
    """What an action said and changed."""

    def __init__(self, replies: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
        self.replies = replies
        self.events = events

    @property
    def keys(self) -> list[str]:
        return [r["reply"] for r in self.replies]

    @property
    def slots(self) -> dict[str, Any]:
        return {e["name"]: e["value"] for e in self.events if e["event"] == "slot"}

    @property
    def next_action(self) -> str | None:
        return next((e["name"] for e in self.events if e["event"] == "followup"), None)

    def args(self, key: str) -> dict[str, Any]:
        return dict(next(r["args"] for r in self.replies if r["reply"] == key))

    def options(self) -> list[str]:
        return [o["title_key"] for r in self.replies for o in r["options"]]


def tell(
    services: Services,
    action: str,
    person: UUID,
    /,
    intent: str = "inform",
    text: str = "",
    form: str | None = None,
    entities: dict[str, Any] | None = None,
    confidence: float = 0.9,
    message_id: str | None = None,
    asked: str | None = None,
    answer: str | None = None,
    concern: bool = False,
    forwarded: bool = False,
    picked: bool = False,
    channel: str = "web",
    **slots: Any,
) -> Told:
    """Run `action` after a message of this intent; `welcomed` is set unless a test says otherwise.

    `asked` and `answer` are what the engine says of the question last asked; `picked`: an option, no words.
    """
    found = [{"entity": k, "value": v} for k, values in (entities or {}).items() for v in _many(values)]
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": intent, "confidence": confidence}],
        "entities": found,
        "metadata": {"asked": asked, "forwarded": forwarded, "option": picked, "channel": channel},
        "message_id": message_id,
        "answer": answer,
        "concern": concern,
    }
    tracker = Tracker(
        sender_id=str(person),
        slots={"welcomed": True, **slots},
        latest_message=message,
        events=[],
        paused=False,
        followup_action=None,
        active_loop={"name": form} if form else {},
        latest_action_name="action_listen",
    )
    dispatcher = CollectingDispatcher()
    verb = next(a for a in build_actions(services) if a.name() == action)
    events = asyncio.run(verb.run(dispatcher, tracker, {}))
    return Told([m["custom"] for m in dispatcher.messages], events)


def _many(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]
