"""The engine's turn endpoint, as the app calls it: one signed request a turn.

    POST <url>/webhooks/takwin/turn     X-Takwin-Signature: sha256=<hex HMAC-SHA256(secret, body)>
    {message_id, person_id, channel, variety?, text | option: {intent, entities}}
    -> {replies: [{reply, args, options}], understanding: {intent, confidence, ranking, entities, variety}}

The same message_id again gives the same answer, so a request whose answer was lost is simply made again.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from channels.errors import GiveUp, RetryLater

PATH = "/webhooks/takwin/turn"
SIGNATURE_HEADER = "X-Takwin-Signature"

# A turn takes milliseconds; the answer of a slow action server still has to arrive before the next try.
TIMEOUT = httpx.Timeout(30.0, connect=2.0)


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

    def body(self) -> bytes:
        """The request's JSON, in UTF-8."""
        said = {"text": self.text} if self.option is None else {"option": dict(self.option)}
        known = {} if self.variety is None else {"variety": self.variety}
        names = {"message_id": self.message_id, "person_id": self.person_id, "channel": self.channel}
        return json.dumps({**names, **known, **said}, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Answer:
    """What is to be said, as keys and arguments, and what was understood (empty where nothing had to be)."""

    replies: Sequence[Mapping[str, Any]]
    understanding: Mapping[str, Any] = field(default_factory=dict)


def sign(secret: str, body: bytes) -> str:
    """The value of X-Takwin-Signature for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Engine:
    """Asks any of several engines. A person's turns go to the same one while it answers, since it has them
    at hand.
    """

    def __init__(self, urls: Sequence[str], secret: str, *, timeout: httpx.Timeout | float = TIMEOUT) -> None:
        """Raises ValueError without a URL."""
        if not urls:
            raise ValueError("the engine needs at least one URL")
        self._urls = tuple(url.rstrip("/") + PATH for url in urls)
        self._secret = secret
        # No proxy from the environment: the engine is on loopback or a private network.
        self._client = httpx.AsyncClient(timeout=timeout, trust_env=False)

    async def ask(self, question: Question) -> Answer:
        """The answer to a message. Raises RetryLater when no engine can give one now, GiveUp when it
        refuses.
        """
        body = question.body()
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: sign(self._secret, body)}
        for url in self._in_turn(question.person_id):
            try:
                return _answer(await self._client.post(url, content=body, headers=headers))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # it never got the message: another may have it
            except httpx.TimeoutException:
                raise RetryLater("engine-timeout") from None
            except httpx.HTTPError:
                raise RetryLater("engine-broke-off") from None
        raise RetryLater("engine-unreachable", counts=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _in_turn(self, person_id: str) -> Sequence[str]:
        start = int.from_bytes(hashlib.sha256(person_id.encode()).digest()[:4]) % len(self._urls)
        return self._urls[start:] + self._urls[:start]


def _answer(response: httpx.Response) -> Answer:
    status = response.status_code
    if status != httpx.codes.OK:
        # 401, 403 and 404 are mistakes in our settings: an operator mends them, the message need not be lost.
        if 400 <= status < 500 and status not in (401, 403, 404, 408, 425, 429):
            raise GiveUp(f"engine-refused-{status}")
        raise RetryLater(f"engine-status-{status}")
    try:
        content = response.json()
    except ValueError:
        raise RetryLater("engine-answer-not-json") from None
    match content:
        case {"replies": [*replies], "understanding": dict(understanding)} if all(map(_is_reply, replies)):
            return Answer(tuple(replies), understanding)
    raise GiveUp("engine-answer-malformed")


def _is_reply(reply: object) -> bool:
    return isinstance(reply, dict) and isinstance(reply.get("reply"), str)
