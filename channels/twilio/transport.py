"""How the SDK's requests reach Twilio: one connection pool, bounded times, and errors told apart.

The SDK takes any object with `is_async` and `request`. Its own asynchronous one rests on aiohttp, logs every address
it calls, and tells neither Retry-After nor whether a request was sent before it failed; this one does that, and makes a
policy of every answer that is no success. It never tries a request twice.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from twilio.http.response import Response

from channels.errors import Ambiguous, ChannelError, RetryLater
from channels.twilio.config import API_URL, CONTENT_URL
from channels.twilio.errors import error_of

CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 20.0
LONGEST_WAIT = 3600.0

#: They would write the addresses of people, which stand in the URLs of lookups.
_TALKATIVE = ("httpx", "httpcore", "twilio.http_client", "twilio.async_http_client")

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Transport:
    """The SDK's way out. `api_url` other than Twilio's takes the place of all of Twilio's addresses."""

    is_async = True

    def __init__(self, api_url: str = API_URL) -> None:
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._base = api_url.rstrip("/")
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            follow_redirects=False,
            trust_env=False,
        )

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
        try:
            async with asyncio.timeout(timeout or TOTAL_SECONDS):
                answer = await self._client.request(
                    method,
                    self._rebased(url),
                    # An empty mapping would take the query off the URL of a next page.
                    params=dict(params) if params else None,
                    headers=dict(headers or {}),
                    auth=auth,
                    **_body(data, headers or {}),
                )
        except _NOT_SENT:
            raise RetryLater("twilio-unreachable", counts=False) from None
        except (httpx.HTTPError, TimeoutError):
            raise _for(method, Ambiguous("twilio-no-answer")) from None
        if not 200 <= answer.status_code < 300:
            raise _for(method, error_of(answer.status_code, _code(answer), _retry_after(answer)))
        if answer.status_code != 204 and not isinstance(_json(answer), dict):
            raise _for(method, Ambiguous("twilio-unreadable"))
        return Response(answer.status_code, answer.text, answer.headers)

    async def close(self) -> None:
        """End the connections."""
        await self._client.aclose()

    def _rebased(self, url: str) -> str:
        if self._base == API_URL:
            return url
        for known in (API_URL, CONTENT_URL):
            if url.startswith(known + "/"):
                return self._base + url.removeprefix(known)
        return url


def _body(data: Mapping[str, Any] | None, headers: Mapping[str, str]) -> dict[str, Any]:
    if not data:
        return {}
    as_json = headers.get("Content-Type") == "application/json"
    return {"json": dict(data)} if as_json else {"data": dict(data)}


def _for(method: str, error: ChannelError) -> ChannelError:
    """Reading makes nothing: there is nothing to be in doubt of."""
    if method.upper() == "GET" and isinstance(error, Ambiguous):
        return RetryLater(error.reason, after=error.after, counts=False)
    return error


def _json(answer: httpx.Response) -> Any:
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return None


def _code(answer: httpx.Response) -> int | None:
    content = _json(answer)
    code = content.get("code") if isinstance(content, dict) else None
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _retry_after(answer: httpx.Response) -> float | None:
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
