"""`python -m benchmarks.harms.postmaster`: the embedded PostgreSQL is killed in the middle of a registration.

Three people register one after the other. As soon as a worker has taken somebody's name the first process of the
server is killed by SIGKILL (the last time all of its processes are), and the person keeps writing, as a provider
does: what is not accepted is sent again. Seconds are counted from the kill to the first answer that was made after it.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psycopg
from rich.console import Console
from rich.table import Table

from benchmarks.rig.fleet import trained_model
from store.core.database import connection_string
from store.embedded.files import PostmasterFile, kill_processes_on
from tests.product import Chat, Product

BAR = 15.0
_LONGEST = 60.0
_BEFORE = (
    "salut, je cherche une formation en marketing digital",
    "la deuxième m'intéresse",
    "ok inscrivez-moi",
    "oui je suis d'accord",
)
_ANSWERED_DURING = "Khadija Benali"
_AFTER = ("j'habite à Fès", "bac+3", "oui c'est bon")
_REGISTERED = "TK-"


@dataclass(frozen=True)
class Outcome:
    """What one kill came to. Seconds since the kill; None for what did not happen."""

    killed: str
    midway: bool
    answered: float | None
    not_ready: Sequence[float]
    ready_again: float | None
    refused: int
    registered: bool
    lived: bool

    @property
    def good(self) -> bool:
        return self.registered and self.lived and self.answered is not None and self.answered <= BAR


class Health(threading.Thread):
    """Asks for readiness and life again and again, from the kill until stopped."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._client = httpx.Client(base_url=url, timeout=10.0, trust_env=False)
        self._began = time.monotonic()
        self._ended = threading.Event()
        self.not_ready: list[float] = []
        self.ready_again: float | None = None
        self.lived = True

    def run(self) -> None:
        while not self._ended.wait(0.05):
            ready = self._client.get("/health/ready")
            seconds = time.monotonic() - self._began
            if ready.status_code != httpx.codes.OK:
                self.not_ready.append(seconds)
                self.ready_again = None
            elif self.not_ready and self.ready_again is None:
                self.ready_again = seconds
            self.lived = self.lived and self._client.get("/health/live").status_code == httpx.codes.OK

    def stop(self) -> None:
        self._ended.set()
        self.join(30)
        self._client.close()


@contextmanager
def embedded_product() -> Iterator[Product]:
    """The product on an embedded server, as `make run` starts it, in a folder of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Product.started("", Path(folder), TAKWIN_MODEL=str(trained_model())) as product,
    ):
        yield product


def kill_during_a_registration(product: Product, *, all_processes: bool = False) -> Outcome:
    """Kills the server once while somebody registers; what became of them."""
    chat = product.chat()
    for text in _BEFORE:
        chat.exchange({"text": text})
    answers = len(_answers(chat))
    data = product.log.parent / "postgres" / "data"
    with psycopg.connect(connection_string(product.database.url), autocommit=True) as watching:
        posted = product.client.post(chat.path, json={"id": "killed", "text": _ANSWERED_DURING})
        assert posted.status_code == httpx.codes.ACCEPTED
        _wait_until_taken(watching)
        killed = datetime.now(UTC)
        killed_at = time.monotonic()
        _kill(data, all_processes=all_processes)
    health = Health(product.url)
    health.start()
    try:
        refused = _send_until_accepted(product, chat, "during", _AFTER[0])
        answered = _next_answer(product, chat, killed)
        registered = answered is not None and _register(product, chat)
    finally:
        health.stop()
        product.database.close()  # what this process had open died too
    made = _answers(chat)[answers:]
    return Outcome(
        "all" if all_processes else "the first",
        bool(made) and made[0] > killed,
        None if answered is None else answered - killed_at,
        health.not_ready,
        health.ready_again,
        refused,
        registered,
        health.lived and product.process.poll() is None,
    )


def _kill(data: Path, *, all_processes: bool) -> None:
    postmaster = PostmasterFile.read(data)
    assert postmaster is not None
    os.kill(postmaster.pid, signal.SIGKILL)
    if all_processes:
        kill_processes_on(data)


def _send_until_accepted(product: Product, chat: Chat, message_id: str, text: str) -> int:
    """Sends as a provider does; how often it was told to send again."""
    refused = 0
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        with suppress(httpx.HTTPError):
            status = product.client.post(chat.path, json={"id": message_id, "text": text}).status_code
            if status == httpx.codes.ACCEPTED:
                return refused
            assert status == httpx.codes.SERVICE_UNAVAILABLE, status
        refused += 1
        time.sleep(0.2)
    raise TimeoutError("the message was never accepted")


def _answers(chat: Chat) -> list[datetime]:
    """When each answer was stored."""
    return [message.created_at for message in chat.stored() if message.direction == "out"]


def _wait_until_taken(connection: psycopg.Connection) -> None:
    """Until a turn is being made."""
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        taken = connection.execute(
            "select 1 from procrastinate_jobs where task_name = 'turn' and status = 'doing'"
        )
        if taken.fetchone() is not None:
            return
    raise TimeoutError("no worker took the message")


def _next_answer(product: Product, chat: Chat, killed: datetime) -> float | None:
    """When the person sees the first answer that was made after the kill; None where none came."""
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        with suppress(httpx.HTTPError):
            answer = product.client.get(chat.path, params={"after": chat.seen, "as": "web"})
            if answer.status_code == httpx.codes.OK and any(
                datetime.fromisoformat(message["at"]) > killed for message in answer.json()["messages"]
            ):
                return time.monotonic()
        time.sleep(0.02)
    return None


def _register(product: Product, chat: Chat) -> bool:
    """Writes the rest; whether that ends in a registration, in the name that was told before the kill."""
    _wait_until_answered(product, chat)
    for text in _AFTER[1:]:
        messages = chat.exchange({"text": text})
    return any(_REGISTERED in message["text"] and "Khadija" in message["text"] for message in messages)


def _wait_until_answered(product: Product, chat: Chat) -> None:
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        answer = product.client.get(chat.path, params={"after": chat.seen, "as": "web"}).json()
        if not answer["typing"]:
            chat.seen = answer["messages"][-1]["n"]
            return
        time.sleep(0.05)
    raise TimeoutError("what was written after the kill was not answered")


def main() -> int:
    console = Console()
    with embedded_product() as product:
        kill_during_a_registration(product)  # the first turns of an engine are slow
        outcomes = [
            kill_during_a_registration(product, all_processes=everything)
            for everything in (False, False, True)
        ]
    console.print(_table(outcomes))
    return 0 if all(outcome.good for outcome in outcomes) else 1


def _table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(title=f"Embedded PostgreSQL killed in a registration: answered within {BAR:.0f} s")
    for column in (
        "killed",
        "in a turn",
        "answered",
        "not ready",
        "ready",
        "sent again",
        "registered",
    ):
        table.add_column(column)
    for each in outcomes:
        table.add_row(
            each.killed,
            "yes" if each.midway else "no",
            _seconds(each.answered),
            f"{_seconds(each.not_ready[0])} to {_seconds(each.not_ready[-1])}" if each.not_ready else "never",
            _seconds(each.ready_again),
            str(each.refused),
            "yes" if each.registered else "no",
        )
    return table


def _seconds(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
