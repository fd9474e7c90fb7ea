"""Messages are parsed one after the other, short ones first, in a thread beside the event loop, and none for longer
than a limit.

So the engine answers its health check while it parses. A parse past its limit, counted from where it begins and not
while it waits for others, is given up alone: its thread is left behind and told to stop, and a fresh one takes over.

What kills the process leaves nobody to count it, so the message that is being parsed is noted in a file first. An
engine that finds a note at its start knows of what the one before it died; a message that did it three times is parsed
no more. Nobody else is blamed: who was waiting, or was past the parsing, is simply asked about again.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.turnstile import Turnstile

#: Seconds of parsing. The costliest text there is takes a tenth of one.
LIMIT = 2.0
#: A machine that gives the engine no time makes every text slow: a parse that had less than half of its limit of the
#: processor is waited for, so many limits in all.
_STARVED = 3
#: One death may be somebody's who was stopped by force; three are the message's.
DEATHS_ALLOWED = 2
#: Names the file of notes. Without it deaths are not told apart.
NOTES = "TAKWIN_ENGINE_NOTES"

Work = Callable[[], Any]


class GivenUp(Exception):
    """This very message is not to be parsed again; the text is a code that says why."""


class _Stopped(BaseException):
    """Raised in a thread that was left behind."""


class Reader:
    """Runs the parses of one process, `limit` seconds each. Used from one event loop."""

    def __init__(self, notes: Path | None = None, limit: float = LIMIT) -> None:
        self._limit = limit
        self._notes = Notes(notes)
        self._turnstile = Turnstile()
        self._thread = _Thread()

    @classmethod
    def of_process(cls) -> Reader:
        """With the notes that the environment names."""
        named = os.environ.get(NOTES)
        return cls(Path(named) if named else None)

    async def run(self, message_id: str, work: Work, length: int = 0) -> Any:
        """What `work` comes to; the longer a text of `length` characters, the later. Raises GivenUp, and whatever
        `work` raises.
        """
        if self._notes.deaths[message_id] > DEATHS_ALLOWED:
            raise GivenUp("broke-engine")
        await self._turnstile.enter(length)
        # A parse ends, or is given up, before the next one begins, even where its caller has hung up.
        running = asyncio.ensure_future(self._bounded(message_id, work))
        running.add_done_callback(self._done)
        return await asyncio.shield(running)

    async def _bounded(self, message_id: str, work: Work) -> Any:
        self._notes.begin(message_id)
        spent = self._thread.spent()
        running = self._thread.run(work)
        try:
            for _ in range(_STARVED):
                await asyncio.wait({running}, timeout=self._limit)
                if running.done():
                    return running.result()
                if self._thread.spent() - spent >= self._limit / 2:
                    break
            self._thread.leave()
            self._thread = _Thread()
            raise GivenUp("too-slow")
        finally:
            self._notes.end()

    def _done(self, running: asyncio.Future[Any]) -> None:
        self._turnstile.leave()
        if not running.cancelled():
            running.exception()  # seen, though nobody may be waiting for it any more


class _Thread:
    """A thread that does what it is given until it is left behind. It does not keep the process from ending."""

    def __init__(self) -> None:
        self._given: queue.SimpleQueue[tuple[Work, asyncio.Future[Any]]] = queue.SimpleQueue()
        self._left = False
        self._thread = threading.Thread(target=self._run, name="parse", daemon=True)
        self._thread.start()

    def run(self, work: Work) -> asyncio.Future[Any]:
        future = asyncio.get_running_loop().create_future()
        self._given.put((work, future))
        return future

    def spent(self) -> float:
        """Seconds of processor that the thread has had; where the system does not tell, all that have passed."""
        try:
            return time.clock_gettime(time.pthread_getcpuclockid(self._thread.ident or 0))
        except (AttributeError, OSError):
            return time.monotonic()

    def leave(self) -> None:
        self._left = True
        identity = ctypes.c_ulong(self._thread.ident or 0)
        # Python code stops at its next step; what hangs in C is beyond reach, and harmless but for the core it takes.
        ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(_Stopped))

    def _run(self) -> None:
        while not self._left:
            work, future = self._given.get()
            try:
                result, error = work(), None
            except _Stopped:
                return
            except BaseException as raised:
                result, error = None, raised
            future.get_loop().call_soon_threadsafe(_settle, future, result, error)


def _settle(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


class Notes:
    """The message that is being parsed, in a file, and of how many deaths each message was found guilty."""

    def __init__(self, file: Path | None) -> None:
        self.deaths: Counter[str] = Counter()
        self._at: int | None = None
        if file is None:
            return
        known = file.with_suffix(".deaths")
        if known.exists():
            self.deaths.update(json.loads(known.read_text()))
        self._at = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        begun = os.pread(self._at, _LONGEST, 0).decode().strip()
        if begun:
            self.deaths[begun] += 1
            known.write_text(json.dumps(self.deaths))
        self.end()

    def begin(self, message_id: str) -> None:
        self._write(message_id)

    def end(self) -> None:
        self._write("")

    def _write(self, message_id: str) -> None:
        if self._at is not None:
            os.pwrite(self._at, message_id.encode().ljust(_LONGEST), 0)


_LONGEST = 200
"""Characters of a message's id (`bot/gateway.py`)."""
