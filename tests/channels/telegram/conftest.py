"""A bot of the simulator; the channel's routes on a real store, its buttons answered over loopback."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from channels.contract.messages import Outbound
from channels.intake.webhook import Webhook
from channels.queue.deferrer import Deferrer
from channels.telegram import Config, build
from channels.telegram.routes import PATH, SECRET_HEADER
from store.core.database import Database
from store.tables import Address, Message
from tests.channels.simulators.telegram import TelegramSimulator
from tests.channels.telegram.updates import CHAT

TOKEN = "7000000001:AAE-simulated_token"
SECRET = "the_secret-of-the-webhook"


def config_of(url: str = "http://127.0.0.1:9") -> Config:
    return Config(token=TOKEN, secret_token=SECRET, api_url=url)


def outbound(text: str = "Salam", **more: Any) -> Outbound:
    return Outbound(**{"message_id": "m-1", "channel": "telegram", "to": str(CHAT), "text": text, **more})


def eventually(done: Callable[[], object], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not become so in time"
        time.sleep(0.01)


@pytest.fixture
def telegram() -> Iterator[TelegramSimulator]:
    with TelegramSimulator(TOKEN, secret=SECRET) as running:
        yield running


@dataclass
class Gate:
    """The route, and what it stored."""

    client: TestClient
    database: Database

    def post(self, update: Mapping[str, Any] | bytes, secret: str | bytes | None = SECRET) -> Response:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        content: dict[str, Any] = {"content": update} if isinstance(update, bytes) else {"json": update}
        answer: Response = self.client.post(PATH, headers=headers, **content)
        return answer

    def inbound(self) -> list[Message]:
        with self.database.session() as session:
            wanted = select(Message).where(Message.direction == "in").order_by(Message.created_at)
            return list(session.scalars(wanted))

    def addresses(self) -> list[Address]:
        with self.database.session() as session:
            return list(session.scalars(select(Address)))


@pytest.fixture
def gate(database: Database, telegram: TelegramSimulator) -> Iterator[Gate]:
    app = FastAPI()
    app.include_router(build(config_of(telegram.url), Webhook(database, Deferrer())).router)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Gate(client, database)
