"""Meta's side of the webhooks: bodies signed with the app's secret, sent again until they are acknowledged."""

import hashlib
import hmac
import json
import queue
import threading
import time
from typing import Any

import httpx

_SENDERS = 8
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 2.0  # seconds; Meta's own grow to hours


class Webhooks:
    """Sends from threads of its own. `settle` waits for all of them."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._queue: queue.Queue[bytes | None] = queue.Queue()
        self._client = httpx.Client(timeout=30, trust_env=False)
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(_SENDERS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped.set()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._client.close()

    def send(self, payload: Any) -> None:
        """Send a body until it is acknowledged."""
        self._queue.put(json.dumps(payload).encode())

    def post(self, body: bytes, secret: str | None = None) -> int:
        """Send a body once; the status. Raises httpx.HTTPError where nobody answers."""
        key = (self._secret if secret is None else secret).encode()
        signature = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": signature, "Content-Type": "application/json"}
        return self._client.post(self._url, content=body, headers=headers).status_code

    def settle(self, seconds: float) -> None:
        """Wait until nothing is left to be sent. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while self._queue.unfinished_tasks:
            if time.monotonic() > end:
                raise TimeoutError(f"{self._queue.unfinished_tasks} webhooks were not acknowledged")
            time.sleep(0.01)

    def _work(self) -> None:
        while (body := self._queue.get()) is not None:
            wait = _FIRST_WAIT
            while not self._stopped.is_set() and not self._acknowledged(body):
                self._stopped.wait(wait)
                wait = min(_LONGEST_WAIT, wait * 2)
            self._queue.task_done()

    def _acknowledged(self, body: bytes) -> bool:
        try:
            return self.post(body) == 200
        except httpx.HTTPError:
            return False
