"""How fast a provider is called, and when it is left alone: buckets, and a breaker.

A provider has a limit in all and one for each person; over it, it refuses, and a sender that goes on is blocked. A
provider that is down is not asked again by every waiting message: after some failures in a row it rests for a
while, and one message then tries.

Each process paces itself. Where several share a number the provider's own 429 says what they are together.

The bucket is our own: aiolimiter's waits, and cannot be asked for how long, so that the message could not go back to
the queue instead.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from channels.contract.errors import Ambiguous, GiveUp, RetryLater
from channels.contract.messages import Outbound
from channels.contract.provider import Finder, Limits, Sender, Sent

Clock = Callable[[], float]

_LONGEST_WAIT_HERE = (
    1.0  # seconds: longer than that a place of the worker is not held, the message comes back
)
_PEOPLE_REMEMBERED = 50_000


@dataclass
class Bucket:
    """A token bucket: `rate` tokens a second, `burst` at once. The time is given, so that tests may choose it."""

    rate: float
    burst: float
    tokens: float
    at: float

    @classmethod
    def full(cls, rate: float, burst: float, now: float) -> "Bucket":
        return cls(rate, burst, burst, now)

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 where there is one now."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        # A hair less than a token is one: what was added up in floats never comes to it.
        return 0.0 if self.tokens >= 1.0 - 1e-9 else (1.0 - self.tokens) / self.rate

    def take(self) -> None:
        """Take a token; those who take more than there are wait for longer afterwards."""
        self.tokens -= 1.0


class Breaker:
    """Opens after `failures` in a row, for `rest` seconds, doubled each time up to `longest`. One call then tries."""

    def __init__(
        self, *, failures: int = 5, rest: float = 2.0, longest: float = 60.0, clock: Clock = time.monotonic
    ) -> None:
        self._limit = failures
        self._first_rest = rest
        self._longest = longest
        self._clock = clock
        self._in_a_row = 0
        self._rest = rest
        self._open_until = 0.0

    def rests_for(self) -> float:
        """Seconds for which the provider is left alone; 0 where it may be called. The first call after a rest keeps the
        others away until it is known how it went.
        """
        now = self._clock()
        if self._in_a_row < self._limit:
            return 0.0
        if now < self._open_until:
            return self._open_until - now
        self._open_until = now + self._rest
        return 0.0

    def worked(self) -> None:
        """A call was answered, be it with a refusal."""
        self._in_a_row = 0
        self._rest = self._first_rest

    def failed(self) -> None:
        """A call was not answered."""
        self._in_a_row += 1
        if self._in_a_row == self._limit:
            self._open_until = self._clock() + self._rest
        elif self._in_a_row > self._limit:
            self._rest = min(self._longest, self._rest * 2)
            self._open_until = self._clock() + self._rest


class PacedSender:
    """A sender that keeps to its provider's limits."""

    def __init__(
        self, sender: Sender, limits: Limits, *, breaker: Breaker | None = None, clock: Clock = time.monotonic
    ) -> None:
        self._sender = sender
        self._limits = limits
        self._clock = clock
        self._breaker = breaker or Breaker(clock=clock)
        self._overall = Bucket.full(limits.per_second, max(1.0, limits.per_second / 2), clock())
        self._people: OrderedDict[str, Bucket] = OrderedDict()

    @property
    def inner(self) -> Sender:
        """The provider's own sender."""
        return self._sender

    async def send(self, message: Outbound) -> Sent:
        """As the sender's, in its time. RetryLater where that is not soon."""
        rest = self._breaker.rests_for()
        if rest > 0:
            raise RetryLater("provider-resting", after=rest, counts=False)
        await self._wait(message.to)
        try:
            sent = await self._sender.send(message)
        except GiveUp:
            self._breaker.worked()
            raise
        except RetryLater as error:
            self._note(error)
            raise
        self._breaker.worked()
        return sent

    async def find(self, message: Outbound, since: datetime) -> Sent | None:
        """As the sender's; None where it cannot look anything up."""
        return await self._sender.find(message, since) if isinstance(self._sender, Finder) else None

    def _note(self, error: RetryLater) -> None:
        down = isinstance(error, Ambiguous) or (not error.counts and error.after is None)
        if down:
            self._breaker.failed()
        else:
            self._breaker.worked()

    async def _wait(self, to: str) -> None:
        now = self._clock()
        person = self._person(to, now)
        theirs = person.wait(now) if person else 0.0
        ours = self._overall.wait(now)
        longest = max(theirs, ours)
        if longest > _LONGEST_WAIT_HERE:
            raise RetryLater("paced", after=longest, counts=False)
        self._overall.take()
        if person:
            person.take()
        if longest > 0:
            await asyncio.sleep(longest)

    def _person(self, to: str, now: float) -> Bucket | None:
        every = self._limits.per_person_every
        if every <= 0:
            return None
        bucket = self._people.get(to)
        if bucket is None:
            bucket = self._people[to] = Bucket.full(1.0 / every, float(self._limits.per_person_burst), now)
            if len(self._people) > _PEOPLE_REMEMBERED:
                self._people.popitem(last=False)
        self._people.move_to_end(to)
        return bucket
