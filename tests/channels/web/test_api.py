"""The web channel's API, as its contract has it and as people misuse it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from channels.queue.deferrer import Deferrer
from channels.web import build_web_router
from channels.web.api import MAX_BODY
from store.tables import Person
from tests.channels.conftest import World
from tests.channels.engines import says

HERE = "/channels/web/amina-1/messages"

OPTIONS = [
    {
        "id": f"o{n}",
        "title_key": "details",
        "title_args": {"title": title},
        "intent": "course_details",
        "entities": [{"entity": "ordinal", "value": n}],
    }
    for n, title in enumerate(["Excel", "Google IT Support Professional Certificate", "Python", "Word"])
]


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(build_web_router(world.database, world.deferrer, world.renderer))
    with TestClient(app) as client:
        yield client


def answered(world: World, count: int = 1, sender: str = "amina-1") -> None:
    world.work_until(lambda: len(world.replies(sender)) >= count)


def test_a_conversation(world: World, client: TestClient) -> None:
    assert client.get(HERE, params={"after": 0}).json() == {"messages": []}
    assert client.post(HERE, json={"id": "1", "text": "je cherche une formation"}).status_code == 202
    answered(world)
    assert client.get(HERE, params={"after": 0}).json() == {
        "messages": [
            {"n": 1, "from": "bot", "text": "Vous avez dit : je cherche une formation", "options": []}
        ]
    }
    assert client.get(HERE, params={"after": 1}).json() == {"messages": []}


def test_the_same_id_is_stored_once_and_only_within_its_session(world: World, client: TestClient) -> None:
    for _ in range(3):
        assert client.post(HERE, json={"id": "1", "text": "un"}).status_code == 202
    assert client.post("/channels/web/other/messages", json={"id": "1", "text": "deux"}).status_code == 202
    answered(world)
    answered(world, sender="other")
    assert world.texts("amina-1") == ["Vous avez dit : un"]
    assert world.texts("other") == ["Vous avez dit : deux"]


def test_options_are_offered_and_picked(world: World, client: TestClient) -> None:
    world.engine.answering = lambda _: says({"reply": "hello", "args": {}, "options": OPTIONS[:2]})
    client.post(HERE, json={"id": "1", "text": "je cherche une formation"})
    answered(world)
    (message,) = client.get(HERE).json()["messages"]
    assert message["options"][0] == {"id": "o0", "title": "Détails de Excel"}
    assert client.post(HERE, json={"id": "2", "option": "o0"}).status_code == 202
    answered(world, 2)
    assert world.engine.asked[1]["option"] == {
        "intent": "course_details",
        "entities": [{"entity": "ordinal", "value": 0}],
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 10_000,
        "\0\x01\x1b[31m",
        "\u202eevil\u2066",
        "👩‍💻👍🏽",
        "/restart",
        "\ud83d",
        '{"a": 1}',
        "a\nb\r\nc",
    ],
)
def test_any_text_is_answered(world: World, client: TestClient, text: str) -> None:
    body = json.dumps({"id": "1", "text": text}).encode()
    assert client.post(HERE, content=body, headers={"Content-Type": "application/json"}).status_code == 202
    answered(world)
    (message,) = client.get(HERE).json()["messages"]
    assert len(message["text"]) < 2_100


BAD: list[Any] = [
    {},
    [],
    "text",
    {"id": "1"},
    {"text": "x"},
    {"id": "", "text": "x"},
    {"id": "x" * 129, "text": "x"},
    {"id": "a\u0000b", "text": "x"},
    {"id": True, "text": "x"},
    {"id": ["1"], "text": "x"},
    {"id": "1", "text": 5},
    {"id": "1", "text": ["x"]},
    {"id": "1", "option": ""},
    {"id": "1", "option": {"id": "x"}},
    {"id": "1", "text": "x", "option": "y"},
]


@pytest.mark.parametrize("body", BAD, ids=repr)
def test_bad_input_is_told_what_is_wrong(client: TestClient, world: World, body: Any) -> None:
    answer = client.post(HERE, json=body)
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str)
    assert world.replies("amina-1") == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 50_000, b'{"id": "1", "text": "\xff"}'])
def test_what_is_not_json_is_refused(client: TestClient, content: bytes) -> None:
    answer = client.post(HERE, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_a_body_is_limited(client: TestClient) -> None:
    assert client.post(HERE, json={"id": "1", "text": "x" * MAX_BODY}).status_code == 413


def test_a_form_of_another_site_is_refused(client: TestClient) -> None:
    body = json.dumps({"id": "1", "text": "x"})
    assert client.post(HERE, content=body, headers={"Content-Type": "text/plain"}).status_code == 415


@pytest.mark.parametrize("session", ["a" * 129, "é", "a%20b", "%00", "-a", "a:b", "..%2f"])
def test_sessions_have_plain_names(client: TestClient, session: str) -> None:
    def is_refused(answer: Response) -> bool:
        return answer.status_code in (404, 405, 422)

    assert is_refused(client.get(f"/channels/web/{session}/messages"))
    assert is_refused(client.post(f"/channels/web/{session}/messages", json={"id": "1", "text": "x"}))


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=99999999999", "as=fax"])
def test_bad_questions_are_refused(client: TestClient, query: str) -> None:
    assert client.get(f"{HERE}?{query}").status_code == 422


def test_nothing_is_made_by_looking(client: TestClient, world: World) -> None:
    client.get(HERE, params={"as": "sms"})
    with world.database.session() as session:
        assert session.query(Person).count() == 0


def test_what_was_not_stored_is_not_acknowledged(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ConnectionError("the database is away")

    monkeypatch.setattr(Deferrer, "turn", fail)
    assert client.post(HERE, json={"id": "1", "text": "x"}).status_code == 503


def seen_as(client: TestClient, channel: str) -> dict[str, Any]:
    content = client.get(HERE, params={"as": channel}).json()
    assert content["typing"] is False
    message: dict[str, Any] = content["messages"][-1]
    return message


def test_the_same_message_as_each_channel_shows_it(client: TestClient, world: World) -> None:
    world.engine.answering = lambda _: says({"reply": "hello", "args": {}, "options": OPTIONS})
    client.post(HERE, json={"id": "1", "text": "je cherche une formation"})
    answered(world)
    whatsapp, telegram, sms = (seen_as(client, channel) for channel in ("whatsapp", "telegram", "sms"))
    assert (whatsapp["form"], telegram["form"], sms["form"]) == ("list", "buttons", "numbers")
    assert whatsapp["text"] == "Bonjour ! Que cherchez-vous ?"
    assert whatsapp["button"] == "Choisir"
    assert whatsapp["options"][1] == {
        "id": "o1",
        "title": "Détails de Google IT Su…",
        "description": "Détails de Google IT Support Professional Certificate",
    }
    assert (whatsapp["segments"], whatsapp["encoding"]) == (None, None)
    assert sms["text"] == "Que cherchez-vous ?\n1. Détails\n2. Détails\n3. Détails\n4. Détails"
    assert (sms["segments"], sms["encoding"], sms["direction"]) == (1, "GSM-7", "ltr")


def test_an_earlier_message_keeps_its_variety(client: TestClient, world: World) -> None:
    world.engine.answering = lambda _: says({"reply": "echo", "args": {"text": "Excel"}}, variety="ar")
    client.post(HERE, json={"id": "1", "text": "أريد دورة في إكسيل"})
    answered(world)
    world.engine.answering = lambda _: says({"reply": "echo", "args": {"text": "Excel"}}, variety="fr")
    client.post(HERE, json={"id": "2", "text": "je préfère parler en français"})
    answered(world, 2)
    first, second = client.get(HERE, params={"as": "telegram"}).json()["messages"]
    assert (first["text"], first["direction"]) == ("قلت: \u2068Excel\u2069", "rtl")
    assert (second["text"], second["direction"]) == ("Vous avez dit : Excel", "ltr")
    short = client.get(HERE, params={"as": "sms"}).json()["messages"][0]
    assert (short["text"], short["encoding"]) == ("قلت: Excel", "UCS-2")


def test_the_look_of_an_sms_has_the_words_an_sms_has(client: TestClient, world: World) -> None:
    world.engine.answering = lambda _: says({"reply": "long-story", "args": {"name": "Sara"}})
    client.post(HERE, json={"id": "1", "text": "dites-moi tout"})
    answered(world)
    [short] = client.get(HERE, params={"as": "sms"}).json()["messages"]
    assert (short["text"], short["segments"]) == ("Lisez bien, Sara.", 1)
    [whole] = client.get(HERE, params={"as": "whatsapp"}).json()["messages"]
    assert whole["text"].endswith("Sara : lisez bien.")


def test_typing_is_shown_until_the_answer(client: TestClient, world: World) -> None:
    client.post(HERE, json={"id": "1", "text": "un"})
    assert client.get(HERE, params={"as": "web"}).json() == {"messages": [], "typing": True}
    answered(world)
    assert client.get(HERE, params={"as": "web"}).json()["typing"] is False


def test_a_conversation_that_was_erased_begins_again(client: TestClient, world: World) -> None:
    client.post(HERE, json={"id": "1", "text": "un"})
    answered(world)
    assert [m["n"] for m in client.get(HERE, params={"after": 12}).json()["messages"]] == [1]
