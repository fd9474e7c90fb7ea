"""The simulator and the channel together, over real HTTP: statuses late, twice and in any order."""

import asyncio
import threading
from collections.abc import Iterator
from uuid import UUID

import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import select

from channels.contract.messages import Outbound
from channels.intake.webhook import Webhook
from channels.meta import CloudSender, Config, build
from channels.queue.deferrer import Deferrer
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.database import Database
from store.tables import Message
from tests.channels.simulators.whatsapp import WhatsAppSimulator

NUMBER, BSUID = "212612345678", "MA.13491208655302741918"


@pytest.fixture
def meta(database: Database) -> Iterator[WhatsAppSimulator]:
    app = FastAPI()
    config = Config("106540352242922", "the app's secret", "the verify token", "EAAG-a-token")
    app.include_router(build(config, Webhook(database, Deferrer())).router)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with WhatsAppSimulator(
        webhook_url=f"http://127.0.0.1:{port}/channels/whatsapp",
        phone_number_id=config.phone_number_id,
        app_secret=config.app_secret,
        access_token=config.access_token,
        statuses=("sent", "delivered", "read"),
        disordered=True,
        duplicates=0.3,
        batch=7,
    ) as running:
        yield running
    server.should_exit = True
    thread.join()


def answered(database: Database, number: int) -> list[Outbound]:
    """Replies to the first message that came in, as the outbox would send them."""
    with database.session() as session:
        question = session.scalars(
            select(Message).where(Message.direction == "in").order_by(Message.n)
        ).first()
        assert question is not None
        records = [OutboundRecord(reply_keys=("echo",), text=f"jawab {n}") for n in range(number)]
        replies = store_replies(session, question.id, records)
        return [Outbound(str(each.id), "whatsapp", NUMBER, each.text or "") for each in replies]


def test_there_and_back(meta: WhatsAppSimulator, database: Database) -> None:
    first = meta.write(NUMBER, "salam", bsuid=BSUID)
    meta.settle()
    second = meta.pick(BSUID, "o1")
    meta.settle()
    messages = answered(database, 20)

    async def send() -> list[str | None]:
        sender = CloudSender(Config(api_url=meta.api_url, **meta.credentials))
        sent = await asyncio.gather(*(sender.send(message) for message in messages))
        await sender.close()
        return [each.provider_message_id for each in sent]

    wamids = asyncio.run(send())
    meta.settle()
    assert meta.copies() == {}
    with database.session() as session:
        stored = [session.get(Message, UUID(message.message_id)) for message in messages]
        assert [each.delivery_state for each in stored if each] == ["read"] * 20
        assert [each.provider_message_id for each in stored if each] == wamids
        came = session.scalars(select(Message).where(Message.direction == "in").order_by(Message.n)).all()
        assert [each.provider_message_id for each in came] == [first, second]
        assert came[1].option == {"id": "o1"}
        assert len({each.person_id for each in came}) == 1


def test_a_message_that_fails_afterwards(meta: WhatsAppSimulator, database: Database) -> None:
    meta.write(NUMBER, "salam")
    meta.settle()
    meta.undeliverable[NUMBER] = 131026
    (message,) = answered(database, 1)
    asyncio.run(CloudSender(Config(api_url=meta.api_url, **meta.credentials)).send(message))
    meta.settle()
    with database.session() as session:
        stored = session.get(Message, UUID(message.message_id))
        assert stored is not None
        assert (stored.delivery_state, stored.delivery_detail) == ("failed", "131026")
