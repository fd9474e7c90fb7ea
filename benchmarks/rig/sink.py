"""A provider's API that only takes messages and says when: as little work as HTTP allows, for load."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from benchmarks.rig.wires import Call, Request

Read = Callable[[Request], Call]
Took = Callable[[Call, float], None]


class Sink:
    """`took` hears of each call and its time (time.monotonic)."""

    def __init__(self, read: Read, took: Took) -> None:
        self._read = read
        self._took = took
        self._server: asyncio.Server | None = None
        self.url = ""

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self._read, self._took), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with kept connections and a stated length, which is all that our senders use."""

    def __init__(self, read: Read, took: Took) -> None:
        self._read = read
        self._took = took
        self._data = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0:
            head = self._data[:end].decode("latin-1")
            length = _length(head)
            if len(self._data) < end + 4 + length:
                return
            body, self._data = self._data[end + 4 : end + 4 + length], self._data[end + 4 + length :]
            self._answer(head, body, at)

    def _answer(self, head: str, body: bytes, at: float) -> None:
        method, target, _ = head.split("\r\n", 1)[0].split(" ", 2)
        call = self._read(Request(method, target, body))
        self._took(call, at)
        lines = (
            f"HTTP/1.1 {call.status} OK",
            "Content-Type: application/json",
            f"Content-Length: {len(call.answer)}",
        )
        assert self._transport is not None
        self._transport.write("\r\n".join(lines).encode() + b"\r\n\r\n" + call.answer)


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        if line[:15].lower() == "content-length:":
            return int(line[15:])
    return 0
