"""The way out, against a simulated Graph API: what each answer, or none, means for the message."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from channels.contract.errors import Ambiguous, GiveUp, RetryLater
from channels.contract.messages import Option, Outbound
from channels.contract.provider import Reader, Sent
from channels.meta import CloudSender, Config
from tests.channels.simulators.whatsapp import WhatsAppSimulator
from tests.channels.simulators.whatsapp_server import Pace

NUMBER = "212612345678"
TEXT = "كلام بين وبينك"


@pytest.fixture
def meta() -> Iterator[WhatsAppSimulator]:
    with WhatsAppSimulator() as simulator:
        yield simulator


def config(meta: WhatsAppSimulator, **more: Any) -> Config:
    return Config(**{"api_url": meta.api_url, **meta.credentials, **more})


def outbound(number: int = 1, **more: Any) -> Outbound:
    return Outbound(f"m-{number}", "whatsapp", more.pop("to", NUMBER), more.pop("text", TEXT), **more)


def send(settings: Config, *messages: Outbound) -> list[Sent]:
    async def once() -> list[Sent]:
        sender = CloudSender(settings)
        try:
            return [await sender.send(message) for message in messages]
        finally:
            await sender.close()

    return asyncio.run(once())


def test_a_message_that_meta_takes(meta: WhatsAppSimulator) -> None:
    assert send(config(meta), outbound(1), outbound(2)) == [Sent(taken.wamid) for taken in meta.sent]
    assert [taken.message_id for taken in meta.sent] == ["m-1", "m-2"]
    assert meta.sent[0].payload["text"]["body"] == TEXT


def test_buttons_that_meta_takes(meta: WhatsAppSimulator) -> None:
    options = (Option("a", "نعم", "affirm"), Option("b", "لا", "deny"))
    send(config(meta), outbound(options=options, kind="buttons"))
    assert meta.sent[0].payload["type"] == "interactive"


def test_one_sender_serves_one_event_loop_after_another(meta: WhatsAppSimulator) -> None:
    sender = CloudSender(config(meta))
    for number in (1, 2, 3):
        asyncio.run(sender.send(outbound(number)))
    assert len(meta.sent) == 3


def test_another_token(meta: WhatsAppSimulator) -> None:
    with pytest.raises(RetryLater, match="meta-190") as caught:
        send(config(meta, access_token="another"), outbound())
    assert not caught.value.counts
    assert caught.value.after == 300.0


def test_a_number_that_is_not_ours(meta: WhatsAppSimulator) -> None:
    with pytest.raises(RetryLater, match="meta-100") as caught:
        send(config(meta, phone_number_id="1"), outbound())
    assert not caught.value.counts


@pytest.mark.parametrize(
    ("header", "after"), [("30", 30.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", 5.0), (None, 5.0)]
)
def test_a_limit(meta: WhatsAppSimulator, header: str | None, after: float) -> None:
    meta.fail(130429, 429, retry_after=header)
    with pytest.raises(RetryLater, match="meta-130429") as caught:
        send(config(meta), outbound())
    assert (caught.value.after, caught.value.counts) == (after, False)
    assert meta.sent == []


def test_the_limits_of_the_simulator_are_metas(meta: WhatsAppSimulator) -> None:
    meta.pace = Pace(burst=2, every=3600)
    with pytest.raises(RetryLater, match="meta-131056"):
        send(config(meta), *(outbound(number) for number in range(3)))
    send(config(meta), outbound(to="212600000000"))
    assert len(meta.sent) == 3


def test_a_refusal(meta: WhatsAppSimulator) -> None:
    meta.fail(131026)
    with pytest.raises(GiveUp, match="meta-131026") as caught:
        send(config(meta), outbound())
    assert caught.value.refusal is not None
    assert caught.value.refusal.state == "unreachable"


def test_taken_but_never_answered(meta: WhatsAppSimulator) -> None:
    meta.hang()
    with pytest.raises(Ambiguous):
        send(config(meta, total_timeout=1.5), outbound())
    assert [taken.message_id for taken in meta.sent] == ["m-1"]


def test_taken_and_the_connection_lost(meta: WhatsAppSimulator) -> None:
    meta.drop()
    with pytest.raises(Ambiguous):
        send(config(meta), outbound())
    assert len(meta.sent) == 1


@pytest.mark.parametrize("status", [500, 502, 504])
def test_somebody_in_between_gave_up(meta: WhatsAppSimulator, status: int) -> None:
    meta.answer(status, b"<html>Bad Gateway</html>")
    with pytest.raises(Ambiguous):
        send(config(meta), outbound())


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v23.0"
    settings = Config("1", "s", "v", "t", api_url=url)
    with pytest.raises(RetryLater, match="meta-unreachable") as caught:
        send(settings, outbound())
    assert not isinstance(caught.value, Ambiguous)
    assert not caught.value.counts


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("nowhere", "t"),
        ("http://127.0.0.1:1/v23.0", "a\ntoken"),
        ("http://127.0.0.1:1", "jeton é"),
        ("http://[", "t"),
    ],
)
def test_settings_that_no_request_can_carry(url: str, token: str) -> None:
    with pytest.raises(RetryLater) as caught:
        send(Config("1", "s", "v", token, api_url=url), outbound())
    assert not isinstance(caught.value, Ambiguous)
    assert not caught.value.counts


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"messages": []}', b'{"messages": [7]}', b'{"messages": [{"id": 7}]}']
)
def test_taken_without_an_id_is_taken(meta: WhatsAppSimulator, body: bytes) -> None:
    meta.answer(200, body)
    assert send(config(meta), outbound()) == [Sent(None)]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"error": 7}', b'{"error": {"code": true}}', b"[" * 100_000])
def test_errors_without_a_code(meta: WhatsAppSimulator, body: bytes) -> None:
    meta.answer(400, body)
    with pytest.raises(GiveUp, match="meta-http-400"):
        send(config(meta), outbound())


def test_read_receipts(meta: WhatsAppSimulator) -> None:
    async def once() -> None:
        sender = CloudSender(config(meta))
        assert isinstance(sender, Reader)
        await sender.mark_read("wamid.in", NUMBER)
        await sender.close()

    asyncio.run(once())
    assert meta.read == [
        {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": "wamid.in",
            "typing_indicator": {"type": "text"},
        }
    ]


@pytest.mark.parametrize(
    "more", [{"access_token": "another"}, {"api_url": "http://127.0.0.1:1"}, {"api_url": "http://["}]
)
def test_a_read_receipt_raises_nothing(meta: WhatsAppSimulator, more: dict[str, str]) -> None:
    asyncio.run(CloudSender(config(meta, **more)).mark_read("wamid.in", NUMBER))
    assert meta.read == []


def test_nothing_personal_is_logged(meta: WhatsAppSimulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")
    caplog.set_level(logging.DEBUG, logger="httpcore")
    meta.fail(131026)
    with pytest.raises(GiveUp) as caught:
        send(config(meta), outbound())
    logged = "\n".join(record.getMessage() for record in caplog.records) + str(caught.value)
    assert "meta-131026" in logged
    for secret in (NUMBER, TEXT):
        assert secret not in logged


def test_secrets_are_not_shown() -> None:
    shown = repr(Config("1", "a secret", "a word", "a token"))
    assert all(secret not in shown for secret in ("a secret", "a word", "a token"))
