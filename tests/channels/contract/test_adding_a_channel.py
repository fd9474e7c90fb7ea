"""docs/adding/channel.md, followed: its code makes a channel through which a person is answered."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from channels.contract import capabilities
from channels.delivery import outbox
from channels.delivery.outbox import Outbox
from channels.intake import inbox
from channels.intake.webhook import Webhook
from channels.turn import turn
from takwin.compose.engine_process import free_port
from tests.channels.conftest import TRIES, World

PAGE = Path(__file__).parents[3] / "docs" / "adding" / "channel.md"
TOKEN = "a token of the pager's"
IMPORTS = """
import hmac
import json
from datetime import UTC, datetime
from typing import Any
import httpx
from fastapi import APIRouter, Request, Response
from channels.contract.messages import SMS, Capabilities, Inbound, Outbound, Refusal
from channels.intake.webhook import Webhook
from channels.contract.errors import Ambiguous, GiveUp, RetryLater
from channels.contract.provider import Limits, Provider, Sent
"""


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=free_port(), log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.config.port}"
    server.should_exit = True
    thread.join()


def code_of_the_page() -> dict[str, Any]:
    found: dict[str, Any] = {}
    exec(
        IMPORTS + "\n".join(re.findall(r"```python \w+\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)), found
    )
    return found


class Pager:
    """The service: keeps what it is given, answers as told."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.app = FastAPI()

        @self.app.post("/send")
        async def send(request: Request) -> Response:
            status = self.statuses.pop(0) if self.statuses else 200
            if status == 200:
                self.sent.append(await request.json())
            return Response('{"id": "p-1"}', status, {"Retry-After": "0"}, "application/json")


@pytest.fixture
def pager(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    page = code_of_the_page()
    known = {**capabilities.CAPABILITIES, "pager": page["PAGER"]}
    for module in (inbox, outbox, turn):
        monkeypatch.setattr(module, "CAPABILITIES", known)
    service = Pager()
    with served(service.app) as url:
        provider = page["build"](f"{url}/send", TOKEN, Webhook(world.database, world.deferrer))
        world.outbox = Outbox(world.database, {"pager": provider}, tries=TRIES)
        app = FastAPI()
        app.include_router(provider.router)
        yield SimpleNamespace(client=TestClient(app), service=service)


def post(pager: SimpleNamespace, token: str = TOKEN, **body: Any) -> int:
    answer = pager.client.post("/channels/pager", json=body, headers={"X-Pager-Token": token})
    return int(answer.status_code)


def test_a_person_is_answered_once_however_often_the_call_comes(world: World, pager: SimpleNamespace) -> None:
    for _ in range(2):
        assert post(pager, id="1", **{"from": "amina", "text": "je cherche une formation"}) == 200
    world.work_until(lambda: bool(pager.service.sent) and world.outbox_is_empty("pager"))
    (sent,) = pager.service.sent
    assert (sent["to"], sent["text"]) == ("amina", "Vous avez dit : je cherche une formation")
    (reply,) = world.replies(channel="pager")
    assert (str(reply.id), reply.provider_message_id) == (sent["reference"], "p-1")


def test_a_call_without_the_token_is_refused(world: World, pager: SimpleNamespace) -> None:
    assert post(pager, token="another", id="1", **{"from": "amina", "text": "salam"}) == 403
    assert world.replies(channel="pager") == []


def test_a_body_of_nothing_is_acknowledged(pager: SimpleNamespace) -> None:
    assert post(pager, nothing="here") == 200


@pytest.mark.parametrize(("statuses", "state"), [([429, 503], "sent"), ([410], "failed")])
def test_errors_have_their_policy(
    world: World, pager: SimpleNamespace, statuses: list[int], state: str
) -> None:
    pager.service.statuses = statuses
    post(pager, id="1", **{"from": "amina", "text": "je cherche une formation"})
    world.work_until(lambda: world.outbox_is_empty("pager"))
    assert [message.delivery_state for message in world.replies(channel="pager")] == [state]
