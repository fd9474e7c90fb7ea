"""What we send is what a person sees, and what goes wrong becomes a policy; over loopback, with the real library."""

import asyncio
import json
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import Option, Outbound
from channels.telegram.api import Bot, close_bot, open_bot
from channels.telegram.outbound import TelegramSender, keyboard_of, within
from tests.channels.simulators.telegram import TelegramSimulator
from tests.channels.telegram.conftest import config_of, outbound
from tests.channels.telegram.updates import CHAT

_T = TypeVar("_T")


def with_bot(url: str, use: Callable[[Bot], Awaitable[_T]], seconds: float = 5.0) -> _T:
    async def run() -> _T:
        bot = open_bot(config_of(url), seconds)
        try:
            return await use(bot)
        finally:
            await close_bot(bot)

    return asyncio.run(run())


def send(url: str, message: Outbound, seconds: float = 5.0) -> str | None:
    sent = with_bot(url, lambda bot: TelegramSender(bot).send(message), seconds)
    return sent.provider_message_id


def failure(url: str, message: Outbound | None = None, seconds: float = 5.0) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        send(url, message or outbound(), seconds)
    assert caught.value.__suppress_context__
    return caught.value


def options(count: int = 2, ids: str = "a8Kx_2-{}") -> tuple[Option, ...]:
    return tuple(
        Option(ids.format(n), title, "inform")
        for n, title in zip(range(count), ["Rabat", "الدار البيضاء 🌊", *"abcdefghijklmnop"], strict=False)
    )


PLAIN = [
    "Salam! <b>Kayna</b> *formation* _jdida_ [hna](https://x.ma) &amp; `kod`",
    "الدورة \u2068UX Design\u2069 مجانية",
    "/start @takwin_bot #1",
    "👩🏽‍🎓 " * 200,
]


@pytest.mark.parametrize("text", PLAIN)
def test_words_arrive_as_they_are(telegram: TelegramSimulator, text: str) -> None:
    assert send(telegram.url, outbound(text)) == f"{CHAT}:1"
    (seen,) = telegram.seen_by(CHAT)
    assert seen["text"] == text.strip()
    (_, params) = telegram.calls[-1]
    assert "parse_mode" not in params
    assert "entities" not in params
    assert json.loads(params["link_preview_options"]) == {"is_disabled": True}


def test_options_are_buttons_one_under_another(telegram: TelegramSimulator) -> None:
    send(telegram.url, outbound("Chnou?", options=options(12), kind="buttons"))
    rows = telegram.sent[-1]["reply_markup"]["inline_keyboard"]
    assert len(rows) == 12
    assert all(len(row) == 1 for row in rows)
    assert rows[1] == [{"text": "الدار البيضاء 🌊", "callback_data": "a8Kx_2-1"}]


def test_options_that_stand_in_the_text_get_no_buttons() -> None:
    assert keyboard_of(outbound("1. a\n2. b", options=options(), kind="text")) is None


@pytest.mark.parametrize(
    ("ids", "fits"), [("{}" + "x" * 63, True), ("{}" + "x" * 64, False), ("{}" + "ش" * 32, False)]
)
def test_ids_too_long_for_a_button_leave_numbers(telegram: TelegramSimulator, ids: str, fits: bool) -> None:
    send(telegram.url, outbound("Chnou?", options=options(ids=ids), kind="buttons"))
    assert ("reply_markup" in telegram.sent[-1]) is fits
    shown = telegram.sent[-1]["text"].split("\n")
    assert len(shown) == (1 if fits else 3)
    assert fits or shown[1] == "1. Rabat"


@pytest.mark.parametrize("text", ["a" * 4096, "a" * 4097, "😀" * 2048, "a" + "😀" * 2048, "س " * 3000])
def test_no_text_is_too_long_for_telegram(telegram: TelegramSimulator, text: str) -> None:
    send(telegram.url, outbound(text))
    seen = telegram.sent[-1]["text"]
    assert seen == text or (seen.endswith("…") and text.startswith(seen[:-1]))
    assert within(text).encode("utf-16-le").decode("utf-16-le") == within(text)


REFUSALS = [
    (403, "Forbidden: bot was blocked by the user", "telegram-403-blocked", "blocked"),
    (403, "Forbidden: user is deactivated", "telegram-403-user-deactivated", "unreachable"),
    (
        403,
        "Forbidden: bot can't initiate conversation with a user",
        "telegram-403-never-started",
        "unreachable",
    ),
    (403, "Forbidden: something new", "telegram-403", "unreachable"),
    (400, "Bad Request: chat not found", "telegram-400-chat-not-found", "unreachable"),
    (400, "Bad Request: PEER_ID_INVALID", "telegram-400-peer-invalid", "unreachable"),
    (400, "Bad Request: message is too long", "telegram-400-too-long", None),
    (400, "Bad Request: BUTTON_DATA_INVALID", "telegram-400-button-data-invalid", None),
    (400, "Bad Request: message text is empty", "telegram-400-text-empty", None),
    (400, "Bad Request: something new", "telegram-400", None),
]


@pytest.mark.parametrize(("status", "description", "reason", "state"), REFUSALS)
def test_refusals(
    telegram: TelegramSimulator, status: int, description: str, reason: str, state: str | None
) -> None:
    telegram.fail(status=status, description=description)
    error = failure(telegram.url)
    assert type(error) is GiveUp
    assert error.reason == reason
    assert (error.refusal.state if error.refusal else None) == state
    assert telegram.sent == []


def test_people_who_blocked_the_bot(telegram: TelegramSimulator) -> None:
    telegram.member(CHAT, "kicked")
    error = failure(telegram.url)
    assert isinstance(error, GiveUp)
    assert error.refusal is not None
    assert error.refusal.state == "blocked"


def test_a_limit_says_how_long_and_is_tried_once(telegram: TelegramSimulator) -> None:
    telegram.fail(status=429, description="Too Many Requests: retry after 17", retry_after=17)
    error = failure(telegram.url)
    assert type(error) is RetryLater
    assert (error.reason, error.after, error.counts) == ("telegram-429", 17.0, False)
    assert len(telegram.calls) == 1


LATER: list[tuple[dict[str, Any], str, type[RetryLater], bool]] = [
    ({"status": 500}, "telegram-500", RetryLater, True),
    ({"status": 502, "body": b"<html>Bad Gateway</html>"}, "telegram-502", RetryLater, False),
    ({"status": 503, "body": b""}, "telegram-503", RetryLater, False),
    ({"status": 504, "body": b""}, "telegram-504", Ambiguous, True),
    ({"status": 429, "description": "Too Many Requests"}, "telegram-429", RetryLater, False),
    ({"status": 401, "description": "Unauthorized"}, "telegram-token-refused", RetryLater, False),
    ({"status": 404, "description": "Not Found"}, "telegram-token-refused", RetryLater, False),
    ({"status": 413, "body": b"too large"}, "telegram-status", RetryLater, True),
    ({"status": 200, "body": b"<html>", "accepted": True}, "telegram-answer-unreadable", Ambiguous, True),
    (
        {"status": 200, "body": b'{"ok":true}', "accepted": True},
        "telegram-answer-unreadable",
        Ambiguous,
        True,
    ),
    ({"status": 200, "body": b'{"ok":true,"result":{}}'}, "telegram-answer-unreadable", Ambiguous, True),
]


@pytest.mark.parametrize(("answer", "reason", "kind", "counts"), LATER)
def test_what_is_tried_later(
    telegram: TelegramSimulator, answer: dict[str, Any], reason: str, kind: type[RetryLater], counts: bool
) -> None:
    telegram.fail(**answer)
    error = failure(telegram.url)
    assert type(error) is kind
    assert (error.reason, error.counts) == (reason, counts)
    assert len(telegram.calls) == 1


def test_an_answer_that_does_not_come_is_ambiguous(telegram: TelegramSimulator) -> None:
    telegram.fail(accepted=True, seconds=3)
    error = failure(telegram.url, seconds=0.3)
    assert type(error) is Ambiguous
    assert error.reason == "telegram-timeout"
    assert len(telegram.sent) == 1


def test_telegram_away_is_not_ambiguous() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        error = failure(f"http://127.0.0.1:{nobody.getsockname()[1]}")
    assert type(error) is RetryLater
    assert (error.reason, error.counts) == ("telegram-unreachable", False)


@contextmanager
def hanging_up() -> Iterator[str]:
    """A server that reads a request and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            connection.recv(65_536)
            connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def test_a_connection_that_breaks_off_is_ambiguous() -> None:
    with hanging_up() as url:
        error = failure(url)
    assert type(error) is Ambiguous
    assert error.reason == "telegram-broke-off"


@pytest.mark.parametrize("to", ["", "@amina", "42a"])
def test_an_address_that_is_none(to: str) -> None:
    error = failure("http://127.0.0.1:9", outbound(to=to))
    assert type(error) is GiveUp
    assert error.reason == "telegram-address-not-a-number"


def test_nothing_is_said_in_the_log(telegram: TelegramSimulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    send(telegram.url, outbound("my secret words"))
    telegram.fail(status=429, description="Too Many Requests: retry after 1", retry_after=1)
    failure(telegram.url, outbound("my secret words"))
    telegram.fail(status=200, body=b'{"text": "my secret words"', accepted=True)
    failure(telegram.url, outbound("my secret words"))
    said = "\n".join(record.getMessage() for record in caplog.records if record.name != "asyncio")
    for secret in ("my secret words", "AAE-simulated_token", str(CHAT)):
        assert secret not in said
