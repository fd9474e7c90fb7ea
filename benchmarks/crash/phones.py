"""People who write over every line, wait for the answer as people do, and keep what they wrote and what they got."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks.crash.conversations import SCRIPTS, Step, script
from benchmarks.crash.lines import Arrival, Line

#: A lost webhook of Twilio is fetched after two minutes and a half, later where the look itself is killed. Who goes on
#: without an answer has another conversation than on a calm day, which says nothing of us.
ANSWER_SECONDS = 900.0
HURRIED = 0.3  # seconds between two messages that are written at once


@dataclass
class Written:
    """One message of a person: `number` counts in their script. Times are seconds since 1970."""

    number: int
    text: str
    posted: float
    together: int
    provider_message_id: str = ""
    acknowledged: float | None = None
    tries: int = 0


@dataclass
class Phone:
    """One person. `got` has what reached the provider for them, copies included."""

    person: int
    line: Line
    variety: str
    steps: Sequence[Step]
    written: list[Written] = field(default_factory=list)
    got: list[Arrival] = field(default_factory=list)
    unanswered: int = 0
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def address(self) -> str:
        return self.line.address(self.person)

    def answers(self) -> int:
        """Messages that came, without copies where they can be told."""
        known = {each.message_id for each in self.got if each.message_id}
        return len(known) + sum(not each.message_id for each in self.got)


class Phones:
    """All of them. `think` is the mean of seconds between an answer and the next message."""

    def __init__(self, lines: Sequence[Line], people: int, messages: int, think: float, seed: int) -> None:
        self.lines = lines
        self._think = think
        self._random = random.Random(seed)
        varieties = list(SCRIPTS)
        self.phones = [
            Phone(
                n, lines[n % len(lines)], variety, script(variety, messages)
            )
            for n in range(people)
            for variety in (varieties[n // len(lines) % len(varieties)],)
        ]  # fmt: skip
        self._by_address = {(each.line.name, each.address): each for each in self.phones}
        # Writing blocks for as long as we are away: each may have to.
        self._threads = ThreadPoolExecutor(min(600, people + 8), "phone")
        self._run = f"{seed}.{time.time_ns()}"
        self.written = 0
        self.strangers: dict[str, int] = defaultdict(int)

    @property
    def total(self) -> int:
        return sum(len(step) for phone in self.phones for step in phone.steps)

    def controls(self) -> list[Phone]:
        """One phone for each channel and variety: what they are answered on a calm day is what all should be."""
        first: dict[tuple[str, str], Phone] = {}
        for phone in self.phones:
            first.setdefault((phone.line.channel, phone.variety), phone)
        return list(first.values())

    async def live(self, phones: Sequence[Phone], spread: float) -> None:
        """These people go through their scripts; they begin within `spread` seconds."""
        watching = asyncio.create_task(self._watch())
        try:
            await asyncio.gather(*(self._person(phone, spread) for phone in phones))
        finally:
            watching.cancel()
            self.drain()

    def drain(self) -> None:
        """Hand what arrived to the phones."""
        for line in self.lines:
            for arrival in line.arrived():
                phone = self._by_address.get((line.name, arrival.address))
                if phone is None:
                    self.strangers[line.name] += 1
                    continue
                phone.got.append(arrival)
                phone.bell.set()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _watch(self) -> None:
        while True:
            self.drain()
            await asyncio.sleep(0.05)

    async def _person(self, phone: Phone, spread: float) -> None:
        await asyncio.sleep(self._random.uniform(0, spread))
        number = 0
        for step in phone.steps:
            before = phone.answers()
            await asyncio.gather(
                *(self._say(phone, number + k, text, k, len(step)) for k, text in enumerate(step))
            )
            number += len(step)
            if not await self._answered(phone, before + len(step)):
                phone.unanswered += 1
            await asyncio.sleep(self._random.uniform(0.5, 1.5) * self._think)

    async def _say(self, phone: Phone, number: int, text: str, place: int, together: int) -> None:
        await asyncio.sleep(place * HURRIED)
        if place and phone.line.channel == "telegram":
            # Telegram holds a person's next update back until the one before was taken.
            while sum(w.acknowledged is not None for w in phone.written) < number:
                await asyncio.sleep(0.05)
        said = Written(number, text, time.time(), together)
        phone.written.append(said)
        key = f"{self._run}.{phone.person}.{number}"
        handed = await asyncio.get_running_loop().run_in_executor(
            self._threads, phone.line.write, phone.person, key, text
        )
        said.provider_message_id, said.acknowledged, said.tries = (
            handed.provider_message_id,
            handed.acknowledged,
            handed.tries,
        )
        self.written += 1

    async def _answered(self, phone: Phone, wanted: int) -> bool:
        end = time.time() + ANSWER_SECONDS
        while phone.answers() < wanted:
            phone.bell.clear()
            left = end - time.time()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(phone.bell.wait(), left)
            except TimeoutError:
                return False
        return True
