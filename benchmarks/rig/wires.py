"""How three providers call us and are called, in bytes: made beforehand, so that measuring costs little.

A wire makes the webhook of a message, signed as its provider signs, and reads the call that brings the answer.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs, urlencode


@dataclass(frozen=True)
class Call:
    """What the provider is asked: `to` is empty for a call that is no message to a person."""

    to: str
    status: int
    answer: bytes
    text: str = ""


@dataclass(frozen=True)
class Request:
    """A request of the app to the provider."""

    method: str
    target: str
    body: bytes


class Wire(Protocol):
    """One provider. People are numbered."""

    name: str

    def environment(self, api: str) -> Mapping[str, str]:
        """The app's settings, with the provider at this address."""

    def webhook(self, app: str, person: int, text: str, key: str) -> bytes:
        """The HTTP request of a message. `app` is host:port, `key` a provider's id of the message."""

    def address(self, person: int) -> str:
        """How the provider is told to whom a message goes."""

    def read(self, asked: Request) -> Call:
        """A call of the app to the provider, and its answer."""


def _post(app: str, path: str, body: bytes, kind: str, *headers: str) -> bytes:
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {app}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Twilio:
    """Twilio's SMS: a signed form in, the Messages resource out."""

    name = "Twilio SMS"
    account, token, number = "AC" + "0" * 32, "a token of Twilio", "+12025550100"

    def __init__(self, public_url: str = "", path: str = "/channels/twilio/sms") -> None:
        self.public_url = public_url
        self.path = path

    def environment(self, api: str) -> Mapping[str, str]:
        return {
            "TAKWIN_TWILIO_ACCOUNT_SID": self.account,
            "TAKWIN_TWILIO_AUTH_TOKEN": self.token,
            "TAKWIN_TWILIO_SMS_FROM": self.number,
            "TAKWIN_TWILIO_API_URL": api,
        }

    def address(self, person: int) -> str:
        return f"+2126{person:08d}"

    def webhook(self, app: str, person: int, text: str, key: str) -> bytes:
        sid = "SM" + hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()
        fields = {
            "SmsMessageSid": sid, "SmsSid": sid, "MessageSid": sid, "AccountSid": self.account,
            "From": self.address(person), "To": self.number, "Body": text, "NumMedia": "0", "NumSegments": "1",
            "SmsStatus": "received", "ApiVersion": "2010-04-01",
        }  # fmt: skip
        signed = (
            (self.public_url or f"http://{app}") + self.path + "".join(k + fields[k] for k in sorted(fields))
        )
        signature = base64.b64encode(
            hmac.new(self.token.encode(), signed.encode(), hashlib.sha1).digest()
        ).decode()
        kind = "application/x-www-form-urlencoded; charset=utf-8"
        return _post(app, self.path, urlencode(fields).encode(), kind, f"X-Twilio-Signature: {signature}")

    def read(self, asked: Request) -> Call:
        if asked.method != "POST":
            page = {
                "messages": [],
                "page": 0,
                "page_size": 50,
                "next_page_uri": None,
                "uri": asked.target,
            }
            return Call("", 200, json.dumps(page).encode())
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        to = form["To"]
        sid = "SM" + hashlib.md5(f"{time.time_ns()}{to}".encode(), usedforsecurity=False).hexdigest()
        made = {
            "sid": sid, "account_sid": self.account, "api_version": "2010-04-01", "from": self.number, "to": to,
            "body": form["Body"], "direction": "outbound-api", "status": "queued", "num_media": "0",
            "num_segments": "1", "price": None, "price_unit": None, "error_code": None, "error_message": None,
            "date_created": "Wed, 25 Nov 2026 21:00:00 +0000", "date_updated": "Wed, 25 Nov 2026 21:00:00 +0000",
            "date_sent": None, "messaging_service_sid": None, "subresource_uris": {},
            "uri": f"/2010-04-01/Accounts/{self.account}/Messages/{sid}.json",
        }  # fmt: skip
        return Call(to, 201, json.dumps(made).encode(), form["Body"])


class WhatsApp:
    """Meta's Cloud API: signed JSON in, one message or a read receipt out."""

    name = "WhatsApp Cloud API"
    number, secret = "106540352242922", "the app's secret"

    def environment(self, api: str) -> Mapping[str, str]:
        return {
            "TAKWIN_META_APP_SECRET": self.secret,
            "TAKWIN_META_VERIFY_TOKEN": "a word",
            "TAKWIN_META_ACCESS_TOKEN": "a token of Meta",
            "TAKWIN_META_PHONE_NUMBER_ID": self.number,
            "TAKWIN_META_API_URL": f"{api}/v23.0",
        }

    def address(self, person: int) -> str:
        return f"2126{person:08d}"

    def webhook(self, app: str, person: int, text: str, key: str) -> bytes:
        sender = self.address(person)
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": self.number},
            "contacts": [{"profile": {"name": "Amina"}, "wa_id": sender}],
            "messages": [{"from": sender, "id": f"wamid.{key}", "timestamp": str(int(time.time())), "type": "text",
                          "text": {"body": text}}],
        }  # fmt: skip
        entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return _post(
            app, "/channels/whatsapp", body, "application/json", f"X-Hub-Signature-256: sha256={signature}"
        )

    def read(self, asked: Request) -> Call:
        message = json.loads(asked.body)
        if message.get("status") == "read":
            return Call("", 200, b'{"success": true}')
        to = str(message["to"]).removeprefix("+")
        made = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": to, "wa_id": to}],
            "messages": [{"id": f"wamid.out.{time.time_ns()}"}],
        }
        said = message.get("text") or message.get("interactive", {}).get("body", {})
        return Call(to, 200, json.dumps(made).encode(), str(said.get("body") or said.get("text") or ""))


class SmsGateway:
    """A gateway of Kannel's kind: a call with a token in, sendsms out."""

    name = "SMS gateway"
    token = "a token of the gateway"

    def environment(self, api: str) -> Mapping[str, str]:
        return {
            "TAKWIN_SMS_GATEWAY_URL": f"{api}/cgi-bin/sendsms",
            "TAKWIN_SMS_GATEWAY_TOKEN": self.token,
            "TAKWIN_SMS_GATEWAY_USERNAME": "takwin",
            "TAKWIN_SMS_GATEWAY_PASSWORD": "pw",
            "TAKWIN_SMS_GATEWAY_FROM": "3434",
            "TAKWIN_SMS_GATEWAY_PER_SECOND": "200",
        }

    def address(self, person: int) -> str:
        return f"+2126{person:08d}"

    def webhook(self, app: str, person: int, text: str, key: str) -> bytes:
        values = {
            "token": self.token, "from": self.address(person), "to": "3434", "text": text, "id": key,
            "time": str(int(time.time())), "coding": "0", "charset": "UTF-8",
        }  # fmt: skip
        return f"GET /channels/sms?{urlencode(values)} HTTP/1.1\r\nHost: {app}\r\n\r\n".encode()

    def read(self, asked: Request) -> Call:
        values = parse_qs(asked.target.partition("?")[2])
        to = values["to"][0]
        text = values.get("text", [""])[0]
        return Call(to if to.startswith("+") else f"+{to}", 202, b"0: Accepted for delivery", text)


WIRES: Mapping[str, type[Twilio] | type[WhatsApp] | type[SmsGateway]] = {
    "twilio": Twilio,
    "whatsapp": WhatsApp,
    "sms": SmsGateway,
}
