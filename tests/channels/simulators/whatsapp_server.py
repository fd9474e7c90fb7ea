"""The HTTP side of the simulated Graph API, and how fast it lets itself be used."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

from tests.channels.simulators.whatsapp_rules import GraphError

#: What befalls an answer: the caller waits for it until the simulator stops, or the connection is closed.
Accident = Literal["hang", "drop"]


@dataclass(frozen=True)
class Answer:
    """What a request is answered with."""

    status: int
    body: bytes
    retry_after: str | None = None
    accident: Accident | None = None


Handle = Callable[[str, str | None, bytes], Answer]
"""From a path, the Authorization header and a body to an answer."""


class Server(ThreadingHTTPServer):
    """Answers on a port of its own, on loopback."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, handle: Handle, stopped: threading.Event) -> None:
        super().__init__(("127.0.0.1", 0), _handler(handle, stopped))


@dataclass
class Pace:
    """Meta's limits: `per_second` messages in all, and to one person `burst` at once, then one `every` seconds."""

    per_second: float | None = None
    burst: int | None = None
    every: float = 6.0
    _recent: deque[float] = field(default_factory=deque)
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)

    def count(self, to: str) -> None:
        """Count a message. Raises GraphError where it is one too many."""
        now = time.monotonic()
        while self._recent and self._recent[0] < now - 1:
            self._recent.popleft()
        if self.per_second is not None and len(self._recent) >= self.per_second:
            raise GraphError(429, 130429, "Rate limit hit")
        level, at = self._levels.get(to, (0.0, now))
        level = max(0.0, level - (now - at) / self.every) + 1
        if self.burst is not None and level > self.burst:
            raise GraphError(429, 131056, "Pair rate limit hit")
        self._levels[to] = (level, now)
        self._recent.append(now)


def _handler(handle: Handle, stopped: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = handle(self.path, self.headers["Authorization"], body)
            if answer.accident is not None:
                if answer.accident == "hang":
                    stopped.wait()
                self.close_connection = True
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.retry_after is not None:
                self.send_header("Retry-After", answer.retry_after)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
