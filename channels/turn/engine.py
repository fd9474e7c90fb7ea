"""The engine's turn endpoint, as the app calls it: one signed request a turn.

    POST <url>/webhooks/takwin/turn     X-Takwin-Signature: sha256=<hex HMAC-SHA256(secret, body)>
    {message_id, person_id, channel, variety?, text | option: {intent, entities}}
    -> {replies: [{reply, args, options}], understanding: {intent, confidence, ranking, entities, variety}}

The same message_id again gives the same answer, so a request whose answer was lost is simply made again.

What counts against a message (`RetryLater.counts`) is only what the engine says of it: 500, its turn failed. An engine
that is slow, dead, broken off, or cannot answer anybody (503, or a mistake in our settings) says nothing of who waited
for it: they try for a day. A text that kills the engine each time is known to the engine itself, which notes what it
parses (`bot/reader.py`), and is refused with 413 like one that it cannot parse in time.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

from channels.contract.errors import GiveUp, RetryLater
from store.conversations.replies import Reply

PATH = "/webhooks/takwin/turn"
UNDERSTANDING_PATH = "/webhooks/takwin/understanding"
SIGNATURE_HEADER = "X-Takwin-Signature"

# A turn takes milliseconds; the answer of a slow action server still has to arrive before the next try.
TOTAL_SECONDS, CONNECT_SECONDS = 30.0, 2.0
#: Why the engine will not have a text again, as reasons.
_GIVEN_UP = {"too-slow": "engine-turn-too-slow", "broke-engine": "engine-died-of-it"}
#: Shorter than the engine's own (5 s), so that it does not hang up while a question is on its way.
_KEPT_OPEN = 3.0


@dataclass(frozen=True)
class Question:
    """What a person said, as the engine takes it: a `text`, or the intent and entities of the option they
    picked.
    """

    message_id: str
    person_id: str
    channel: str
    variety: str | None = None
    text: str | None = None
    option: Mapping[str, Any] | None = None
    forwarded: bool = False
    interrupted: bool = False
    danger_open: bool = False

    def body(self) -> bytes:
        """The request's JSON, in UTF-8."""
        content = {"text": self.text} if self.option is None else {"option": dict(self.option)}
        known = {} if self.variety is None else {"variety": self.variety}
        names = {"message_id": self.message_id, "person_id": self.person_id, "channel": self.channel}
        marks = {name: True for name in ("forwarded", "interrupted", "danger_open") if getattr(self, name)}
        return json.dumps({**names, **known, **content, **marks}, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Answer:
    """What is to be said, as keys and arguments, and what was understood (empty where nothing had to be)."""

    replies: Sequence[Reply]
    understanding: Mapping[str, Any] = field(default_factory=dict)


def sign(secret: str, body: bytes) -> str:
    """The value of X-Takwin-Signature for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Engine:
    """Asks any of several engines. A person's turns go to the same one while it answers, since it has them
    at hand.
    """

    def __init__(self, urls: Sequence[str], secret: str, *, timeout: float = TOTAL_SECONDS) -> None:
        """`timeout` in seconds, for a whole answer. Raises ValueError without a URL."""
        if not urls:
            raise ValueError("the engine needs at least one URL")
        self._urls = tuple(url.rstrip("/") for url in urls)
        self._secret = secret
        self._timeout = aiohttp.ClientTimeout(total=timeout, sock_connect=CONNECT_SECONDS)
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, question: Question) -> Answer:
        """The answer to a message. Raises RetryLater when no engine can give one now, GiveUp when it
        refuses.
        """
        return await self._post(PATH, question)

    async def understand(self, question: Question) -> Mapping[str, Any]:
        """What a message is understood as; nothing is answered, the dialogue does not move. Raises as `ask` does."""
        return (await self._post(UNDERSTANDING_PATH, question)).understanding

    async def _post(self, path: str, question: Question) -> Answer:
        body = question.body()
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: sign(self._secret, body)}
        for url in self._in_turn(question.person_id):
            try:
                async with self._client().post(
                    url + path, data=body, headers=headers, allow_redirects=False
                ) as response:
                    return _answer(response.status, await response.read())
            except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
                continue  # it never got the message: another may have it
            except TimeoutError:
                raise RetryLater("engine-timeout", counts=False) from None
            except aiohttp.ClientError:
                raise RetryLater("engine-broke-off", counts=False) from None
        raise RetryLater("engine-unreachable", counts=False)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _client(self) -> aiohttp.ClientSession:
        # Made in the loop that uses it. No proxy from the environment: the engine is on loopback or a private network.
        if self._session is None:
            connector = aiohttp.TCPConnector(keepalive_timeout=_KEPT_OPEN)
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout, trust_env=False)
        return self._session

    def _in_turn(self, person_id: str) -> Sequence[str]:
        start = int.from_bytes(hashlib.sha256(person_id.encode()).digest()[:4]) % len(self._urls)
        return self._urls[start:] + self._urls[:start]


def _answer(status: int, body: bytes) -> Answer:
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise GiveUp(_GIVEN_UP.get(_error(body), "engine-refused-413"))
    if status != HTTPStatus.OK:
        # 401, 403 and 404 are mistakes in our settings: an operator mends them, the message need not be lost.
        if 400 <= status < 500 and status not in (401, 403, 404, 408, 425, 429):
            raise GiveUp(f"engine-refused-{status}")
        raise RetryLater(f"engine-status-{status}", counts=status == HTTPStatus.INTERNAL_SERVER_ERROR)
    try:
        content = json.loads(body)
    except ValueError:
        raise RetryLater("engine-answer-not-json") from None
    match content:
        case {"replies": [*replies], "understanding": dict(understanding)}:
            with suppress(ValueError):
                return Answer(tuple(map(Reply.from_wire, replies)), understanding)
    raise GiveUp("engine-answer-malformed")


def _error(body: bytes) -> str:
    try:
        content = json.loads(body)
    except ValueError:
        return ""
    return str(content.get("error")) if isinstance(content, dict) else ""
