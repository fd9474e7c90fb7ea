"""Work done from time to time without being asked for, as a provider and the application hand it to the worker."""

from collections.abc import Callable
from dataclasses import dataclass

Stopping = Callable[[], bool]
"""Whether the worker was asked to stop: work that goes on in batches ends after the one it is at."""


def never() -> bool:
    """Nobody asks to stop: for work that somebody started by hand."""
    return False


@dataclass(frozen=True)
class Periodic:
    """`work` done at each time of `cron` (UTC; a sixth field is the seconds), by one process at a time.

    A coroutine function runs in the worker's event loop, anything else in a thread. What it raises is logged by type,
    and the work is tried again at the next time.
    """

    name: str
    cron: str
    work: Callable[[Stopping], object]
