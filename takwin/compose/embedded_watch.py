"""Starts the embedded PostgreSQL again when it dies.

A thread of its own: when the database is away, those of the app may all be waiting for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Protocol, Self

from prometheus_client import Counter

log = logging.getLogger(__name__)

LOOK_EVERY = 0.25
FIRST_BACKOFF, LONGEST_BACKOFF = 0.5, 30.0
#: One that lived shorter has not been mended by being started again: the next start waits.
STEADY_AFTER = 60.0

REVIVED = Counter("takwin_embedded_restarts", "Starts of an embedded PostgreSQL that had died.")


class Server(Protocol):
    """What is watched."""

    def has_died(self) -> bool: ...

    def revive(self) -> None: ...


class EmbeddedWatch:
    """Watches for the length of a `with` block. `lost` is called, in the watching thread, when the server is found
    dead: no connection made before is of use any more.
    """

    def __init__(self, server: Server, lost: Callable[[], object]) -> None:
        self._server = server
        self._lost = lost
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="embedded-watch", daemon=True)
        self._backoff = FIRST_BACKOFF
        self._revived_at: float | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EVERY):
            try:
                if self._server.has_died():
                    self._bring_back()
            except Exception as error:
                log.error("watching the embedded PostgreSQL failed: %s", type(error).__name__)

    def _bring_back(self) -> None:
        died = time.monotonic()
        log.error("the embedded PostgreSQL has died")
        self._lost()
        if self._revived_at is None or died - self._revived_at > STEADY_AFTER:
            self._backoff = FIRST_BACKOFF
        elif self._wait():
            return
        while not self._revived():
            if self._wait():
                return
        REVIVED.inc()
        self._revived_at = time.monotonic()
        log.warning("the embedded PostgreSQL runs again, after %.1f s", self._revived_at - died)

    def _revived(self) -> bool:
        try:
            self._server.revive()
        except Exception as error:
            # Not its text: that has the end of the server's own log, where statements may stand.
            log.error("the embedded PostgreSQL does not start, its log says why: %s", type(error).__name__)
            return False
        return True

    def _wait(self) -> bool:
        """Longer each time. Whether the watch has ended meanwhile."""
        backoff, self._backoff = self._backoff, min(2 * self._backoff, LONGEST_BACKOFF)
        return self._stop.wait(backoff)


def watched(server: Server | None, lost: Callable[[], object]) -> AbstractContextManager[object]:
    """Has the embedded server watched, where there is one."""
    return nullcontext() if server is None else EmbeddedWatch(server, lost)
