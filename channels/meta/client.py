"""The way out: one request a message, and what Meta's answer, or its silence, means."""

import asyncio
import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from channels.contract.errors import Ambiguous, RetryLater
from channels.contract.messages import Outbound
from channels.contract.provider import Sent
from channels.meta.config import Config
from channels.meta.errors import Failure, error_for
from channels.meta.outbound import Json, read_receipt, request_for

log = logging.getLogger(__name__)

_COURTESY = 5.0  # seconds given to a read receipt
_LONGEST_WAIT = 86_400.0
#: Nothing has left for Meta yet when these happen.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class CloudSender:
    """Sends to people on WhatsApp, and tells them that their message was read."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._url = f"{config.api_url.rstrip('/')}/{config.phone_number_id}/messages"
        self._client: httpx.AsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def send(self, message: Outbound) -> Sent:
        """Hand a message to Meta. Raises RetryLater, Ambiguous or GiveUp.

        After Ambiguous nothing can be looked up: Meta has no such call. A status that comes with our id says that the
        message was taken; where none comes, it is sent again.
        """
        request = request_for(message)
        answer = await self._post(request, self._config.total_timeout)
        if answer.is_success:
            return Sent(_wamid(answer))
        raise error_for(_failure(answer), message.attempt)

    async def mark_read(self, provider_message_id: str, to: str) -> None:  # noqa: ARG002 - Meta finds the person
        """Blue ticks, and "typing" for up to 25 seconds. Raises nothing."""
        try:
            answer = await self._post(read_receipt(provider_message_id), _COURTESY)
        except Exception as error:
            log.info("whatsapp: not marked as read: %s", type(error).__name__)
            return
        if not answer.is_success:
            log.info("whatsapp: not marked as read: %s", answer.status_code)

    async def close(self) -> None:
        """End the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _post(self, request: Json, seconds: float) -> httpx.Response:
        content = json.dumps(request).encode()
        headers = {
            "Authorization": f"Bearer {self._config.access_token}",
            "Content-Type": "application/json",
        }
        try:
            async with asyncio.timeout(seconds):
                return await self._connected().post(self._url, content=content, headers=headers)
        except _UNSENT as error:
            raise RetryLater(f"meta-unreachable-{type(error).__name__}", counts=False) from None
        except (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeEncodeError):
            # A token or a URL that no request can carry.
            raise RetryLater("meta-settings", after=300.0, counts=False) from None
        except (httpx.HTTPError, TimeoutError) as error:
            raise Ambiguous(f"meta-silent-{type(error).__name__}") from None

    def _connected(self) -> httpx.AsyncClient:
        # Connections belong to the event loop that opened them.
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            seconds = self._config.total_timeout
            timeout = httpx.Timeout(seconds, connect=min(seconds, self._config.connect_timeout))
            self._client = httpx.AsyncClient(timeout=timeout, trust_env=False)
            self._loop = loop
        return self._client


def _wamid(answer: httpx.Response) -> str | None:
    """Meta's id; None where it is not where it should be: it took the message, and the statuses bring the id."""
    messages = _object(answer).get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    wamid = first.get("id") if isinstance(first, Mapping) else None
    return wamid if isinstance(wamid, str) and wamid else None


def _failure(answer: httpx.Response) -> Failure:
    error = _object(answer).get("error")
    error = error if isinstance(error, Mapping) else {}
    return Failure(
        status=answer.status_code,
        code=_integer(error.get("code")),
        subcode=_integer(error.get("error_subcode")),
        transient=error.get("is_transient") is True,
        after=_retry_after(answer.headers.get("Retry-After")),
    )


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        content = answer.json()
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, Mapping) else {}


def _integer(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _retry_after(header: str | None) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3)."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(seconds, 0.0), _LONGEST_WAIT) if seconds == seconds else None
