"""Sending through the gateway: one call for one message. It cannot be asked afterwards what it has."""

import logging
import re

import httpx

from channels.contract.errors import Ambiguous, RetryLater
from channels.contract.messages import Outbound
from channels.contract.provider import Sent
from channels.kannel.config import Config
from channels.kannel.errors import failure, refused_address
from channels.wording.segments import is_gsm7

# It writes the whole address of each call, with the person's number and the text in it.
logging.getLogger("httpx").setLevel(logging.WARNING)

_GSM7, _UCS2 = "0", "2"  # Kannel's `coding`
_ID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")


class GatewaySender:
    """The way out by SMS."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(config.timeout, connect=config.connect_timeout),
            trust_env=False,
            follow_redirects=False,
        )

    async def send(self, message: Outbound) -> Sent:
        """Hand the message over. Raises RetryLater, Ambiguous, GiveUp."""
        refused = refused_address(message.to)
        if refused is not None:
            raise refused
        answer = await self._call(parameters(message, self._config))
        failed = failure(answer.status_code, answer.text[:500], answer.headers)
        if failed is not None:
            raise failed
        given = _ID.search(answer.text[:500])
        return Sent(given.group(0) if given else None)

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, values: dict[str, str]) -> httpx.Response:
        try:
            if self._config.method == "POST":
                return await self._client.post(self._config.url, data=values)
            return await self._client.get(httpx.URL(self._config.url).copy_merge_params(values))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise RetryLater("sms-gateway-unreachable", counts=False) from None
        except httpx.HTTPError:
            raise Ambiguous("sms-gateway-no-answer") from None


def parameters(message: Outbound, config: Config) -> dict[str, str]:
    """What the call says. A parameter made only of what is not set (no sender, no reports) is left out."""
    values = {
        "username": config.username,
        "password": config.password,
        "from": config.sender,
        "to": message.to,
        "text": message.text,
        "coding": _GSM7 if is_gsm7(message.text) else _UCS2,
        "report_url": config.report_url(message.message_id),
        "message": message.message_id,
    }
    filled = {name: _filled(template, values) for name, template in config.parameters.items()}
    return {name: value for name, value in filled.items() if value or not config.parameters[name]}


def _filled(template: str, values: dict[str, str]) -> str:
    # In one pass: a text that says "{password}" is a text.
    return re.sub(r"\{(\w+)\}", lambda match: values[match.group(1)], template)
