"""The gateway proven with the real Kannel (Debian's kannel and kannel-extras): a message in, its answer out, and the
report of its delivery, with the configuration of the runbook.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from channels.delivery.outbox import Outbox
from channels.intake.webhook import Webhook
from channels.kannel import Config, build
from channels.kannel.outbound import GatewaySender
from channels.queue.deferrer import Deferrer
from channels.wording.segments import count_segments
from store.tables import Message
from tests.channels.conftest import World
from tests.channels.kannel.conftest import config_of, outbound
from tests.channels.kannel.kannel import PASSWORD, PROGRAMS, TOKEN, Kannel, free_ports, program

pytestmark = pytest.mark.skipif(
    not all(map(program, PROGRAMS)), reason="no Kannel here: apt-get install kannel kannel-extras"
)

PERSON, WRITTEN = "+212612345678", "0612345678"


@contextmanager
def serving(app: FastAPI, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def config_for(kannel: Kannel, app_port: int) -> Config:
    app_url = f"http://127.0.0.1:{app_port}"
    return config_of(kannel.url, token=TOKEN, password=PASSWORD, public_url=app_url)


def answer(world: World, config: Config, done: Callable[[], bool]) -> None:
    """Turns are taken and replies delivered through the gateway until something is so."""
    provider = build(config, Webhook(world.database, Deferrer()))
    world.outbox = Outbox(world.database, {provider.name: provider})
    world.work_until(done, seconds=30)


def replies(world: World) -> list[Message]:
    return world.replies(PERSON, "sms")


@pytest.mark.parametrize(
    ("message", "text", "encoding", "recodes"),
    [
        (f"{WRITTEN} 3434 text où ? & = # +", "où ? & = # +", "GSM-7", True),
        (f"{WRITTEN} 3434 ucs2 %06%33%06%44%06%27%06%45%00%20%06%21", "سلام ء", "UCS-2", True),
        (f"{WRITTEN} 3434 ucs2 %06%33%06%44%06%27%06%45%00%20%06%21", "سلام ء", "UCS-2", False),
    ],
)
def test_a_message_is_answered_and_its_delivery_reported(
    world: World, tmp_path: Path, message: str, text: str, encoding: str, recodes: bool
) -> None:
    (port,) = free_ports(1)
    kannel = Kannel(tmp_path, port, recodes=recodes)
    config = config_for(kannel, port)
    app = FastAPI()
    app.include_router(build(config, Webhook(world.database, Deferrer())).router)
    with serving(app, port), kannel.running(), kannel.people(message) as phone:
        answer(world, config, lambda: [each.delivery_state for each in replies(world)] == ["delivered"])
        (got,) = phone.wait(1)
    (sent,) = replies(world)
    assert world.engine.asked[0]["text"] == text
    assert (got.to, got.text) == (PERSON, sent.text)
    assert text in got.text
    assert sent.encoding == encoding


def test_a_message_offered_while_nothing_can_be_stored_is_not_lost(world: World, tmp_path: Path) -> None:
    """503 first, as when the database is away; Kannel offers it again with the same id."""
    (port,) = free_ports(1)
    kannel = Kannel(tmp_path, port, recodes=True)
    config = config_for(kannel, port)
    app = FastAPI()
    statuses: list[int] = []

    @app.middleware("http")
    async def away(request, call_next):  # type: ignore[no-untyped-def]
        from fastapi.responses import PlainTextResponse

        answered = PlainTextResponse("", 503) if len(statuses) < 2 else await call_next(request)
        statuses.append(answered.status_code)
        return answered

    app.include_router(build(config, Webhook(world.database, Deferrer())).router)
    with serving(app, port), kannel.running(), kannel.people(f"{WRITTEN} 3434 text salam") as phone:
        answer(world, config, lambda: [each.delivery_state for each in replies(world)] == ["delivered"])
        phone.wait(1)
    assert statuses[:3] == [503, 503, 200]
    assert len(replies(world)) == 1


def test_kannel_makes_as_many_sms_of_a_text_as_we_count(tmp_path: Path) -> None:
    texts = [
        "a" * 160,
        "a" * 161,
        "é€" * 70,
        "م" * 70,
        "م" * 71,
        "م" * 135,
        "a" * 306 + "b",
        "1. Où ?\n2. {x}",
    ]
    (port,) = free_ports(1)
    kannel = Kannel(tmp_path, port, recodes=True)

    async def send_all() -> None:
        sender = GatewaySender(config_for(kannel, port))
        for number, text in enumerate(texts):
            await sender.send(outbound(text, to=f"+2126000000{number:02}"))
        await sender.close()

    expected = [count_segments(text).count for text in texts]
    with kannel.running(), kannel.people() as phone:
        asyncio.run(send_all())
        parts = phone.wait(sum(expected))
    numbered = [[part for part in parts if part.to.endswith(f"{n:02}")] for n in range(len(texts))]
    assert list(map(len, numbered)) == expected
    assert ["".join(part.text for part in each) for each in numbered[3:6]] == texts[3:6]
