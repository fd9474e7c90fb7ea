"""The gateway's routes on a real store, and its sender on a simulator."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from channels.contract.messages import Outbound
from channels.intake.webhook import Webhook
from channels.kannel import Config, build
from channels.queue.deferrer import Deferrer
from store.core.database import Database
from store.tables import Message
from tests.channels.simulators.kannel import KannelSimulator

TOKEN = "t0ken-of-the-gateway"


def config_of(url: str = "http://127.0.0.1:9/sendsms", **more: object) -> Config:
    values: dict[str, object] = {
        "url": url,
        "token": TOKEN,
        "username": "takwin",
        "password": "pw",
        "sender": "3434",
        "public_url": "http://127.0.0.1:8000",
        **more,
    }
    return Config(**values)  # type: ignore[arg-type]


def outbound(text: str = "Salam", to: str = "+212612345678", message_id: str = "m-1") -> Outbound:
    return Outbound(message_id=message_id, channel="sms", to=to, text=text)


@dataclass
class Gate:
    """The routes, and what they stored."""

    client: TestClient
    database: Database

    def inbound(self) -> list[Message]:
        with self.database.session() as session:
            wanted = select(Message).where(Message.direction == "in").order_by(Message.created_at)
            return list(session.scalars(wanted))


@pytest.fixture
def gate(database: Database) -> Iterator[Gate]:
    app = FastAPI()
    app.include_router(build(config_of(), Webhook(database, Deferrer())).router)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Gate(client, database)


@pytest.fixture
def gateway() -> Iterator[KannelSimulator]:
    with KannelSimulator() as running:
        yield running
