"""One turn of the dialogue: a message in, reply keys out, and the tracker moved exactly once.

Rasa swallows a failing action ("Bot will continue, but the actions events are lost") and saves what is left.
Here a failure is seen (`WatchedEndpoint`) and the tracker is left unsaved, so the same message may be tried again.
A message id seen before is answered from the tracker, without moving it.
"""

from __future__ import annotations

import contextlib
import contextvars
from dataclasses import dataclass
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.hot_paths import quicken

ACTION_REJECTED = 400
"""The status by which an action server says "this action declines", which is part of the dialogue."""

_failures: contextvars.ContextVar[list[str] | None] = contextvars.ContextVar("failures", default=None)


class TurnFailed(Exception):
    """An action could not be run; nothing was saved, the turn may be tried again."""


@dataclass(frozen=True)
class TurnRequest:
    """The body of `POST /webhooks/takwin/turn`, checked."""

    message_id: str
    person_id: str
    channel: str
    variety: str | None
    text: str | None
    option: dict[str, Any] | None


class SilentOutput(OutputChannel):
    """Sends nothing: replies are read from the tracker, which also serves a repeated message."""

    @classmethod
    def name(cls) -> str:
        return "takwin"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Leave the message where it is, in the tracker."""


class WatchedEndpoint(EndpointConfig):
    """An action endpoint that notes in the running turn when a call has failed, and keeps its connections: Rasa's makes
    a new one for each call.
    """

    _kept: aiohttp.ClientSession | None = None

    @classmethod
    def around(cls, endpoint: EndpointConfig) -> WatchedEndpoint:
        watched = cls(endpoint.url)
        watched.__dict__.update(endpoint.__dict__)
        return watched

    def session(self) -> contextlib.nullcontext[aiohttp.ClientSession]:
        """The one session of this process, which stays open."""
        if self._kept is None:
            # A connection is let go before the server (uvicorn: after 5 s) closes it under the next call.
            self._kept = aiohttp.ClientSession(
                headers=self.headers,
                connector=aiohttp.TCPConnector(keepalive_timeout=2.0),
                timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
            )
        return contextlib.nullcontext(self._kept)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super().request(*args, **kwargs)
        except ClientResponseError as error:
            if error.status != ACTION_REJECTED:
                _note_failure(f"action server answered {error.status}")
            raise
        except Exception as error:
            _note_failure(type(error).__name__)
            raise


def _note_failure(reason: str) -> None:
    failures = _failures.get()
    if failures is not None:
        failures.append(reason)


def prepare(agent: Agent) -> None:
    """Make the agent's failures visible: watch its action endpoint, take off the in-memory fall-back store."""
    quicken()
    processor = agent.processor
    if processor.action_endpoint and not isinstance(processor.action_endpoint, WatchedEndpoint):
        processor.action_endpoint = WatchedEndpoint.around(processor.action_endpoint)
    if isinstance(processor.tracker_store, FailSafeTrackerStore):
        processor.tracker_store = processor.tracker_store._tracker_store


async def run_turn(agent: Agent, request: TurnRequest) -> dict[str, Any]:
    """Run one turn and return its answer.

    Raises:
        TurnFailed: an action could not be run; the tracker is as it was.
    """
    prepare(agent)
    processor = agent.processor
    async with agent.lock_store.lock(request.person_id):
        failures: list[str] = []
        token = _failures.set(failures)
        try:
            tracker = await processor.fetch_tracker_and_update_session(request.person_id, SilentOutput())
            message = _user_message(request, asked_last(tracker))
            answered = _events_of_message(tracker, request.message_id)
            if answered:
                return _answer(answered)
            await processor._handle_message_with_tracker(message, tracker)
            tracker = await processor.run_action_extract_slots(message.output_channel, tracker)
            await processor._run_prediction_loop(message.output_channel, tracker)
        finally:
            _failures.reset(token)
        if failures:
            raise TurnFailed("; ".join(failures))
        await processor.save_tracker(tracker)
        return _answer(_events_of_message(tracker, request.message_id))


def asked_last(tracker: DialogueStateTracker) -> str | None:
    """What the assistant has just asked for: a slot of a form, a yes to an offer, or something else; None for nothing.

    Its name is a key of data/expected.yml.
    """
    slot = tracker.get_slot("requested_slot")
    if slot:
        return str(slot)
    offer = tracker.get_slot("offer")
    if offer:
        return f"offer_{offer['do']}"
    expecting = tracker.get_slot("expecting")
    return str(expecting) if expecting else None


def _user_message(request: TurnRequest, asked: str | None) -> UserMessage:
    parse_data = _parse_data_of_option(request.option) if request.option else None
    return UserMessage(
        text=request.text if request.option is None else f"option:{request.option['intent']}",
        output_channel=SilentOutput(),
        sender_id=request.person_id,
        parse_data=parse_data,
        input_channel=request.channel,
        message_id=request.message_id,
        metadata={
            "variety": request.variety,
            "channel": request.channel,
            "option": bool(request.option),
            "asked": asked,
        },
    )


def _parse_data_of_option(option: dict[str, Any]) -> dict[str, Any]:
    intent = {"name": option["intent"], "confidence": 1.0}
    entities = [
        {"entity": e["entity"], "value": e["value"], "start": 0, "end": 0, "extractor": "option"}
        for e in option.get("entities", [])
    ]
    return {
        "text": f"option:{option['intent']}",
        "intent": intent,
        "intent_ranking": [intent],
        "entities": entities,
        "variety": None,
    }


def _events_of_message(tracker: DialogueStateTracker, message_id: str) -> list[Any]:
    """The events from this message to the next one of the person; empty if it was never handled."""
    found: list[Any] = []
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if found:
                break
            if event.message_id == message_id:
                found.append(event)
        elif found:
            found.append(event)
    return found


def _answer(events: list[Any]) -> dict[str, Any]:
    parse_data = events[0].parse_data or {}
    replies = [event.data.get("custom") for event in events if isinstance(event, BotUttered)]
    intent = parse_data.get("intent") or {}
    return {
        "replies": [reply for reply in replies if reply],
        "understanding": {
            "intent": intent.get("name"),
            "confidence": intent.get("confidence"),
            "ranking": [[i["name"], i["confidence"]] for i in parse_data.get("intent_ranking", [])[:3]],
            "entities": [
                {key: entity.get(key) for key in ("entity", "value", "start", "end")}
                for entity in parse_data.get("entities", [])
            ],
            "variety": parse_data.get("variety"),
            "variety_confidence": parse_data.get("variety_confidence"),
        },
    }
