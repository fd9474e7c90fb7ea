"""The whole product for tests: `takwin serve` as an operator starts it, on a database of the test's own.

with Product.started(database_url, folder) as product:
    chat = product.chat()
    chat.say("salam")          # → the replies, with their keys
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from store.core.database import Database
from store.core.encryption import Cipher
from store.embedded.server import running_url
from store.people.lookups import conversation_at
from store.tables import Message
from takwin.compose.engine_process import free_port

ROOT = Path(__file__).resolve().parents[1]
SECRET = "the secret of the tests, long enough to sign with"
START_TIMEOUT = 120.0
REPLY_TIMEOUT = 30.0


@dataclass(frozen=True)
class Reply:
    """One message of the assistant as a person sees it, with the keys it was made of."""

    n: int
    text: str
    options: tuple[dict[str, Any], ...]
    keys: tuple[str, ...]


class Product:
    """A running `takwin serve`."""

    def __init__(self, url: str, process: subprocess.Popen[bytes], log: Path, database_url: str) -> None:
        self.url = url
        self.process = process
        self.database_url = database_url
        self.log = log
        self.client = httpx.Client(base_url=url, timeout=10.0, trust_env=False)

    @cached_property
    def database(self) -> Database:
        """The product's database, opened beside it."""
        url = self.database_url or running_url(self.log.parent / "postgres")
        assert url is not None, "the embedded server does not run"
        return Database(url, Cipher(SECRET))

    @classmethod
    @contextmanager
    def started(cls, database_url: str, folder: Path, **environment: str) -> Iterator[Product]:
        """With an empty `database_url` on an embedded server, under `folder`."""
        port = free_port()
        log = folder / "serve.log"
        variables = {
            **os.environ,
            "TAKWIN_DATABASE_URL": database_url,
            "TAKWIN_VAR": str(folder),
            "TAKWIN_SECRET": SECRET,
            "PORT": str(port),
            **environment,
        }
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "takwin.cli.main", "serve"],
                cwd=ROOT,
                env=variables,
                stdout=out,
                stderr=out,
            )
        product = cls(f"http://127.0.0.1:{port}", process, log, database_url)
        try:
            product.wait_ready()
            yield product
        finally:
            product.client.close()
            if "database" in product.__dict__:
                product.database.close()
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def wait_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"takwin serve ended: {self.log.read_text()[-2000:]}")
            try:
                if self.client.get("/health/ready").status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise TimeoutError(f"takwin serve is not ready: {self.log.read_text()[-2000:]}")

    def chat(self, session: str | None = None) -> Chat:
        return Chat(self, session or f"t-{uuid.uuid4().hex}")


class Chat:
    """One person's conversation through the web channel's API."""

    def __init__(self, product: Product, session: str) -> None:
        self.product = product
        self.session = session
        self.path = f"/channels/web/{session}/messages"
        self.seen = 0
        self.last: list[Reply] = []
        self._sent = 0

    def say(self, text: str) -> list[Reply]:
        """Write a text; returns what is answered."""
        return self._replies(self.exchange({"text": text}))

    def tap(self, title_key: str) -> list[Reply]:
        """Tap the choice of the last answer whose title has this key (with its number where there are several:
        `option-course 2`).
        """
        key, _, number = title_key.partition(" ")
        offered = [o for o in self.offered() if o["title_key"] == key]
        wanted = int(number or 1)
        assert len(offered) >= wanted, (
            f"no choice {title_key!r} among {[o['title_key'] for o in self.offered()]}"
        )
        return self._replies(self.exchange({"option": offered[wanted - 1]["id"]}))

    def offered(self) -> Sequence[dict[str, Any]]:
        """The choices of the last message that has some, as the store keeps them."""
        for message in reversed(self.stored()):
            if message.direction == "out" and message.options:
                return list(message.options)
        return []

    def stored(self) -> list[Message]:
        """Every message of the conversation, oldest first."""
        with self.product.database.session() as session:
            conversation = conversation_at(session, "web", self.session)
            if conversation is None:
                return []
            wanted = select(Message).where(Message.conversation_id == conversation.id)
            return list(session.scalars(wanted.order_by(Message.created_at, Message.n)))

    @property
    def understood(self) -> dict[str, Any]:
        """What was understood of the last message of the person."""
        said = [m for m in self.stored() if m.direction == "in"]
        return dict(said[-1].understanding or {}) if said else {}

    def exchange(self, said: dict[str, str], poll: float = 0.02) -> list[dict[str, Any]]:
        """Post a message and wait for what is answered, looking each `poll` seconds; the API's messages."""
        self._sent += 1
        body = {"id": f"m{self._sent}", **said}
        posted = self.product.client.post(self.path, json=body)
        assert posted.status_code == httpx.codes.ACCEPTED, posted.text
        deadline = time.monotonic() + REPLY_TIMEOUT
        while time.monotonic() < deadline:
            answer = self.product.client.get(self.path, params={"after": self.seen, "as": "web"}).json()
            if answer["messages"] and not answer["typing"]:
                messages: list[dict[str, Any]] = answer["messages"]
                self.seen = messages[-1]["n"]
                return messages
            time.sleep(poll)
        raise TimeoutError("no answer")

    def _replies(self, messages: Sequence[dict[str, Any]]) -> list[Reply]:
        self.last = [self._reply(message) for message in messages]
        return self.last

    def _reply(self, message: dict[str, Any]) -> Reply:
        stored = next((m for m in self.stored() if m.direction == "out" and m.n == message["n"]), None)
        keys = reply_keys(stored) if stored else ()
        return Reply(message["n"], message["text"], tuple(message["options"]), keys)


def reply_keys(message: Message) -> tuple[str, ...]:
    """The reply keys a stored message was made of."""
    return tuple(message.reply_keys or ())
