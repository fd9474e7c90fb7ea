"""The webhook with a real database behind it: verified, stored, acknowledged; in that order, and once."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from channels.intake.webhook import Webhook
from channels.meta import Config, build
from channels.meta.routes import MAX_BODY, PATH
from channels.meta.signature import HEADER, sign
from channels.queue.deferrer import Deferrer
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.database import Database
from store.people import addresses
from store.people.lookups import conversation_at
from store.tables import Message
from tests.channels.meta.test_inbound import EXAMPLES
from tests.channels.simulators.whatsapp_events import contact, event, joined, message, status

CONFIG = Config("106540352242922", "the app's secret", "the verify token", "a token")
NUMBER, BSUID = "212612345678", "MA.13491208655302741918"


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(build(CONFIG, Webhook(database, Deferrer())).router)
    with TestClient(app) as opened:
        yield opened


def post(client: TestClient, payload: Any, **headers: str) -> int:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    signed = {HEADER: sign(CONFIG.app_secret, body), **headers}
    return client.post(PATH, content=body, headers=signed).status_code


def said(number: int, text: str = "salam", sender: str = NUMBER, bsuid: str | None = None) -> dict[str, Any]:
    return event(
        CONFIG.phone_number_id,
        contacts=[contact(sender, "Amina", bsuid)],
        messages=[message(sender, f"wamid.{number}", 1763000000 + number, "text", {"body": text})],
    )


def texts(database: Database) -> list[str | None]:
    with database.session() as session:
        return list(
            session.scalars(select(Message.text).where(Message.direction == "in").order_by(Message.n))
        )


def count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


CHALLENGE = {"hub.mode": "subscribe", "hub.verify_token": CONFIG.verify_token, "hub.challenge": "1158201444"}


def test_the_challenge_is_echoed_as_text(client: TestClient) -> None:
    answer = client.get(PATH, params=CHALLENGE)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "params",
    [
        {},
        {**CHALLENGE, "hub.verify_token": "another"},
        {**CHALLENGE, "hub.mode": "unsubscribe"},
        {name: value for name, value in CHALLENGE.items() if name != "hub.challenge"},
    ],
)
def test_others_get_no_echo(client: TestClient, params: dict[str, str]) -> None:
    answer = client.get(PATH, params=params)
    assert answer.status_code == 403
    assert "1158201444" not in answer.text


def test_without_a_verify_token_nobody_is_known(database: Database) -> None:
    app = FastAPI()
    app.include_router(build(Config("1", "", "", ""), Webhook(database, Deferrer())).router)
    with TestClient(app) as opened:
        assert opened.get(PATH, params={**CHALLENGE, "hub.verify_token": ""}).status_code == 403
        assert opened.post(PATH, content=b"{}", headers={HEADER: sign("", b"{}")}).status_code == 403


def test_metas_examples_are_stored_and_acknowledged(client: TestClient, database: Database) -> None:
    for example in EXAMPLES.values():
        assert post(client, example) == 200
    # Meta gave the same id to several of its examples.
    ids = {
        found["id"]
        for example in EXAMPLES.values()
        for found in example["entry"][0]["changes"][0]["value"].get("messages", [])
        if found["type"] != "system"
    }
    assert count(database) == len(ids)


def test_a_body_that_meta_did_not_sign(client: TestClient, database: Database) -> None:
    body = json.dumps(said(1)).encode()
    for headers in ({}, {HEADER: sign("another", body)}, {HEADER: sign(CONFIG.app_secret, body + b" ")}):
        assert client.post(PATH, content=body, headers=headers).status_code == 403
    assert count(database) == 0


def test_a_batch_is_stored_whole_and_by_the_clock(client: TestClient, database: Database) -> None:
    bodies = [said(3, "c"), said(1, "a"), said(2, "b", sender="212600000000"), {"entry": ["?"]}]
    assert post(client, joined(bodies)) == 200
    assert sorted(filter(None, texts(database))) == ["a", "b", "c"]
    with database.session() as session:
        conversation = conversation_at(session, "whatsapp", NUMBER)
        assert conversation is not None
        mine = select(Message.text).where(Message.conversation_id == conversation.id).order_by(Message.n)
        assert list(session.scalars(mine)) == ["a", "c"]


def test_what_comes_twice_is_stored_once(client: TestClient, database: Database) -> None:
    assert [post(client, said(1)) for _ in range(3)] == [200, 200, 200]
    assert texts(database) == ["salam"]


def test_a_number_and_a_business_scoped_id_are_one_person(client: TestClient, database: Database) -> None:
    assert post(client, said(1, bsuid=BSUID)) == 200
    assert post(client, said(2, sender=BSUID)) == 200
    with database.session() as session:
        assert len(set(session.scalars(select(Message.person_id)))) == 1


def test_a_status_moves_our_message_and_its_address(client: TestClient, database: Database) -> None:
    assert post(client, said(1)) == 200
    with database.session() as session:
        question = session.scalars(select(Message)).one()
        answers = [OutboundRecord(reply_keys=("echo",), text=text) for text in ("wa 3likom salam", "w daba?")]
        ours = [each.id for each in store_replies(session, question.id, answers)]
        ids = [str(each) for each in ours]
        person = question.person_id
    for step in ("delivered", "sent", "sent"):
        assert (
            post(
                client,
                event(
                    CONFIG.phone_number_id,
                    statuses=[status(step, "wamid.o", NUMBER, 1763000009, ids[0], None)],
                ),
            )
            == 200
        )
    failed = status("failed", "wamid.p", NUMBER, 1763000009, ids[1], 131026)
    assert post(client, event(CONFIG.phone_number_id, statuses=[failed])) == 200
    with database.session() as session:
        states = [session.get(Message, each) for each in ours]
        assert [(each.delivery_state, each.provider_message_id) for each in states if each] == [
            ("delivered", "wamid.o"),
            ("failed", "wamid.p"),
        ]
        address = addresses.address_on(session, person, "whatsapp")
        assert address is not None
        assert address.state == "unreachable"


def test_a_changed_number_is_no_longer_written_to(client: TestClient, database: Database) -> None:
    assert post(client, said(1)) == 200
    system = {"type": "user_changed_number", "wa_id": "212699999999", "body": "User Amina changed"}
    assert (
        post(
            client,
            event(
                CONFIG.phone_number_id,
                messages=[{"from": NUMBER, "id": "wamid.s", "type": "system", "system": system}],
            ),
        )
        == 200
    )
    with database.session() as session:
        conversation = conversation_at(session, "whatsapp", NUMBER)
        assert conversation is not None
        address = addresses.address_on(session, conversation.person_id, "whatsapp")
        assert address is not None
        assert address.state == "unreachable"
    assert count(database) == 1


def test_without_the_database_meta_is_asked_to_send_it_again(client: TestClient, database: Database) -> None:
    database.close()
    working, database.session = database.session, _broken  # type: ignore[method-assign]
    try:
        assert post(client, said(1)) == 503
    finally:
        database.session = working  # type: ignore[method-assign]
    assert post(client, said(1)) == 200
    assert texts(database) == ["salam"]


def _broken() -> Any:
    raise ConnectionError("the database is away")


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'{"entry": 7}', b"\xff", b"[" * 50_000])
def test_what_meta_would_only_send_again_is_acknowledged(client: TestClient, body: bytes) -> None:
    assert post(client, body) == 200


def test_what_postgresql_refuses_costs_nothing_beside_it(client: TestClient, database: Database) -> None:
    strange = said(1, "sa\0lam \ud83d", sender=NUMBER)
    strange["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["\0"] = float("nan")
    picked = message(
        NUMBER,
        "wamid.\0002",
        1763000000,
        "interactive",
        {"type": "button_reply", "button_reply": {"id": "\0o"}},
    )
    bodies = [strange, event(CONFIG.phone_number_id, messages=[picked]), said(3, "good")]
    assert post(client, joined(bodies)) == 200
    assert sorted(filter(None, texts(database)))[0] == "good"
    assert count(database) == 3


def test_bodies_are_bounded(client: TestClient) -> None:
    large = json.dumps(said(1, "x" * 4096)).encode()
    assert post(client, large + b" " * (MAX_BODY - len(large))) == 200
    assert post(client, large + b" " * (MAX_BODY - len(large) + 1)) == 413


def test_nothing_personal_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    post(
        client,
        joined([said(1, "my secret"), event("1", messages=[]), event(CONFIG.phone_number_id, statuses=[{}])]),
    )
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert "other-number" in logged
    assert "StatusUnread" in logged
    for secret in (NUMBER, "my secret", "Amina", CONFIG.app_secret):
        assert secret not in logged
