"""The real engine with a stand-in for the action server, which can be told to fail."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from takwin.compose.engine_process import EngineConfig, free_port
from takwin.model.model import ENGINE_PYTHON, current_model
from takwin.settings import ROOT
from takwin.stores import psycopg2_url

SECRET = "the secret of the engine's tests, long enough"


class ActionStandIn:
    """Answers every action with one reply that names it; fails while `failing` is set.

    `sets` are the slots that an action sets, by its name.
    """

    def __init__(self) -> None:
        self.failing = False
        self.sets: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.port = free_port()
        app = FastAPI()

        @app.post("/actions")
        async def run(request: Request) -> JSONResponse:
            call = await request.json()
            name = call["next_action"]
            self.calls.append(name)
            if self.failing:
                return JSONResponse({"error": "down"}, status_code=500)
            if name.startswith("validate_"):
                return JSONResponse({"events": [], "responses": []})
            custom = {
                "reply": name,
                "args": {"entities": call["tracker"]["latest_message"]["entities"]},
                "options": [],
            }
            slots = self.sets.get(name, {})
            events = [{"event": "slot", "name": slot, "value": value} for slot, value in slots.items()]
            return JSONResponse({"events": events, "responses": [{"custom": custom}]})

        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> ActionStandIn:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(5)


class TurnClient:
    """Posts turns as the app does, or not quite as it does."""

    def __init__(self, url: str) -> None:
        self.url = url + "/webhooks/takwin/turn"
        self.understanding = url + "/webhooks/takwin/understanding"
        self.health = url + "/webhooks/takwin/health"

    def post(
        self, body: dict[str, Any], *, secret: str | None = SECRET, url: str | None = None
    ) -> httpx.Response:
        raw = json.dumps(body).encode()
        headers = {}
        if secret is not None:
            headers["X-Takwin-Signature"] = (
                "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
            )
        return httpx.post(url or self.url, content=raw, headers=headers, timeout=30.0, trust_env=False)

    def say(self, person_id: str, message_id: str, text: str, **marks: bool) -> httpx.Response:
        return self.post(said(person_id, message_id, text, **marks))

    def understand(self, person_id: str, message_id: str, text: str, **marks: bool) -> httpx.Response:
        return self.post(said(person_id, message_id, text, **marks), url=self.understanding)


def said(person_id: str, message_id: str, text: str, **marks: bool) -> dict[str, Any]:
    """The body of a message in words."""
    return {"person_id": person_id, "message_id": message_id, "channel": "web", "text": text, **marks}


@contextmanager
def running_engine(
    tracker_url: str, actions_port: int, folder: Path, module: str = "bot.serve"
) -> Iterator[TurnClient]:
    model = current_model()
    assert model is not None, "no trained model for the present data: run `make train`"
    config = EngineConfig(
        model=model,
        port=free_port(),
        secret=SECRET,
        actions_url=f"http://127.0.0.1:{actions_port}/actions",
        tracker_url=psycopg2_url(tracker_url),
        log_file=folder / "engine.log",
    )
    with config.log_file.open("wb") as log:
        process = subprocess.Popen(
            [str(ENGINE_PYTHON), "-m", module, "--model", str(model), "--port", str(config.port)],
            cwd=ROOT,
            env=config.environment(),
            stdout=log,
            stderr=log,
        )
    try:
        _wait_ready(config, process)
        yield TurnClient(config.url)
    finally:
        process.terminate()
        process.wait(20)


def _wait_ready(config: EngineConfig, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, config.log_file.read_text()[-2000:]
        try:
            if (
                httpx.get(config.url + "/webhooks/takwin/health", trust_env=False).status_code
                == httpx.codes.OK
            ):
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise TimeoutError(config.log_file.read_text()[-2000:])
