"""The route: who is let in, what is stored, what is answered."""

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.channels.simulators.telegram import TelegramSimulator
from tests.channels.telegram import updates as of
from tests.channels.telegram.conftest import SECRET, Gate, eventually
from tests.channels.telegram.test_inbound import UPDATES


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET.upper(), "سر".encode()])
def test_without_the_secret_nothing_is_taken(gate: Gate, secret: str | bytes | None) -> None:
    assert gate.post(of.message(text="salam"), secret).status_code == 403
    assert gate.inbound() == []


def test_a_message_is_stored_and_acknowledged(gate: Gate) -> None:
    assert gate.post(of.message(text="سلام 👋")).status_code == 200
    (stored,) = gate.inbound()
    assert (stored.text, stored.channel, stored.provider) == ("سلام 👋", "telegram", "telegram")
    assert stored.state == "received"


def test_an_update_again_is_stored_once(gate: Gate) -> None:
    for _ in range(3):
        assert gate.post(of.message(text="salam")).status_code == 200
    assert len(gate.inbound()) == 1


def test_the_same_number_in_another_chat_is_another_message(gate: Gate) -> None:
    gate.post(of.message(text="salam"))
    gate.post(of.message(text="salam", chat={"id": 77, "type": "private"}))
    assert len(gate.inbound()) == 2


def test_an_edit_is_no_new_message(gate: Gate) -> None:
    gate.post(of.message(text="salam"))
    edit = {
        "update_id": 5,
        "edited_message": {**of.message(text="salam!")["message"], "edit_date": 1764100009},
    }
    assert gate.post(edit).status_code == 200
    assert [message.text for message in gate.inbound()] == ["salam"]


def test_media_is_kept_for_the_adviser(gate: Gate) -> None:
    gate.post(of.message(voice=of.VOICE))
    (stored,) = gate.inbound()
    assert stored.media == {"kind": "voice", "reference": of.FILE["file_id"], "mime_type": "audio/ogg"}
    assert stored.flagged


def test_a_press_is_stored_and_answered(gate: Gate, telegram: TelegramSimulator) -> None:
    update = telegram.callback(of.CHAT, "a8Kx_2-Q")
    assert gate.post(update).status_code == 200
    (stored,) = gate.inbound()
    assert stored.option == {"id": "a8Kx_2-Q"}
    eventually(lambda: telegram.answered == [update["callback_query"]["id"]])


def test_a_forged_or_old_press_is_answered_too(gate: Gate, telegram: TelegramSimulator) -> None:
    for update in (
        of.callback(data="someone else's"),
        of.callback(data=None, id="5"),
        of.callback(message=None, id="6"),
    ):
        assert gate.post(update).status_code == 200
    answers = {"4382bfdwdsb323b2d9", "5", "6"}
    eventually(lambda: {params.get("callback_query_id") for _, params in telegram.calls} == answers)
    assert [message.option for message in gate.inbound()] == [{"id": "someone else's"}, {"id": "a8Kx_2-Q"}]


def test_telegram_away_does_not_keep_a_press_from_being_taken(
    gate: Gate, telegram: TelegramSimulator
) -> None:
    telegram.stop()
    assert gate.post(of.callback()).status_code == 200
    assert len(gate.inbound()) == 1


def test_who_blocks_us_gets_no_more_until_they_unblock(gate: Gate) -> None:
    gate.post(of.message(text="salam"))
    for status, before, state in (("kicked", "member", "blocked"), ("member", "kicked", "active")):
        assert gate.post(of.membership(status, before)).status_code == 200
        (address,) = gate.addresses()
        assert address.state == state


def test_somebody_unknown_who_blocks_us_stays_unknown(gate: Gate) -> None:
    assert gate.post(of.membership("kicked")).status_code == 200
    assert gate.addresses() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'{"message": {"chat": {"id": NaN}}}',
        b'{"message": {"chat": {"id": ' + b"9" * 5000 + b"}}}",
        b"[" * 60_000,
        b'{"a":' * 20_000,
        "{'é'".encode("latin-1"),
        b"\x1f\x8b\x08\x00",
    ],
)
def test_what_is_no_update_is_acknowledged_or_telegram_would_send_it_for_ever(
    gate: Gate, body: bytes
) -> None:
    assert gate.post(body).status_code == 200
    assert gate.inbound() == []


def test_a_body_too_long_is_refused(gate: Gate) -> None:
    assert gate.post(b" " * (128 * 1024 + 1)).status_code == 413


def test_a_message_of_the_longest_text_fits(gate: Gate) -> None:
    update = json.dumps(of.message(text="\U0001f600" * 2048), ensure_ascii=True).encode()
    assert gate.post(update).status_code == 200
    assert len(gate.inbound()) == 1


@pytest.mark.parametrize("bad", ["\\u0000", "\\ud83d", "\\udc00\\ud83d"])
def test_what_the_store_cannot_keep_is_replaced(gate: Gate, bad: str) -> None:
    for number, update in enumerate(
        [
            of.message(text="salam @", message_id=1, **{"from": {**of.WRITER, "first_name": "A@"}}),
            of.message(voice={**of.VOICE, "file_id": "a@"}, message_id=2),
            of.callback(data="@", id="9@"),
        ]
    ):
        assert gate.post(json.dumps(update).replace("@", bad).encode()).status_code == 200
        assert len(gate.inbound()) == number + 1


def test_a_store_that_is_away_is_a_503_so_that_telegram_sends_again(
    gate: Gate, telegram: TelegramSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = telegram.callback(of.CHAT, "a8Kx_2-Q")
    with monkeypatch.context() as away:
        away.setattr(gate.database, "session", lambda: (_ for _ in ()).throw(OSError()))
        assert gate.post(update).status_code == 503
    assert telegram.answered == []
    assert gate.post(update).status_code == 200
    assert len(gate.inbound()) == 1
    eventually(lambda: len(telegram.answered) == 1)


def test_no_words_and_no_ids_in_the_log(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gate.post(of.message(text="my secret words"))
    gate.post(of.callback(data="forged"))
    gate.post(b'{"my secret words')
    gate.post(of.message(text="my secret words", chat={"id": -4, "type": "group"}))
    said = "\n".join(
        r.getMessage() for r in caplog.records if not r.name.startswith(("asyncio", "sqlalchemy"))
    )
    assert "telegram-unreadable" in said
    assert "telegram-chat-not-private" in said
    for secret in ("my secret words", str(of.CHAT), SECRET, "AAE-simulated_token", "forged"):
        assert secret not in said


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(UPDATES | st.binary(max_size=50))
def test_nothing_with_the_secret_is_a_500(gate: Gate, update: dict[str, object] | bytes) -> None:
    body = update if isinstance(update, bytes) else json.dumps(update, default=str).encode("utf-8", "replace")
    assert gate.post(body).status_code == 200
