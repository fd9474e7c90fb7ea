"""Notices of what changes in conversations, as PostgreSQL sends them: one connection a process listens for all."""

import logging
import threading
import uuid
from collections.abc import Callable

import psycopg

from store.core.database import connection_string

log = logging.getLogger(__name__)

CHANNEL = "takwin_console"
_AGAIN_AFTER = 2.0
_LOOK_UP_EVERY = 1.0

Hear = Callable[[uuid.UUID | None], None]


class Notices:
    """Tells whoever hears which conversation has changed; None when something may have been missed.

    The connection is opened when the first one begins to hear, and kept while anybody does.
    """

    def __init__(self, url: str) -> None:
        self._url = connection_string(url)
        self._lock = threading.Lock()
        self._hearing: set[Hear] = set()
        self._thread: threading.Thread | None = None

    def hear(self, hear: Hear) -> Callable[[], None]:
        """Begins to tell; `hear` is called from another thread. Returns what ends it."""
        with self._lock:
            self._hearing.add(hear)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="console-notices", daemon=True)
                self._thread.start()

        def stop() -> None:
            with self._lock:
                self._hearing.discard(hear)

        return stop

    def _listen(self) -> None:
        stopping = threading.Event()
        while self._goes_on():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    connection.execute(f"listen {CHANNEL}")
                    self._tell(None)
                    while self._goes_on():
                        for notice in connection.notifies(timeout=_LOOK_UP_EVERY):
                            self._tell(uuid.UUID(notice.payload))
            except psycopg.Error as error:
                log.warning("notices interrupted: %s", type(error).__name__)
                stopping.wait(_AGAIN_AFTER)

    def _goes_on(self) -> bool:
        with self._lock:
            if not self._hearing:
                self._thread = None
                return False
            return True

    def _tell(self, conversation_id: uuid.UUID | None) -> None:
        with self._lock:
            hearing = list(self._hearing)
        for hear in hearing:
            hear(conversation_id)
