"""An account on loopback, and our side of it: routes, senders and a database."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from channels.contract.messages import Kind, Option, Outbound
from channels.contract.provider import Provider
from channels.intake.webhook import Webhook
from channels.queue.deferrer import Deferrer
from channels.twilio import Config, build
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.database import Database
from store.tables import Message
from tests.channels.simulators.twilio import TwilioSimulator

ACCOUNT = "AC" + "a1" * 16
TOKEN = "12345"
PUBLIC = "https://takwin.example"
SMS_FROM, WHATSAPP_FROM = "+14155550101", "+14155550100"
AMINA = "+212612345678"

T = TypeVar("T")


@pytest.fixture
def twilio() -> Iterator[TwilioSimulator]:
    with TwilioSimulator(ACCOUNT, TOKEN, public_url=PUBLIC) as simulator:
        yield simulator


@dataclass
class Ours:
    """Our side: what Twilio calls, and what calls Twilio."""

    database: Database
    twilio: TwilioSimulator
    config: Config
    last_inbound: Callable[[str], datetime | None] | None = None

    def built(self) -> Provider:
        return build(self.config, Webhook(self.database, Deferrer()), self.database, self.last_inbound)

    def use(self, work: Callable[[Provider], Awaitable[T]]) -> T:
        """Something done with a fresh provider, in a loop of its own."""

        async def run() -> T:
            provider = self.built()
            try:
                return await work(provider)
            finally:
                assert provider.close is not None
                await provider.close()

        return asyncio.run(run())

    def send(self, *messages: Outbound) -> list[Any]:
        """The messages one after the other: what was sent, or the error."""

        async def work(provider: Provider) -> list[Any]:
            outcomes: list[Any] = []
            for message in messages:
                try:
                    outcomes.append(await provider.senders[message.channel].send(message))
                except Exception as error:
                    outcomes.append(error)
            return outcomes

        return self.use(work)

    def client(self) -> TestClient:
        app = FastAPI()
        app.include_router(self.built().router)
        return TestClient(app, base_url="http://10.0.0.7:8000", raise_server_exceptions=True)

    def post(self, target: str, body: bytes, headers: dict[str, str]) -> Response:
        return self.client().post(target, content=body, headers=headers)

    def stored(self) -> list[Message]:
        with self.database.session() as session:
            return session.query(Message).order_by(Message.created_at, Message.id).all()

    def outbound(self, channel: str, sender: str, text: str = "salam") -> uuid.UUID:
        """A message of ours, stored and not sent."""
        with self.database.session() as session:
            inbound = store_inbound(session, InboundRecord(channel, sender, uuid.uuid4().hex, "salam"))
            [reply] = store_replies(session, inbound.message_id, [OutboundRecord(("hello",), text)])
            return reply.id


@pytest.fixture
def ours(database: Database, twilio: TwilioSimulator) -> Ours:
    config = Config(ACCOUNT, TOKEN, PUBLIC, SMS_FROM, WHATSAPP_FROM, api_url=twilio.url)
    return Ours(database, twilio, config)


def message(text: str = "salam", **more: Any) -> Outbound:
    defaults: dict[str, Any] = {"message_id": str(uuid.uuid4()), "channel": "whatsapp", "to": AMINA[1:]}
    return Outbound(text=text, **(defaults | more))


def sms(text: str = "salam", **more: Any) -> Outbound:
    return message(text, channel="sms", **({"to": AMINA} | more))


def menu(count: int, text: str = "Achmen domaine?", kind: Kind = "buttons", **more: Any) -> Outbound:
    options = tuple(
        Option(f"o{n}-{uuid.uuid4().hex[:8]}", f"Domaine {n}", "inform") for n in range(1, count + 1)
    )
    made = message(text, options=options, kind=kind, **more)
    return replace(made, menu_label="Chouf") if kind == "list" and not made.menu_label else made
