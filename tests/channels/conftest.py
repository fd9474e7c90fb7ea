"""The messaging of one test: a database, an engine, a worker that runs while asked to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings

from channels.contract.messages import Inbound
from channels.contract.periodic import Periodic
from channels.contract.steps import Step
from channels.delivery.outbox import Outbox
from channels.intake.inbox import Receipt, receive
from channels.queue.deferrer import Deferrer
from channels.turn.engine import Engine
from channels.turn.reading import Reading
from channels.turn.turn import Turns
from channels.wording.render import Renderer
from channels.worker.worker import Messaging, Pace, run_worker
from store.conversations.messages import get_message
from store.conversations.outbound import outbound_after
from store.core.database import Database
from store.people.lookups import conversation_at
from store.tables import Message
from tests.channels.engines import SECRET, FakeEngine, running_engine

# A loaded machine is slow, not wrong.
settings.register_profile("takwin", deadline=None)
settings.load_profile("takwin")

WORDS = Path(__file__).parent / "words"

TRIES = 3

#: As in service, only quicker.
QUICK = Pace(
    first_wait=0.05,
    heartbeat=0.2,
    dead_after=0.8,
    rescue_at="* * * * * *",
    poll=0.2,
    restart_wait=0.1,
)

_ids = count(1)


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    with running_engine() as fake:
        yield fake


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer(WORDS, strict=True)


@dataclass
class World:
    """Everything between a message and its answer, and the questions that tests ask about it."""

    database: Database
    engine: FakeEngine
    renderer: Renderer
    deferrer: Deferrer
    outbox: Outbox
    pace: Pace = QUICK
    alone: bool = False
    forgotten: list[UUID] = field(default_factory=list)
    steps: Sequence[Step] = ()
    periodic: Sequence[Periodic] = ()

    def messaging(self) -> tuple[Messaging, Engine]:
        """Fresh ones, for the event loop that is running."""
        client = Engine([self.engine.url], SECRET, timeout=5)
        turns = Turns(
            self.database,
            client,
            self.renderer,
            self.deferrer,
            self.forgotten.append,
            Reading(self.steps, plain=str.casefold),
            tries=TRIES,
        )
        return Messaging(self.database.url, turns, self.outbox, self.pace, self.alone, self.periodic), client

    def write(
        self, text: str | None = None, option: str | None = None, sender: str = "amina", **more: Any
    ) -> Receipt:
        """A message of a person comes in."""
        return receive(
            self.database,
            self.deferrer,
            Inbound(
                channel=more.pop("channel", "web"),
                sender=sender,
                provider_message_id=more.pop("provider_message_id", f"m{next(_ids)}"),
                received_at=datetime.now(UTC),
                text=text,
                option_id=option,
                **more,
            ),
        )

    def replies(self, sender: str = "amina", channel: str = "web") -> list[Message]:
        """What the person was answered so far."""
        with self.database.session() as session:
            conversation = conversation_at(session, channel, sender)
            return [] if conversation is None else outbound_after(session, conversation.id, 0, limit=1000)

    def texts(self, sender: str = "amina", channel: str = "web") -> list[str]:
        return [message.text or "" for message in self.replies(sender, channel)]

    def outbox_is_empty(self, channel: str, sender: str = "amina") -> bool:
        """Whether all that was answered has left or was given up."""
        states = [message.delivery_state for message in self.replies(sender, channel)]
        return bool(states) and not {"pending", "sending", "unknown"} & set(states)

    def message(self, message_id: UUID) -> Message:
        with self.database.session() as session:
            return get_message(session, message_id)

    def take(self, message_id: UUID) -> None:
        """One turn, without the queue."""

        async def once() -> None:
            messaging, client = self.messaging()
            try:
                await messaging.turns.take(message_id)
            finally:
                await client.close()

        asyncio.run(once())

    def work_until(self, done: Callable[[], bool], seconds: float = 20) -> None:
        """Run a worker until something is so. Fails where it does not become so in time."""

        async def work() -> None:
            async with self.working():
                for _ in range(int(seconds / 0.02)):
                    if await asyncio.to_thread(done):
                        return
                    await asyncio.sleep(0.02)
                pytest.fail("the worker did not get there in time")

        asyncio.run(work())

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """A worker runs inside the block."""
        messaging, client = self.messaging()
        stop = asyncio.Event()
        worker = asyncio.create_task(run_worker(messaging, stop))
        try:
            yield
        finally:
            stop.set()
            await worker
            await client.close()


@pytest.fixture
def world(database: Database, engine: FakeEngine, renderer: Renderer) -> World:
    return World(database, engine, renderer, Deferrer(), Outbox(database, {}))
