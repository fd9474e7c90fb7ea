"""The routes: who is let in, what is stored, what is answered."""

import json
from urllib.parse import urlencode
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.conversations import conversations, deliveries
from store.conversations.outbound import OutboundRecord, store_unprompted
from store.people import people
from tests.channels.kannel.conftest import TOKEN, Gate

ROUTE = "/channels/sms"
MESSAGE = {"from": "0612345678", "to": "3434", "text": "سلام, é", "id": "m1"}


@pytest.mark.parametrize(
    "call",
    [
        {"method": "GET", "params": {**MESSAGE, "token": TOKEN}},
        {"method": "POST", "params": {**MESSAGE, "token": TOKEN}},
        {"method": "POST", "data": {**MESSAGE, "token": TOKEN}},
        {"method": "POST", "params": {"token": TOKEN}, "data": MESSAGE},
        {"method": "POST", "params": {"token": TOKEN}, "json": MESSAGE},
        {"method": "POST", "headers": {"Authorization": f"Bearer {TOKEN}"}, "data": MESSAGE},
    ],
)
def test_a_message_is_stored_and_acknowledged(gate: Gate, call: dict[str, object]) -> None:
    answer = gate.client.request(url=ROUTE, **call)  # type: ignore[arg-type]
    assert (answer.status_code, answer.text) == (200, "")
    (stored,) = gate.inbound()
    assert (stored.text, stored.channel, stored.provider) == ("سلام, é", "sms", "sms-gateway")


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", TOKEN.upper(), "تكوين"])
@pytest.mark.parametrize("route", [ROUTE, f"{ROUTE}/report"])
def test_without_the_token_nothing_is_taken(gate: Gate, route: str, token: str | None) -> None:
    said = MESSAGE if token is None else {**MESSAGE, "token": token}
    assert gate.client.get(route, params=said).status_code == 403
    assert gate.client.post(route, data=said).status_code == 403
    assert gate.inbound() == []


def test_a_message_again_is_stored_once(gate: Gate) -> None:
    for _ in range(3):
        assert gate.client.get(ROUTE, params={**MESSAGE, "token": TOKEN}).status_code == 200
    assert len(gate.inbound()) == 1


def test_a_body_too_long_is_refused(gate: Gate) -> None:
    answer = gate.client.post(ROUTE, params={"token": TOKEN}, content=b"x" * (128 * 1024 + 1))
    assert answer.status_code == 413


def test_a_store_that_is_away_is_a_503_so_that_the_gateway_tries_again(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(gate.database, "session", lambda: (_ for _ in ()).throw(OSError()))
        assert gate.client.get(ROUTE, params={**MESSAGE, "token": TOKEN}).status_code == 503
    assert gate.client.get(ROUTE, params={**MESSAGE, "token": TOKEN}).status_code == 200
    assert len(gate.inbound()) == 1


def sent_message(gate: Gate) -> str:
    with gate.database.session() as session:
        person = people.find_or_create(session, "sms", "+212612345678")
        conversation = conversations.open_conversation(session, person.id, "sms")
        (message,) = store_unprompted(session, conversation.id, [OutboundRecord(("x",), "Salam")])
        deliveries.record_delivery(session, message.id, "sending")
        return str(message.id)


@pytest.mark.parametrize("route", [ROUTE, f"{ROUTE}/report"])
def test_reports_move_a_delivery_forward_only(gate: Gate, route: str) -> None:
    message_id = sent_message(gate)
    states = []
    for kind in ("8", "1", "4", "2"):
        said = {"token": TOKEN, "message": message_id, "type": kind, "answer": ""}
        assert gate.client.get(route, params=said).status_code == 200
        with gate.database.session() as session:
            states.append(deliveries.find_outbound(session, UUID(message_id)).delivery_state)
    assert states == ["sent", "delivered", "delivered", "delivered"]


def test_a_report_of_no_message_of_ours_is_acknowledged(gate: Gate) -> None:
    for message in ("", "x", "00000000-0000-0000-0000-000000000000"):
        said = {"token": TOKEN, "message": message, "type": "1"}
        assert gate.client.get(f"{ROUTE}/report", params=said).status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*MESSAGE, "time", "coding", "charset", "type", "message", "answer"]), st.text()
    ),
    st.sampled_from(["GET", "FORM", "JSON"]),
)
def test_no_call_with_the_token_is_an_error(gate: Gate, values: dict[str, str], how: str) -> None:
    values = {name: value.encode("utf-8", "replace").decode() for name, value in values.items()}
    before = len(gate.inbound())
    if how == "GET":
        answer = gate.client.get(f"{ROUTE}?{urlencode({**values, 'token': TOKEN})}")
    elif how == "FORM":
        answer = gate.client.post(ROUTE, data={**values, "token": TOKEN})
    else:
        answer = gate.client.post(
            ROUTE,
            params={"token": TOKEN},
            content=json.dumps(values),
            headers={"content-type": "application/json"},
        )
    assert answer.status_code == 200
    if _shows(values.get("from", "")) and _shows(values.get("id", "")) and "text" in values:
        assert len(gate.inbound()) >= max(before, 1)


def _shows(written: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in written)
