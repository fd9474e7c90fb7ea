"""A Kannel for tests: takes what smsbox's sendsms takes, answers as it does, calls back as it does.

Its answers are those of Kannel 1.4.5 (tests/channels/kannel/test_kannel.py runs the real one).

with KannelSimulator() as gateway:
    gateway.url                                     where to send
    gateway.sent                                    what was taken
    gateway.failing = [(503, "...")]                answers given before anything is taken
    gateway.loses_answers = 1                       takes so many messages and hangs up without an answer
    gateway.write(app_url, token, "+212...", "salam")       a person writes
    gateway.report(gateway.sent[0], 1)              what became of a message
"""

import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

SENDSMS = "/cgi-bin/sendsms"


@dataclass(frozen=True)
class Taken:
    """A message the gateway took. `message_id` is ours, as it stands in the address for reports."""

    to: str
    text: str
    sender: str
    coding: str
    report_url: str
    at: float

    @property
    def message_id(self) -> str:
        return dict(parse_qsl(urlsplit(self.report_url).query)).get("message", "")


@dataclass
class KannelSimulator:
    """One gateway on loopback. `reports`: the types of report sent by themselves for each message taken."""

    username: str = "takwin"
    password: str = "pw"
    per_second: float = 0.0  # 0: no limit
    reports: tuple[int, ...] = ()
    delay: float = 0.0
    port: int = 0
    sent: list[Taken] = field(default_factory=list)
    calls: list[dict[str, str]] = field(default_factory=list)
    failing: list[tuple[int, str]] = field(default_factory=list)
    loses_answers: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _server: ThreadingHTTPServer | None = None
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{SENDSMS}"

    def start(self) -> Self:
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                split = urlsplit(self.path)
                values = dict(parse_qsl(split.query, keep_blank_values=True))
                status, body = simulator.take(split.path, values)
                if status == 0:
                    self.close_connection = True
                    return
                data = body.encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        server.daemon_threads = True
        self.port = server.server_port
        self._server = server
        self._thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def take(self, path: str, values: dict[str, str]) -> tuple[int, str]:
        """One call of sendsms: status and body; status 0 hangs up without an answer."""
        time.sleep(self.delay)
        with self._lock:
            if path != SENDSMS:
                return 404, "Unknown request."
            self.calls.append(values)
            if self.failing:
                return self.failing.pop(0)
            refusal = self._refusal(values)
            if refusal is not None:
                return refusal
            taken = Taken(
                values["to"],
                values.get("text", ""),
                values["from"],
                values.get("coding", "0"),
                values.get("dlr-url", "") if values.get("dlr-mask", "0") != "0" else "",
                time.time(),
            )
            self.sent.append(taken)
            lost = self.loses_answers > 0
            self.loses_answers -= lost
        for kind in self.reports:
            threading.Thread(target=self.report, args=(taken, kind), daemon=True).start()
        return (0, "") if lost else (202, "0: Accepted for delivery")

    def _refusal(self, values: dict[str, str]) -> tuple[int, str] | None:
        if (values.get("username"), values.get("password")) != (self.username, self.password):
            return 403, "Authorization failed for sendsms"
        if not values.get("to"):
            return 400, "Missing receiver number, rejected"
        if set(values["to"]) - set("0123456789+ "):
            return 400, "Number(s) has/have been denied by white- and/or black-lists."
        if not values.get("from"):
            return 400, "Sender missing and no global set, rejected"
        now = time.time()
        if self.per_second and sum(now - each.at < 1 for each in self.sent) >= self.per_second:
            return 503, "Temporal failure, try again later."
        return None

    def write(
        self, app_url: str, token: str, sender: str, text: str, message_id: str = "", retries: int = 0
    ) -> int:
        """A person's SMS handed to the app, as often as `retries` allows where it is not taken; the last status (0:
        nobody there).
        """
        given = message_id or str(uuid.uuid4())
        values = {"token": token, "from": sender, "to": "3434", "text": text, "id": given}
        called = f"{app_url}/channels/sms?{urlencode(values)}&time={int(time.time())}&coding=0&charset=UTF-8"
        status = _get(called)
        while status // 100 != 2 and retries > 0:
            retries -= 1
            time.sleep(0.2)
            status = _get(called)
        return status

    def report(self, taken: Taken, kind: int, answer: str = "") -> int:
        """Calls the address that came with the message, with Kannel's escapes filled in; the status answered."""
        if not taken.report_url:
            return 0
        return _get(taken.report_url.replace("%d", str(kind)).replace("%A", quote(answer, safe="")))


def _get(url: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
