"""Meta's WhatsApp Cloud API on loopback: takes messages as Meta does, and signs and sends its webhooks.

    with WhatsAppSimulator(webhook_url="http://127.0.0.1:8000/channels/whatsapp") as meta:
        ...Config(api_url=meta.api_url, **meta.credentials)...
        meta.write("212612345678", "salam")
        meta.settle()
        assert meta.sent[0].payload["text"]["body"] == "..."

It can be told to refuse, to be slow, to take a message and never answer, and to send statuses late, twice or in another
order. What the app does not acknowledge is sent again until it is.
"""

import json
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.channels.simulators.whatsapp_events import contact, event, joined, message, status
from tests.channels.simulators.whatsapp_rules import GraphError, check
from tests.channels.simulators.whatsapp_server import Accident, Answer, Pace, Server
from tests.channels.simulators.whatsapp_webhooks import Webhooks


@dataclass(frozen=True)
class Taken:
    """A message that was taken, whether the answer arrived or not."""

    wamid: str
    to: str
    payload: Mapping[str, Any]
    at: float

    @property
    def message_id(self) -> str:
        """Our own id of it."""
        return str(self.payload.get("biz_opaque_callback_data", ""))


@dataclass
class WhatsAppSimulator:
    """`statuses` follow each message that was taken; `batch` of them go in one body, shuffled where `disordered`, and
    twice with the chance of `duplicates`. `undeliverable` has the code with which messages to a person fail
    afterwards; `templates`, where given, are the only ones that exist, with their numbers of values.
    """

    webhook_url: str = ""
    phone_number_id: str = "106540352242922"
    app_secret: str = "the app's secret"
    access_token: str = "EAAG-a-token"
    verify_token: str = "the verify token"
    statuses: Sequence[str] = ()
    batch: int = 1
    disordered: bool = False
    duplicates: float = 0.0
    templates: Mapping[tuple[str, str], int] | None = None
    undeliverable: dict[str, int] = field(default_factory=dict)
    pace: Pace = field(default_factory=Pace)
    delay: float = 0.0
    seed: int = 7
    sent: list[Taken] = field(default_factory=list)
    read: list[Mapping[str, Any]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._ids = count(1)
        self._lock = threading.Lock()
        self._next: deque[Answer | Accident] = deque()
        self._waiting: list[dict[str, Any]] = []
        self._stopped = threading.Event()
        self._webhooks = Webhooks(self.webhook_url, self.app_secret)
        self._server = Server(self.handle, self._stopped)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> "WhatsAppSimulator":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v23.0"

    @property
    def credentials(self) -> dict[str, str]:
        """What `channels.meta.Config` needs to know beside the URL."""
        return {
            "phone_number_id": self.phone_number_id,
            "app_secret": self.app_secret,
            "verify_token": self.verify_token,
            "access_token": self.access_token,
        }

    def start(self) -> None:
        self._thread.start()
        self._webhooks.start()

    def stop(self) -> None:
        self._stopped.set()
        self._webhooks.stop()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # What the next requests meet.

    def fail(self, code: int, http: int = 400, *, times: int = 1, retry_after: str | None = None) -> None:
        """Refuse with one of Meta's codes."""
        body = json.dumps(GraphError(http, code, "Told to fail").body()).encode()
        self._next.extend([Answer(http, body, retry_after)] * times)

    def answer(self, http: int, body: bytes, *, times: int = 1) -> None:
        """Answer with anything at all, taking nothing."""
        self._next.extend([Answer(http, body)] * times)

    def hang(self, times: int = 1) -> None:
        """Take a message, and let the caller wait."""
        self._next.extend(["hang"] * times)

    def drop(self, times: int = 1) -> None:
        """Take a message, and close the connection."""
        self._next.extend(["drop"] * times)

    # What people do.

    def write(self, sender: str, text: str, **more: Any) -> str:
        """A person writes; the id of their message."""
        return self.say(sender, "text", {"body": text}, **more)

    def pick(self, sender: str, option_id: str, title: str = "...", **more: Any) -> str:
        """A person touches a button."""
        reply = {"type": "button_reply", "button_reply": {"id": option_id, "title": title}}
        return self.say(sender, "interactive", reply, **more)

    def say(
        self,
        sender: str,
        kind: str,
        part: Any,
        *,
        name: str = "Amina",
        bsuid: str | None = None,
        message_id: str | None = None,
        at: float | None = None,
    ) -> str:
        """A person sends anything; it goes to the app until the app acknowledges it."""
        known = message_id or f"wamid.in.{self.seed}.{next(self._ids)}"
        stamp = int(time.time() if at is None else at)
        self._webhooks.send(
            event(
                self.phone_number_id,
                contacts=[contact(sender, name, bsuid)],
                messages=[message(sender, known, stamp, kind, part)],
            )
        )
        return known

    def post(self, payload: Any, secret: str | None = None) -> int:
        """Send one body, once; the status it was answered with."""
        return self._webhooks.post(json.dumps(payload).encode(), secret)

    def settle(self, seconds: float = 20) -> None:
        """Wait until everything that was to be sent to the app was acknowledged. Raises TimeoutError."""
        self.flush()
        self._webhooks.settle(seconds)

    def copies(self) -> dict[str, int]:
        """Messages of ours that were taken more than once."""
        return {each: n for each, n in Counter(taken.message_id for taken in self.sent).items() if n > 1}

    def flush(self) -> None:
        """Send the statuses that wait for their batch to be full."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        if waiting:
            self._webhooks.send(joined(waiting))

    # What happens to a request.

    def handle(self, path: str, token: str | None, body: bytes) -> Answer:
        """What Meta answers, having done what was asked."""
        time.sleep(self.delay)
        try:
            return self._take(path, token, body)
        except GraphError as error:
            self.refused.append(error.code)
            return Answer(error.status, json.dumps(error.body()).encode())

    def _take(self, path: str, token: str | None, body: bytes) -> Answer:
        if token != f"Bearer {self.access_token}":
            raise GraphError(401, 190, "Invalid OAuth access token")
        if path != f"/v23.0/{self.phone_number_id}/messages":
            raise GraphError(400, 100, "Object does not exist", subcode=33)
        payload = json.loads(body)
        if payload.get("status") == "read":
            self.read.append(payload)
            return Answer(200, b'{"success": true}')
        with self._lock:
            told = self._next.popleft() if self._next else None
            if isinstance(told, Answer):
                return told
            check(payload, self.templates)
            to = str(payload.get("to") or payload["recipient"]).removeprefix("+")
            self.pace.count(to)
            taken = Taken(f"wamid.out.{self.seed}.{next(self._ids)}", to, payload, time.monotonic())
            self.sent.append(taken)
        self._follow(taken)
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": to, "wa_id": to}],
            "messages": [{"id": taken.wamid}],
        }
        return Answer(200, json.dumps(answer).encode(), accident=told)

    def _follow(self, taken: Taken) -> None:
        code = self.undeliverable.get(taken.to)
        steps = list(self.statuses) if code is None else ["failed"]
        if not self.webhook_url or not steps:
            return
        if self.disordered:
            self._random.shuffle(steps)
        for step in steps:
            callback = taken.payload.get("biz_opaque_callback_data")
            found = status(step, taken.wamid, taken.to, int(time.time()), callback, code)
            again = self._random.random() < self.duplicates
            with self._lock:
                self._waiting.extend([event(self.phone_number_id, statuses=[found])] * (2 if again else 1))
                full = len(self._waiting) >= self.batch
            if full:
                self.flush()
