"""`POST /actions` serves the engine alone, and an error says nothing of what a person wrote."""

import logging
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from actions.base import Turn, Verb
from store.core.database import Database
from takwin.compose.actions import services
from takwin.compose.actions_route import build_actions_router

SECRET = "only the engine knows this, and it is long"


class Greets(Verb):
    action_name = "action_greets"

    def respond(self, turn: Turn) -> None:
        turn.say("greet")


class Breaks(Verb):
    action_name = "action_breaks"

    def respond(self, turn: Turn) -> None:
        raise ValueError(f"could not read {turn.text}")


@pytest.fixture
def client(database: Database) -> TestClient:
    app = FastAPI()
    made = services(database)
    app.include_router(build_actions_router([Greets(made), Breaks(made)], SECRET))
    return TestClient(app)


def call(name: str) -> Mapping[str, Any]:
    tracker = {
        "sender_id": "01a20abc-a7d2-74cb-b2f2-bdef6c0ffee0",
        "slots": {"welcomed": True},
        "latest_message": {"text": "my secret words", "intent": {"name": "greet"}, "entities": []},
        "events": [],
        "paused": False,
        "active_loop": {},
        "latest_action_name": "action_listen",
    }
    return {
        "next_action": name,
        "sender_id": tracker["sender_id"],
        "tracker": tracker,
        "domain": {},
        "version": "3.6.21",
    }


def test_the_engine_gets_its_answer(client: TestClient) -> None:
    answer = client.post("/actions", json=call("action_greets"), headers={"X-Takwin-Engine": SECRET})
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["custom"]["reply"] == "greet"


@pytest.mark.parametrize("headers", [{}, {"X-Takwin-Engine": "guess"}])
def test_nobody_else_does(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/actions", json=call("action_greets"), headers=headers).status_code == 401


def test_a_failure_is_a_500_that_quotes_nobody(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="takwin")
    answer = client.post("/actions", json=call("action_breaks"), headers={"X-Takwin-Engine": SECRET})
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "secret words" not in caplog.text
    assert "ValueError" in caplog.text


def test_an_unknown_action_is_told(client: TestClient) -> None:
    assert (
        client.post("/actions", json=call("action_x"), headers={"X-Takwin-Engine": SECRET}).status_code == 404
    )
