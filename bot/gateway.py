"""The only door of the engine: `POST /webhooks/takwin/turn`, signed, structured, never a silent failure.

Stock channels accept unsigned calls, answer 200 with nothing after an error, and let `/intent{...}` in a text steer
the dialogue. Here the body is signed with HMAC-SHA256, free text loses leading slashes and white space, options come
as structured data, and every failure is a 5xx the caller can retry:

    503   nobody could have answered now: no model is loaded, or nobody runs the actions
    500   this turn failed: an action of it, or we
    413   {"error": "too-slow" | "broke-engine"}: this text is not to come again, alone (`bot/reader.py`)

`POST /webhooks/takwin/understanding` takes the same body and gives the understanding alone: nothing is answered, the
dialogue does not move. Where `understanding` has `"danger": true` or `"stays": true` a turn has no replies: the app
answers, whatever became of the conversation.

A text of up to 10,000 characters is taken. Of a long one the beginning and the end are read for its meaning, and
`understanding` has `"cut": true` (`bot/nlu/extent.py`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Dict

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.reader import GivenUp
from bot.turn import TurnFailed, TurnRequest, run_turn, understand

logger = logging.getLogger(__name__)

Work = Callable[[Agent, TurnRequest], Awaitable[Dict[str, Any]]]

SIGNATURE_HEADER = "X-Takwin-Signature"
MAX_TEXT = 10_000
VARIETIES = ("ar", "fr", "ary", "ary-Latn")
_COMMAND_PREFIX = re.compile(r"^[\s/]+")
_ID = re.compile(r"^[\x21-\x7e]{1,200}$")


class BadRequest(ValueError):
    """The body of a turn is not what the contract says; the text names the field and the mend."""


def signature(secret: str, body: bytes) -> str:
    """The value of `X-Takwin-Signature` for a body: `sha256=` and the hex HMAC-SHA256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def parse_request(body: bytes, intents: frozenset[str]) -> TurnRequest:
    """Read and check the body of a turn.

    Raises:
        BadRequest: naming the field and what is accepted.
    """
    try:
        data = json.loads(body)
    except ValueError as error:
        raise BadRequest("body: not JSON") from error
    if not isinstance(data, dict):
        raise BadRequest("body: a JSON object is expected")
    for field in ("message_id", "person_id", "channel"):
        if not isinstance(data.get(field), str) or not _ID.match(data[field]):
            raise BadRequest(f"{field}: 1 to 200 visible ASCII characters are expected")
    variety = data.get("variety")
    if variety is not None and variety not in VARIETIES:
        raise BadRequest(f"variety: one of {', '.join(VARIETIES)} is expected")
    text, option = data.get("text"), data.get("option")
    if (text is None) == (option is None):
        raise BadRequest("text, option: exactly one of them is expected")
    return TurnRequest(
        message_id=data["message_id"],
        person_id=data["person_id"],
        channel=data["channel"],
        variety=variety,
        text=None if text is None else _checked_text(text),
        option=None if option is None else _checked_option(option, intents),
        **{name: _flag(data, name) for name in ("forwarded", "interrupted", "danger_open")},
    )


def _flag(data: dict[str, Any], name: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise BadRequest(f"{name}: true or false is expected")
    return value


def _checked_text(text: Any) -> str:
    if not isinstance(text, str):
        raise BadRequest("text: a string is expected")
    cleaned = _COMMAND_PREFIX.sub("", text).strip()
    if not cleaned:
        raise BadRequest("text: nothing is left of it after leading slashes and spaces")
    if len(cleaned) > MAX_TEXT:
        raise BadRequest(f"text: at most {MAX_TEXT} characters are expected")
    return cleaned


def _checked_option(option: Any, intents: frozenset[str]) -> dict[str, Any]:
    if not isinstance(option, dict) or option.get("intent") not in intents:
        raise BadRequest("option.intent: an intent of domain.yml is expected")
    entities = option.get("entities", [])
    if not isinstance(entities, list) or not all(
        isinstance(e, dict) and isinstance(e.get("entity"), str) and "value" in e for e in entities
    ):
        raise BadRequest("option.entities: a list of {entity, value} is expected")
    return {"intent": option["intent"], "entities": entities}


class TurnInput(InputChannel):
    """Rasa input channel `takwin`; its secret comes from credentials.yml (`TAKWIN_SECRET`)."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    @classmethod
    def name(cls) -> str:
        return "takwin"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TurnInput:
        secret = str((credentials or {}).get("secret") or "")
        if not secret or "${" in secret:
            cls.raise_missing_credentials_exception()
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        doors = Blueprint("takwin_turns", "takwin_turns")

        @doors.get("/health")
        async def health(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            ready = bool(agent and agent.is_ready())
            return response.json({"ready": ready}, status=200 if ready else 503)

        @doors.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await answer(request, run_turn)

        @doors.post("/understanding")
        async def understanding(request: Request) -> HTTPResponse:
            return await answer(request, understand)

        async def answer(request: Request, work: Work) -> HTTPResponse:
            given = request.headers.get(SIGNATURE_HEADER, "")
            if not hmac.compare_digest(given.encode(), signature(self.secret, request.body).encode()):
                return response.json({"error": f"{SIGNATURE_HEADER} is missing or wrong"}, status=401)
            agent: Agent | None = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"error": "no model is loaded yet"}, status=503)
            try:
                parsed = parse_request(request.body, frozenset(agent.domain.intents))
            except BadRequest as error:
                return response.json({"error": str(error)}, status=422)
            try:
                return response.json(await work(agent, parsed))
            except TurnFailed as error:
                logger.warning("turn failed: %s", error)
                return response.json(
                    {"error": f"an action failed: {error}"}, status=503 if error.outage else 500
                )
            except GivenUp as error:
                logger.error("turn given up: %s", error)
                return response.json({"error": str(error)}, status=413)
            except Exception as error:
                # The text of the error may quote the message: only its kind is logged.
                logger.error("turn failed: %s", type(error).__name__)
                return response.json({"error": "the turn could not be run"}, status=500)

        return doors
