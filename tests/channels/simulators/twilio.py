"""Twilio on loopback: takes messages and forms as its API does, and calls us as it does, signed.

    with TwilioSimulator(ACCOUNT, TOKEN, public_url="https://bot.example", app_url="http://127.0.0.1:8000") as twilio:
        twilio.url                                     # for TAKWIN_TWILIO_API_URL
        twilio.inbound("whatsapp:+212612345678", "whatsapp:+14155550100", Body="salam")
        twilio.sent[-1]["Body"]; twilio.call_back(twilio.sent[-1]["sid"], "delivered")

Made after https://github.com/twilio/twilio-oai (twilio_api_v2010, twilio_content_v1) and Twilio's pages on webhooks.
`public_url` is what signatures are made over, `app_url` where the calls really go.
"""

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx
import uvicorn
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from tests.channels.simulators.twilio_api import Trouble, TwilioApi, new_sid

__all__ = ["Trouble", "TwilioSimulator"]


@dataclass
class TwilioSimulator(TwilioApi):
    """The account, running: `start` and `stop` (or `with`), and its calls to us."""

    url: str = field(default="", init=False)
    _server: uvicorn.Server | None = field(default=None, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(timeout=20, trust_env=False)

    def start(self, port: int = 0) -> Self:
        config = uvicorn.Config(self.app(), host="127.0.0.1", port=port, log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        return self

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(10)
        self._client.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def signed(
        self,
        path: str,
        fields: Mapping[str, str],
        query: str = "",
        algorithm: str | None = None,
        key: str = "",
    ) -> tuple[str, bytes, dict[str, str]]:
        """Path with query, body and headers of a call as Twilio makes it."""
        target = f"{path}?{query}" if query else path
        form = ImmutableMultiDict(list(fields.items()))
        signature = RequestValidator(key or self.auth_token).compute_signature(
            self.public_url + target, form, algorithm
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "X-Twilio-Signature": signature,
            "I-Twilio-Idempotency-Token": secrets.token_hex(16),
            "User-Agent": "TwilioProxy/1.1",
        }
        if algorithm is not None:
            headers["X-Twilio-Webhooks-Signature-Settings"] = (
                f"key=webhooks_sharedkey_1,algorithm={algorithm}"
            )
        return target, urlencode(list(fields.items())).encode(), headers

    def inbound_fields(self, sender: str, to: str, **more: str) -> dict[str, str]:
        """The form of a message that somebody wrote. WhatsApp's own fields are there where it came by WhatsApp."""
        sid = more.pop("MessageSid", "") or new_sid("SM")
        fields = {
            "SmsMessageSid": sid, "SmsSid": sid, "MessageSid": sid, "AccountSid": self.account_sid,
            "From": sender, "To": to, "Body": "", "NumMedia": "0", "NumSegments": "1",
            "SmsStatus": "received", "ApiVersion": "2010-04-01",
        }  # fmt: skip
        if sender.startswith("whatsapp:"):
            fields |= {"ProfileName": "Amina", "MessageType": "text", "ReferralNumMedia": "0"}
            if sender[9:].startswith("+"):
                fields["WaId"] = sender[10:]
        return fields | more

    def write(self, sender: str, to: str, at: datetime | None = None, **more: str) -> dict[str, str]:
        """Somebody writes, and our webhook does not hear of it: the message is only in the list."""
        fields = self.inbound_fields(sender, to, **more)
        self.records.append(self.resource(fields["MessageSid"], fields, "inbound", "received", at))
        return fields

    def inbound(self, sender: str, to: str, **more: str) -> httpx.Response:
        """Somebody writes, and our webhook is called."""
        fields = self.write(sender, to, **more)
        path = "/channels/twilio/whatsapp" if sender.startswith("whatsapp:") else "/channels/twilio/sms"
        return self.post(*self.signed(path, fields))

    def call_back(self, sid: str, status: str, code: int | None = None) -> httpx.Response:
        """The status of a message changes, and its callback is called."""
        record = next(each for each in self.sent if each["sid"] == sid)
        resource = record["resource"]
        resource["status"] = status
        if resource["date_sent"] is None and status not in ("queued", "accepted", "sending"):
            resource["_sent"] = datetime.now(UTC).replace(microsecond=0)
            resource["date_sent"] = format_datetime(resource["_sent"])
        fields = {
            "MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status,
            "AccountSid": self.account_sid, "To": record["To"], "From": record.get("From", ""),
            "ApiVersion": "2010-04-01",
        }  # fmt: skip
        if record["To"].startswith("whatsapp:"):
            fields |= {"ChannelPrefix": "whatsapp", "EventType": status.upper()}
        if code is not None:
            fields |= {"ErrorCode": str(code), "ErrorMessage": "..."}
        path, _, query = record["StatusCallback"].removeprefix(self.public_url).partition("?")
        return self.post(*self.signed(path, fields, query))

    def post(self, target: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        return self._client.post(self.app_url + target, content=body, headers=dict(headers))

    def taken(self, sid: str) -> None:
        if self.automatic:
            threading.Thread(target=self._call_back_all, args=(sid,), daemon=True).start()

    def _call_back_all(self, sid: str) -> None:
        for status in self.automatic:
            self.call_back(sid, status)
