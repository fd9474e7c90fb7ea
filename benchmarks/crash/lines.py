"""The providers of the crash test, each behaving as the real one does when we do not answer.

| line | what was not acknowledged | what carries our id of a message |
|---|---|---|
| WhatsApp Cloud API | comes again, later and later (for 7 days; here for minutes) | `biz_opaque_callback_data` |
| Telegram | comes again, and holds back what the same person wrote since | nothing |
| SMS gateway | comes again every second | the address of the report |
| Twilio | comes again where nobody was there; else only its list has it, and our poller | the address of the status |
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.channels.simulators.kannel import KannelSimulator
from tests.channels.simulators.telegram import TelegramSimulator
from tests.channels.simulators.twilio import TwilioSimulator
from tests.channels.simulators.whatsapp import WhatsAppSimulator
from tests.channels.simulators.whatsapp_events import contact, event, message

GIVE_UP_SECONDS = 600.0
FIRST_WAIT, LONGEST_WAIT = 0.2, 4.0


@dataclass(frozen=True)
class Arrival:
    """A message that reached the provider. `message_id` is ours, empty where the provider carries none."""

    address: str
    message_id: str
    provider_message_id: str
    text: str
    at: float


@dataclass(frozen=True)
class Handed:
    """How a person's message was handed over: its id as our store has it, and when it was acknowledged (None: left to
    the poller).
    """

    provider_message_id: str
    acknowledged: float | None
    tries: int


class Line(Protocol):
    """One provider on one channel."""

    name: str
    channel: str
    finds: bool  # whether what was sent can be looked up there

    def environment(self) -> Mapping[str, str]:
        """The app's settings."""

    def call(self, app_url: str) -> None:
        """Where webhooks go from now on."""

    def address(self, person: int) -> str:
        """A person's id there, as `Arrival.address` has it."""

    def write(self, person: int, key: str, text: str) -> Handed:
        """Hand a message over, as often as the provider would; blocks meanwhile."""

    def arrived(self) -> Iterator[Arrival]:
        """What arrived since the last call."""

    def settle(self) -> None:
        """Wait until what the provider still has to say of messages was taken, or dropped."""

    def stop(self) -> None:
        """End."""


def again_and_again(post: Callable[[], int], *, grows: bool = True) -> tuple[float, int]:
    """Post until it is acknowledged; when, and how many times. Raises TimeoutError."""
    end, wait, tries = time.time() + GIVE_UP_SECONDS, FIRST_WAIT, 0
    while time.time() < end:
        tries += 1
        if 200 <= _status(post) < 300:
            return time.time(), tries
        time.sleep(wait * random.uniform(0.8, 1.2))
        wait = min(LONGEST_WAIT, wait * 2) if grows else 1.0
    raise TimeoutError("a message was never acknowledged")


def _status(post: Callable[[], int]) -> int:
    try:
        return post()
    except (httpx.HTTPError, OSError):
        return 0


class CloudLine:
    """WhatsApp through Meta."""

    name, channel, finds = "WhatsApp Cloud API", "whatsapp", False

    def __init__(self) -> None:
        self.meta = WhatsAppSimulator(
            webhook_url="http://127.0.0.1:9/", statuses=("sent", "delivered"), batch=4, disordered=True, duplicates=0.05
        )  # fmt: skip
        self.meta.start()
        self._seen = 0

    def environment(self) -> Mapping[str, str]:
        return {
            "TAKWIN_META_APP_SECRET": self.meta.app_secret,
            "TAKWIN_META_VERIFY_TOKEN": self.meta.verify_token,
            "TAKWIN_META_ACCESS_TOKEN": self.meta.access_token,
            "TAKWIN_META_PHONE_NUMBER_ID": self.meta.phone_number_id,
            "TAKWIN_META_API_URL": self.meta.api_url,
        }

    def call(self, app_url: str) -> None:
        self.meta._webhooks._url = f"{app_url}/channels/whatsapp"

    def address(self, person: int) -> str:
        return f"2126611{person:05d}"

    def write(self, person: int, key: str, text: str) -> Handed:
        sender, number = self.address(person), f"wamid.{key}"
        said = event(
            self.meta.phone_number_id,
            contacts=[contact(sender, "Amina", None)],
            messages=[message(sender, number, int(time.time()), "text", {"body": text})],
        )
        at, tries = again_and_again(lambda: self.meta.post(said))
        return Handed(number, at, tries)

    def arrived(self) -> Iterator[Arrival]:
        taken, self._seen = self.meta.sent[self._seen :], len(self.meta.sent)
        for each in taken:
            said = each.payload.get("text") or each.payload.get("interactive", {}).get("body", {})
            yield Arrival(
                each.to, each.message_id, each.wamid, str(said.get("body") or said.get("text") or ""), each.at
            )

    def settle(self) -> None:
        self.meta.settle(60)

    def stop(self) -> None:
        self.meta.stop()


class TelegramLine:
    """Telegram: a person's updates come one after the other."""

    name, channel, finds = "Telegram", "telegram", False

    def __init__(self) -> None:
        self.bot = TelegramSimulator(
            "7000000001:a-token-of-the-crash-test", secret="the-secret-of-the-webhook"
        )
        self.bot.start()
        self._seen = 0

    def environment(self) -> Mapping[str, str]:
        return {
            "TAKWIN_TELEGRAM_BOT_TOKEN": self.bot.token,
            "TAKWIN_TELEGRAM_SECRET_TOKEN": self.bot.secret,
            "TAKWIN_TELEGRAM_API_URL": self.bot.url,
        }

    def call(self, app_url: str) -> None:
        self.bot.webhook = f"{app_url}/channels/telegram"

    def address(self, person: int) -> str:
        return str(660_000_000 + person)

    def write(self, person: int, key: str, text: str) -> Handed:  # noqa: ARG002 - Telegram numbers by itself
        update = self.bot.message(int(self.address(person)), text=text)
        at, tries = again_and_again(lambda: self.bot.post(update))
        return Handed(f"{self.address(person)}:{update['message']['message_id']}", at, tries)

    def arrived(self) -> Iterator[Arrival]:
        taken, self._seen = self.bot.sent[self._seen :], len(self.bot.sent)
        for each in taken:
            chat = str(each["chat"]["id"])
            yield Arrival(chat, "", f"{chat}:{each['message_id']}", str(each["text"]), time.time())

    def settle(self) -> None:
        pass

    def stop(self) -> None:
        self.bot.stop()


class GatewayLine:
    """SMS through a gateway of Kannel's kind."""

    name, channel, finds = "SMS gateway", "sms", False
    token = "the token of the gateway"

    def __init__(self) -> None:
        self.gateway = KannelSimulator(reports=(1,)).start()
        self._seen = 0
        self._app = ""

    def environment(self) -> Mapping[str, str]:
        return {
            "TAKWIN_SMS_GATEWAY_URL": self.gateway.url,
            "TAKWIN_SMS_GATEWAY_TOKEN": self.token,
            "TAKWIN_SMS_GATEWAY_USERNAME": self.gateway.username,
            "TAKWIN_SMS_GATEWAY_PASSWORD": self.gateway.password,
            "TAKWIN_SMS_GATEWAY_FROM": "3434",
            "TAKWIN_SMS_GATEWAY_PER_SECOND": "100",
        }

    def call(self, app_url: str) -> None:
        self._app = app_url

    def address(self, person: int) -> str:
        return f"+2126622{person:05d}"

    def write(self, person: int, key: str, text: str) -> Handed:
        # The time is that of the message, so it is the same each time.
        sender, sent_at = self.address(person), int(time.time())

        def post() -> int:
            values = {"token": self.token, "from": sender, "to": "3434", "text": text, "id": key, "time": str(sent_at),
                      "coding": "0", "charset": "UTF-8"}  # fmt: skip
            return httpx.get(
                f"{self._app}/channels/sms", params=values, timeout=20, trust_env=False
            ).status_code

        at, tries = again_and_again(post, grows=False)
        return Handed(key, at, tries)

    def arrived(self) -> Iterator[Arrival]:
        taken, self._seen = self.gateway.sent[self._seen :], len(self.gateway.sent)
        for each in taken:
            to = each.to if each.to.startswith("+") else f"+{each.to}"
            yield Arrival(to, each.message_id, "", each.text, each.at)

    def settle(self) -> None:
        pass

    def stop(self) -> None:
        self.gateway.stop()


class TwilioLine:
    """One of Twilio's channels. `patient`: the webhook's address asks for every retry (`#rc=5&rp=all`)."""

    finds = True

    def __init__(self, account: TwilioSimulator, channel: str, *, patient: bool = False) -> None:
        self.account = account
        self.channel = channel
        self.name = "Twilio SMS" if channel == "sms" else "Twilio WhatsApp"
        self._patient = patient
        self._mark = "whatsapp:" if channel == "whatsapp" else ""
        self._number = f"{self._mark}+12025550100"
        self._seen = 0

    def environment(self) -> Mapping[str, str]:
        name = "TAKWIN_TWILIO_WHATSAPP_FROM" if self.channel == "whatsapp" else "TAKWIN_TWILIO_SMS_FROM"
        return {
            "TAKWIN_TWILIO_ACCOUNT_SID": self.account.account_sid,
            "TAKWIN_TWILIO_AUTH_TOKEN": self.account.auth_token,
            "TAKWIN_TWILIO_API_URL": self.account.url,
            name: self._number,
        }

    def call(self, app_url: str) -> None:
        self.account.app_url = self.account.public_url = app_url

    def address(self, person: int) -> str:
        return f"{self._mark}+2126{'33' if self._mark else '44'}{person:05d}"

    def write(self, person: int, key: str, text: str) -> Handed:
        sid = f"SM{md5(key.encode(), usedforsecurity=False).hexdigest()}"
        fields = self.account.write(self.address(person), self._number, Body=text, MessageSid=sid)
        path = f"/channels/twilio/{self.channel}"
        call = self.account.signed(path, fields)
        if self._patient:
            at, tries = again_and_again(lambda: self.account.post(*call).status_code, grows=False)
            return Handed(fields["MessageSid"], at, tries)
        for tries in (1, 2):
            try:
                if self.account.post(*call).status_code < 300:
                    return Handed(fields["MessageSid"], time.time(), tries)
            except httpx.ConnectError:
                time.sleep(1.0)
                continue
            except httpx.HTTPError:
                pass
            break
        return Handed(fields["MessageSid"], None, tries)

    def arrived(self) -> Iterator[Arrival]:
        taken, self._seen = self.account.sent[self._seen :], len(self.account.sent)
        for each in taken:
            if each["To"].startswith("whatsapp:") == bool(self._mark):
                ours = parse_qs(urlsplit(each["StatusCallback"]).query).get("m", [""])[0]
                yield Arrival(each["To"], ours, each["sid"], str(each["resource"]["body"]), time.time())

    def settle(self) -> None:
        pass

    def stop(self) -> None:
        self.account.stop()


def open_lines(*, patient_twilio: bool = False) -> list[Any]:
    """Every provider, running."""
    account = TwilioSimulator("AC" + "0" * 32, "the token of Twilio", automatic=("sent", "delivered")).start()
    return [
        CloudLine(),
        TelegramLine(),
        GatewayLine(),
        TwilioLine(account, "sms", patient=patient_twilio),
        TwilioLine(account, "whatsapp", patient=patient_twilio),
    ]
