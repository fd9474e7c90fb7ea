"""One turn of the dialogue: a message in, reply keys out, and the tracker moved exactly once.

Rasa swallows a failing action ("Bot will continue, but the actions events are lost") and saves what is left.
Here a failure is seen (`WatchedEndpoint`) and the tracker is left unsaved, so the same message may be tried again.
A message id seen before is answered from the tracker, without moving it. Parsing is done beside the event loop
(`bot/reader.py`).
"""

from __future__ import annotations

import contextlib
import contextvars
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.care import needs_care
from bot.hot_paths import quicken
from bot.nlu.extent import Extent, extent
from bot.reader import Reader
from bot.remembered import Remembered

ANSWERED_WITHIN = 24 * 3600.0
"""Seconds after which a yes is no answer any more: who writes "ok" the day after means something else."""

ACTION_REJECTED = 400
"""The status by which an action server says "this action declines", which is part of the dialogue."""
ACTION_SECONDS = 20.0
"""An action that takes longer has failed: before the app, which asks again later, gives up waiting for the turn."""
_NOBODY_THERE = (
    "action server answered 503",
    "ClientConnectorError",
    "ServerDisconnectedError",
    "ClientOSError",
)

_failures: contextvars.ContextVar[list[str] | None] = contextvars.ContextVar("failures", default=None)


class TurnFailed(Exception):
    """An action could not be run; nothing was saved, the turn may be tried again. `outage`: because nobody was there
    to run it, whatever the message.
    """

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.outage = all(reason.startswith(_NOBODY_THERE) for reason in reasons)


@dataclass(frozen=True)
class TurnRequest:
    """The body of `POST /webhooks/takwin/turn`, checked.

    `forwarded`: somebody else wrote the text. `interrupted`: something was said to the person since the dialogue last
    spoke, so that a yes is no answer to it. `danger_open`: they wrote of danger, and have not led away from it.
    """

    message_id: str
    person_id: str
    channel: str
    variety: str | None
    text: str | None
    option: dict[str, Any] | None
    forwarded: bool = False
    interrupted: bool = False
    danger_open: bool = False


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
                timeout=aiohttp.ClientTimeout(total=ACTION_SECONDS),
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
        GivenUp: the text cannot be parsed; the tracker is as it was.
    """
    prepare(agent)
    processor = agent.processor
    async with agent.lock_store.lock(request.person_id):
        failures: list[str] = []
        token = _failures.set(failures)
        try:
            tracker = await processor.fetch_tracker_and_update_session(request.person_id, SilentOutput())
            message = _user_message(request, _open_question(request, tracker))
            answered = _events_of_message(tracker, request.message_id)
            if answered:
                return _answer(answered)
            await _read(processor, message, tracker, request)
            if request.option is None and needs_care(message.parse_data, request.danger_open):
                return _left_to_the_app(message.parse_data, request)
            await processor._handle_message_with_tracker(message, tracker)
            tracker = await processor.run_action_extract_slots(message.output_channel, tracker)
            await processor._run_prediction_loop(message.output_channel, tracker)
        finally:
            _failures.reset(token)
        if failures:
            raise TurnFailed(failures)
        await processor.save_tracker(tracker)
        return _answer(_events_of_message(tracker, request.message_id))


async def understand(agent: Agent, request: TurnRequest) -> dict[str, Any]:
    """What a message is understood as, with what was asked before it; the dialogue does not move.

    Raises:
        GivenUp: the text cannot be parsed.
    """
    prepare(agent)
    processor = agent.processor
    tracker = await processor.get_tracker(request.person_id)
    message = _user_message(request, _open_question(request, tracker))
    await _read(processor, message, tracker, request)
    return _left_to_the_app(message.parse_data, request)


async def _read(
    processor: Any, message: UserMessage, tracker: DialogueStateTracker, request: TurnRequest
) -> None:
    if message.parse_data is None:
        text, metadata = message.text or "", message.metadata or {}
        parsed = remembered().get(text, metadata)
        if parsed is None:
            parse = partial(_parse, processor, message, tracker)
            parsed = await reader().run(request.message_id, parse, len(text))
            remembered().put(text, metadata, parsed)
        message.text, message.parse_data = _as_read(message.text, parsed)


def _left_to_the_app(parsed: dict[str, Any], request: TurnRequest) -> dict[str, Any]:
    stays = not parsed.get("danger") and needs_care(parsed, request.danger_open)
    understood = _understanding(parsed)
    return {"replies": [], "understanding": {**understood, "stays": stays}}


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The one of this process."""
    return Reader.of_process()


@lru_cache(maxsize=1)
def remembered() -> Remembered:
    """The one of this process."""
    return Remembered()


def _parse(processor: Any, message: UserMessage, tracker: DialogueStateTracker) -> Any:
    """As the processor parses: its coroutine waits for nothing, so it ends at its first step, in any thread."""
    try:
        processor.parse_message(message, tracker).send(None)
    except StopIteration as parsed:
        return parsed.value
    raise RuntimeError("parsing waited for something")


def _open_question(request: TurnRequest, tracker: DialogueStateTracker) -> str | None:
    """What was asked last, where an answer to it is one: it was not asked too long ago, and nothing was said since."""
    if request.interrupted or request.danger_open or _silent_for(tracker) > ANSWERED_WITHIN:
        return None
    return open_question_of(tracker)


def _silent_for(tracker: DialogueStateTracker) -> float:
    """Seconds since the dialogue last spoke."""
    times = (event.timestamp for event in reversed(tracker.events) if isinstance(event, BotUttered))
    return time.time() - next(times, 0.0)


def _as_read(text: str, parsed: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A message as the tracker keeps it and actions are given it: no more of its text than its meaning was read from,
    since all that a person said is read again at each turn. `cut` says what was left out.
    """
    read = extent(text)
    if not read.cut:
        return text, parsed
    entities = [_moved(entity, read.within) for entity in parsed.get("entities", [])]
    kept = {"text": read.text, "entities": entities, "cut": [read.beginning, read.end]}
    return read.text, {**parsed, **kept}


def _moved(entity: dict[str, Any], in_message: Callable[[int], int]) -> dict[str, Any]:
    return {**entity, "start": in_message(entity["start"]), "end": in_message(entity["end"])}


def open_question_of(tracker: DialogueStateTracker) -> str | None:
    """What the assistant has just asked for: a slot of a form, a yes to an offer, or something else; None for nothing.

    Its name is a key of data/expected.yml.
    """
    slot = tracker.get_slot("requested_slot")
    if slot == "confirmed" and tracker.get_slot("expecting") == "correction":
        return "correction"  # what is to be corrected was asked, and nothing to be confirmed
    if slot:
        return str(slot)
    offer = tracker.get_slot("offer")
    if offer:
        return f"offer_{offer['do']}"
    expecting = tracker.get_slot("expecting")
    return str(expecting) if expecting else None


def _user_message(request: TurnRequest, open_question: str | None) -> UserMessage:
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
            "asked": open_question,
            "forwarded": request.forwarded,
            "danger_open": request.danger_open,
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
    replies = [event.data.get("custom") for event in events if isinstance(event, BotUttered)]
    understood = _understanding(events[0].parse_data or {})
    return {"replies": [reply for reply in replies if reply], "understanding": understood}


_TOLD = ("danger", "danger_kind", "danger_need", "concern", "answer")


def _understanding(parsed: dict[str, Any]) -> dict[str, Any]:
    intent = parsed.get("intent") or {}
    read = Extent("", True, *parsed["cut"]) if parsed.get("cut") else Extent("")
    found = [_moved(entity, read.in_message) for entity in parsed.get("entities", [])]
    told = {key: parsed[key] for key in _TOLD if parsed.get(key)}
    return {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "ranking": [[i["name"], i["confidence"]] for i in parsed.get("intent_ranking", [])[:3]],
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")} for entity in found
        ],
        "variety": parsed.get("variety"),
        "variety_confidence": parsed.get("variety_confidence"),
        **told,
        **({"cut": True} if read.cut else {}),
    }
