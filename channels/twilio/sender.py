"""One message out: the call that hands it to Twilio, and the lookup of one whose answer was lost.

https://www.twilio.com/docs/messaging/api/message-resource: there is no key that would make a repeated call harmless, so
a call without an answer is looked up by its recipient, its time and its words.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import Outbound
from channels.contract.provider import Sent
from channels.twilio.addresses import twilio_address
from channels.twilio.config import Config
from channels.twilio.errors import CONTENT_CODES, Refused
from channels.twilio.forms import Forms
from channels.twilio.shapes import Shaped, as_text, shaped

log = logging.getLogger(__name__)

STATUS_PATH = "/channels/twilio/status"

SKEW = timedelta(minutes=2)  # our clock and Twilio's, together with the second that its times are cut to
LOOKED_THROUGH = 200  # of the last messages to one person

_TRIAL = "Sent from your Twilio trial account - "

Claimed = Callable[[str, str], str | None]
"""Which message of ours (its id) a provider's id on a channel belongs to, where that is known."""


class TwilioSender:
    """One channel's way out. `sender` is a number, a name or a Messaging Service of the account."""

    def __init__(
        self, channel: str, sender: str, client: Any, forms: Forms, config: Config, claimed: Claimed
    ) -> None:
        self._channel = channel
        self._client = client
        self._forms = forms
        self._config = config
        self._claimed = claimed
        if sender.startswith("MG"):
            self._from = {"messaging_service_sid": sender}
        else:
            self._from = {"from_": twilio_address(channel, sender)}

    async def send(self, message: Outbound) -> Sent:
        """Hand a message to Twilio. Raises RetryLater, Ambiguous, GiveUp."""
        if message.template is not None:
            return await self._create(message, **self._template(message))
        shape = shaped(message)
        sid = None if shape is None else await self._forms.sid_of(shape)
        if shape is None or sid is None:
            return await self._create(message, body=as_text(message))
        return await self._interactive(message, shape, sid)

    async def find(self, message: Outbound, since: datetime) -> Sent | None:
        """The message at Twilio, if it was taken since then. Raises RetryLater."""
        earliest = since.astimezone(UTC) - SKEW
        # One that still waits has no date of sending, and is not among those of a date.
        for filters in ({"date_sent_after": earliest}, {}):
            async for record in self._sent_to(message.to, filters):
                if await self._is(record, message, earliest):
                    return Sent(record.sid)
        return None

    async def _interactive(self, message: Outbound, shape: Shaped, sid: str) -> Sent:
        try:
            return await self._create(message, **_content(sid, shape.values))
        except Refused as refused:
            if refused.code not in CONTENT_CODES:
                raise
            if refused.code == 21655 and (new := await self._forms.anew(shape)) is not None:
                return await self._create(message, **_content(new, shape.values))
            # It was not taken, so sending it another way is not sending it twice.
            log.warning("sent without buttons: %s", refused.reason)
            self._forms.refuse(shape)
            return await self._create(message, body=as_text(message))

    def _template(self, message: Outbound) -> dict[str, str]:
        assert message.template is not None  # noqa: S101 - for mypy: only called for one with a template
        sid = self._config.templates.get(f"{message.template.key}:{message.template.language}")
        if sid is None:
            raise GiveUp("no-template")
        return _content(sid, {str(n): value for n, value in enumerate(message.template.values, start=1)})

    async def _create(self, message: Outbound, **content: str) -> Sent:
        try:
            made = await self._client.messages.create_async(
                to=twilio_address(self._channel, message.to),
                status_callback=f"{self._config.public(STATUS_PATH)}?m={message.message_id}",
                **self._from,
                **content,
            )
        except ChannelError:
            raise
        except Exception as error:  # the SDK's, which may hold words and addresses: only its kind is told
            raise Ambiguous(f"twilio-sdk-{type(error).__name__}") from None
        if not made.sid:
            raise Ambiguous("twilio-unreadable")
        return Sent(made.sid)

    async def _sent_to(self, to: str, filters: dict[str, Any]) -> Any:
        if "from_" in self._from:
            filters = {**filters, "from_": self._from["from_"]}
        try:
            records = await self._client.messages.stream_async(
                to=twilio_address(self._channel, to),
                limit=LOOKED_THROUGH,
                page_size=LOOKED_THROUGH,
                **filters,
            )
            async for record in records:
                yield record
        except ChannelError:
            raise
        except Exception as error:
            raise RetryLater(f"twilio-sdk-{type(error).__name__}", counts=False) from None

    async def _is(self, record: Any, message: Outbound, earliest: datetime) -> bool:
        made_at = record.date_created or record.date_sent
        if not str(record.direction).startswith("outbound") or (made_at is not None and made_at < earliest):
            return False
        if not _same_words(record.body or "", message):
            return False
        # The same words may have gone out in another message.
        owner = await asyncio.to_thread(self._claimed, self._channel, record.sid)
        return owner in (None, message.message_id)


def _content(sid: str, values: Any) -> dict[str, str]:
    content = {"content_sid": sid}
    if values:
        content["content_variables"] = json.dumps(dict(values), ensure_ascii=False)
    return content


def _same_words(body: str, message: Outbound) -> bool:
    body = body.removeprefix(_TRIAL)
    if message.template is not None:
        # The words around the values are Twilio's; each value must stand there, in their order.
        pattern = ".*".join(re.escape(_plain(value)) for value in message.template.values)
        return re.search(pattern, _plain(body)) is not None
    return _plain(body) in (_plain(message.text), _plain(as_text(message)))


def _plain(text: str) -> str:
    return " ".join(text.split())
