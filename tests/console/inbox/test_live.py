"""What happens is told to open pages at once, over a real server: in scope only, and not after the sign-out."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import psycopg
import pytest
import uvicorn

from console.web.visit import COOKIE
from store.advisers import sign_ins
from store.core.database import connection_string
from tests.console.conftest import Console


@contextmanager
def _served(console: Console) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(
        console.app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        console.stop.set()
        server.should_exit = True
        thread.join(timeout=10)


def _cookie(console: Console, login: str) -> dict[str, str]:
    browser = console.browser()
    browser.sign_in(login)
    return {"cookie": f"{COOKIE}={browser.client.cookies[COOKIE]}"}


class _Listener:
    """An open page: the lines it was told."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self.lines: list[str] = []
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(url, headers), daemon=True)
        self._thread.start()

    def _listen(self, url: str, headers: dict[str, str]) -> None:
        with (
            suppress(httpx.RemoteProtocolError),
            httpx.stream("GET", f"{url}/console/events", headers=headers, timeout=20) as stream,
        ):
            for line in stream.iter_lines():
                self.lines.append(line)
        self.ended.set()

    def hears(self, line: str, seconds: float = 8) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if line in self.lines:
                return True
            time.sleep(0.02)
        return False


@pytest.fixture
def url(console: Console) -> Iterator[str]:
    console.add("everywhere")
    console.add("of-rabat", cities=["rabat"])
    with _served(console) as address:
        yield address


def test_a_message_is_told_within_a_moment_to_those_who_may_see_it(console: Console, url: str) -> None:
    console.says("salam", city="fes")
    here, elsewhere = (
        _Listener(url, _cookie(console, "everywhere")),
        _Listener(url, _cookie(console, "of-rabat")),
    )
    assert here.hears("data: all")
    assert elsewhere.hears("data: all")
    said = console.says("et maintenant ?")
    began = time.monotonic()
    assert here.hears(f"data: {said.conversation_id}")
    assert time.monotonic() - began < 4
    assert here.hears(": "), "a sign of life"
    assert not elsewhere.hears(f"data: {said.conversation_id}", seconds=1)
    assert not [line for line in here.lines if "maintenant" in line]


def test_a_page_of_who_signed_out_is_told_no_more(console: Console, url: str) -> None:
    headers = _cookie(console, "everywhere")
    listener = _Listener(url, headers)
    assert listener.hears("data: all")
    with console.database.session() as session:
        token = headers["cookie"].partition("=")[2]
        found = sign_ins.signed_in(session, token, console.clock(), console.services.lasting)
        assert found is not None
        sign_ins.end(session, found.session_id)
    assert listener.ended.wait(8)


def test_a_page_hears_on_when_the_database_was_away(console: Console, url: str) -> None:
    said = console.says("salam", city="fes")
    listener = _Listener(url, _cookie(console, "everywhere"))
    assert listener.hears("data: all")
    with psycopg.connect(connection_string(console.database.url), autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    deadline = time.monotonic() + 8
    while listener.lines.count("data: all") < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert listener.lines.count("data: all") == 2, "what was missed is fetched"
    console.database.close()
    console.says("et maintenant ?")
    assert listener.hears(f"data: {said.conversation_id}")
    assert not listener.ended.is_set()


def test_nobody_listens_without_a_session(url: str) -> None:
    answer = httpx.get(f"{url}/console/events", headers={"accept": "text/event-stream"})
    assert answer.status_code == 401
