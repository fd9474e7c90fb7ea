"""People who write at a given rate, whatever becomes of their messages: open loop.

Times count from the moment a message was due, so that a server (or this sender) that falls behind is seen to. People
take turns, so many at a time; each goes through a conversation of five messages, and somebody new then takes their
place: one message in five is from somebody unknown. The answer to a person's message is the next one they get.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.rig.conversations import CONVERSATIONS
from benchmarks.rig.sink import Sink
from benchmarks.rig.wires import Call, Wire

CONNECT_TRIES = 3
ANSWER_SECONDS = 30.0
_TEXTS = tuple(CONVERSATIONS.values())
LENGTH = len(_TEXTS[0])
_keys = itertools.count(1)


@dataclass
class Sent:
    """One message: when it was due, when acknowledged and how, when its answer reached the provider."""

    person: int
    due: float
    status: int = 0
    acknowledged: float | None = None
    answered: float | None = None


@dataclass
class Traffic:
    """`people` at a time write in turn to `apps` (host:port) in turn. `record` has every message."""

    wire: Wire
    apps: Sequence[str]
    people: int = 200
    first_person: int = 0
    seed: int = 7
    record: list[Sent] = field(default_factory=list)
    unasked: int = 0

    def __post_init__(self) -> None:
        self._waiting: dict[str, deque[Sent]] = defaultdict(deque)
        self._places = itertools.cycle(range(self.people))
        # Not all end together: the first to stand at a place is somewhere in their conversation.
        self._said = {place: place % LENGTH for place in range(self.people)}
        self._free: dict[str, list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]] = defaultdict(list)
        self._run = f"{self.seed}.{time.time_ns()}"
        self.sink = Sink(self.wire.read, self._took)

    def let_others_write(self) -> None:
        """As many people as before, none of whom has written yet."""
        self.first_person += 1_000_000

    async def send_at(self, rate: float, seconds: float) -> list[Sent]:
        """Send so many messages a second for so long; those of this stretch, once each was acknowledged or not."""
        began = time.monotonic()
        here: list[Sent] = []
        tasks = set()
        for number in range(int(rate * seconds)):
            due = began + number / rate
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            person, text = self._next()
            sent = Sent(person, due)
            here.append(sent)
            task = asyncio.create_task(self._send(sent, text))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)
        self.record += here
        return here

    async def settle(self, seconds: float) -> bool:
        """Wait until all that were acknowledged are answered; False where that took longer."""
        end = time.monotonic() + seconds
        while any(any(each.status // 100 == 2 for each in waiting) for waiting in self._waiting.values()):
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.05)
        return True

    async def close(self) -> None:
        self.sink.stop()
        for free in self._free.values():
            for _, writer in free:
                writer.close()

    async def _send(self, sent: Sent, text: str) -> None:
        app = self.apps[sent.person % len(self.apps)]
        request = self.wire.webhook(app, sent.person, text, f"{self._run}.{next(_keys)}")
        waiting = self._waiting[self.wire.address(sent.person)]
        waiting.append(sent)
        sent.status = await self._exchange(app, request)
        sent.acknowledged = time.monotonic()
        if sent.status // 100 != 2 and sent in waiting:
            waiting.remove(sent)

    def _next(self) -> tuple[int, str]:
        """Who writes now, and what."""
        place = next(self._places)
        number = self._said[place]
        self._said[place] += 1
        texts = _TEXTS[place % len(_TEXTS)]
        return self.first_person + place + self.people * (number // LENGTH), texts[number % LENGTH]

    async def _exchange(self, app: str, request: bytes) -> int:
        for _ in range(CONNECT_TRIES):
            try:
                reader, writer = await self._connection(app)
            except OSError:
                continue  # not let in
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    writer.write(request)
                    status = await _status(reader)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                writer.close()
                continue
            self._free[app].append((reader, writer))
            return status
        return 0

    async def _connection(self, app: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._free[app]:
            reader, writer = self._free[app].pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
        host, _, port = app.partition(":")
        return await asyncio.open_connection(host, int(port))

    def _took(self, call: Call, at: float) -> None:
        if not call.to:
            return
        waiting = self._waiting.get(call.to)
        if not waiting:
            self.unasked += 1
            return
        waiting.popleft().answered = at


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:" and int(line[15:]):
            await reader.readexactly(int(line[15:]))
    return status


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies; 0 of none."""
    ordered = sorted(values)
    with suppress(IndexError):
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
    return 0.0
