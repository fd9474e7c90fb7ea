"""How the SDK's requests reach Twilio: one connection pool, bounded times, and errors told apart.

The SDK takes any object with `is_async` and `request`. Its own asynchronous one logs every address it calls, and tells
neither Retry-After nor whether a request was sent before it failed; this one, on aiohttp as well, tells them, and makes
a policy of every answer that is no success. It never tries a request twice.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from twilio.http.response import Response
from yarl import URL

from channels.contract.errors import Ambiguous, ChannelError, RetryLater
from channels.twilio.config import API_URL, CONTENT_URL
from channels.twilio.errors import error_of

CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 20.0
_KEPT_OPEN = 5.0
LONGEST_WAIT = 3600.0

#: They would write the addresses of people, which stand in the URLs of lookups.
_TALKATIVE = ("twilio.http_client", "twilio.async_http_client")

_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


@dataclass(frozen=True)
class _Answer:
    status: int
    content: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


class Transport:
    """The SDK's way out. `api_url` other than Twilio's takes the place of all of Twilio's addresses."""

    is_async = True

    def __init__(self, api_url: str = API_URL) -> None:
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._base = api_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,  # noqa: ARG002
    ) -> Any:
        """Twilio's answer, where it is a success with JSON. Raises RetryLater, Ambiguous (only where something may have
        been made by it) or GiveUp.
        """
        seconds = aiohttp.ClientTimeout(total=timeout or TOTAL_SECONDS, sock_connect=CONNECT_SECONDS)
        given = dict(headers or {})
        if auth is not None:
            given["Authorization"] = aiohttp.encode_basic_auth(*auth)
        body = _body(data, given.get("Content-Type", ""))
        try:
            answer = await self._answer(method, self._address(url, params), given, body, seconds)
        except _NOT_SENT:
            raise RetryLater("twilio-unreachable", counts=False) from None
        except (aiohttp.ClientError, TimeoutError):
            raise _for(method, Ambiguous("twilio-no-answer")) from None
        if not 200 <= answer.status < 300:
            raise _for(method, error_of(answer.status, _code(answer), _retry_after(answer)))
        if answer.status != 204 and not isinstance(_json(answer), dict):
            raise _for(method, Ambiguous("twilio-unreadable"))
        return Response(answer.status, answer.text, answer.headers)

    async def _answer(
        self,
        method: str,
        address: URL,
        headers: Mapping[str, str],
        body: bytes | None,
        seconds: aiohttp.ClientTimeout,
    ) -> _Answer:
        if self._session is None:  # made in the loop that uses it
            connector = aiohttp.TCPConnector(limit=100, keepalive_timeout=_KEPT_OPEN)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=False)
        async with self._session.request(
            method, address, headers=headers, data=body, timeout=seconds, allow_redirects=False
        ) as response:
            return _Answer(response.status, await response.read(), response.headers)

    async def close(self) -> None:
        """End the connections."""
        if self._session is not None:
            await self._session.close()

    def _address(self, url: str, params: Mapping[str, Any] | None) -> URL:
        # The query of a next page is Twilio's own, and stays as it came.
        query = f"?{urlencode(params, doseq=True)}" if params else ""
        return URL(self._rebased(url) + query, encoded=True)

    def _rebased(self, url: str) -> str:
        if self._base == API_URL:
            return url
        for known in (API_URL, CONTENT_URL):
            if url.startswith(known + "/"):
                return self._base + url.removeprefix(known)
        return url


def _body(data: Mapping[str, Any] | None, kind: str) -> bytes | None:
    if not data:
        return None
    written = json.dumps(dict(data)) if kind == "application/json" else urlencode(data, doseq=True)
    return written.encode()


def _for(method: str, error: ChannelError) -> ChannelError:
    """Reading makes nothing: there is nothing to be in doubt of."""
    if method.upper() == "GET" and isinstance(error, Ambiguous):
        return RetryLater(error.reason, after=error.after, counts=False)
    return error


def _json(answer: _Answer) -> Any:
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return None


def _code(answer: _Answer) -> int | None:
    content = _json(answer)
    code = content.get("code") if isinstance(content, dict) else None
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _retry_after(answer: _Answer) -> float | None:
    """Seconds to wait, from a header that has them or a time; never longer than LONGEST_WAIT."""
    written = answer.headers.get("Retry-After", "")
    try:
        seconds = float(written)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(seconds, LONGEST_WAIT) if seconds > 0 else None
