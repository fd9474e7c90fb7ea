"""An engine for tests: the turn endpoint over real HTTP, answering as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from channels.turn.engine import PATH, SIGNATURE_HEADER, UNDERSTANDING_PATH, sign

SECRET = "a secret that engine and app share"

Answering = Callable[[dict[str, Any]], dict[str, Any]]


def says(*replies: dict[str, Any], variety: str = "fr", intent: str = "find_course") -> dict[str, Any]:
    """An answer with these replies."""
    understanding = {"intent": intent, "confidence": 0.9, "ranking": [], "entities": [], "variety": variety}
    return {"replies": list(replies), "understanding": understanding}


def understands(**more: Any) -> dict[str, Any]:
    """An understanding of little, and what is said of it."""
    said = {"intent": "nlu_fallback", "confidence": 0.3, "ranking": [], "entities": [], "variety": None}
    return {**said, "variety_confidence": None, "stays": False, **more}


def harmless(_: dict[str, Any]) -> dict[str, Any]:
    """Nobody is in danger."""
    return understands()


def echo(question: dict[str, Any]) -> dict[str, Any]:
    """Says back the text, or what was picked."""
    if "option" in question:
        return says({"reply": "picked", "args": {"value": question["option"]["entities"][0]["value"]}})
    return says({"reply": "echo", "args": {"text": question["text"]}})


@dataclass
class FakeEngine:
    """Where it is, what it was asked, and how it answers. The same message id gives the same answer again.

    `judged` are the questions for an understanding alone, which `judging` gives.
    """

    url: str = ""
    answering: Answering = echo
    judging: Answering = harmless
    judged: list[dict[str, Any]] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)  # statuses to give before any answer; 0 hangs up
    error: str = ""  # what a failure says of itself
    delay: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    at_once: dict[str, int] = field(default_factory=dict)
    overlaps: int = 0

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        person = question["person_id"]
        self.at_once[person] = self.at_once.get(person, 0) + 1
        self.overlaps += self.at_once[person] > 1
        time.sleep(self.delay)
        self.asked.append(question)
        answer = self.answers.setdefault(question["message_id"], self.answering(question))
        self.at_once[person] -= 1
        return answer

    def judge(self, question: dict[str, Any]) -> dict[str, Any]:
        time.sleep(self.delay)
        self.judged.append(question)
        return {"replies": [], "understanding": self.judging(question)}


@contextmanager
def running_engine() -> Iterator[FakeEngine]:
    """A fake engine on a port of its own."""
    engine = FakeEngine()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path not in (PATH, UNDERSTANDING_PATH) or self.headers[SIGNATURE_HEADER] != sign(
                SECRET, body
            ):
                self._send(401, {})
            elif engine.failures:
                status = engine.failures.pop(0)
                if status:
                    self._send(status, {"error": engine.error})
                self.close_connection = self.close_connection or not status
            else:
                give = engine.judge if self.path == UNDERSTANDING_PATH else engine.answer
                self._send(200, give(json.loads(body)))

        def _send(self, status: int, content: dict[str, Any]) -> None:
            data = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    engine.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
