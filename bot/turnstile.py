"""One at a time, whoever was to be through first: a short text does not wait behind a crowd of long ones.

Each is to be through so many seconds after it came as its length asks for, and the earliest goes first ("earliest
deadline first"). A long text waits for shorter ones that come a little later, never for all that will ever come.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from itertools import count

#: Seconds by which a thousand characters let others go first.
PER_THOUSAND = 1.0


class Turnstile:
    """Lets one through until it leaves. Used from one event loop."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    async def enter(self, length: int) -> None:
        """Wait until nobody is in who goes first. `length`: of the text, in characters."""
        if not self._taken:
            self._taken = True
            return
        through = asyncio.get_running_loop().create_future()
        heapq.heappush(
            self._waiting,
            (time.monotonic() + length / 1000 * PER_THOUSAND, next(self._numbers), through),
        )
        try:
            await through
        except asyncio.CancelledError:
            if through.done() and not through.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        """Let the next one in."""
        while self._waiting:
            _, _, through = heapq.heappop(self._waiting)
            if not through.done():
                through.set_result(None)
                return
        self._taken = False
