"""What the operator's commands tell Telegram."""

import asyncio
import re
from pathlib import Path

import pytest

from channels.telegram import Config
from channels.telegram.webhook import (
    WebhookFailed,
    delete_webhook,
    read_commands,
    set_commands,
    set_webhook,
    webhook_info,
)
from tests.channels.simulators.telegram import TelegramSimulator
from tests.channels.telegram.conftest import SECRET, config_of

COMMANDS = Path(__file__).parents[3] / "data" / "telegram" / "commands.json"


def test_set_look_and_delete(telegram: TelegramSimulator) -> None:
    config = config_of(telegram.url)
    assert asyncio.run(webhook_info(config)).url == ""
    url = asyncio.run(set_webhook(config, "https://takwin.example/"))
    assert url == "https://takwin.example/channels/telegram"
    assert telegram.hook == {
        "url": url,
        "secret_token": SECRET,
        "max_connections": 40,
        "drop_pending_updates": "false",
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
    }
    info = asyncio.run(webhook_info(config))
    assert (info.url, info.waiting, info.max_connections) == (url, 0, 40)
    assert info.allowed_updates == ("message", "edited_message", "callback_query", "my_chat_member")
    asyncio.run(delete_webhook(config))
    assert asyncio.run(webhook_info(config)).url == ""
    assert ("deleteWebhook", {"drop_pending_updates": "false"}) in telegram.calls


def test_telegram_says_why_it_refuses(telegram: TelegramSimulator) -> None:
    with pytest.raises(WebhookFailed, match=r"(?i)an https url must be provided"):
        asyncio.run(set_webhook(config_of(telegram.url), "http://takwin.example"))


def test_a_wrong_token_is_said_without_the_token(telegram: TelegramSimulator) -> None:
    config = Config(token="700:wrong", secret_token=SECRET, api_url=telegram.url)
    with pytest.raises(WebhookFailed, match="telegram-token-refused") as caught:
        asyncio.run(webhook_info(config))
    assert "700:wrong" not in str(caught.value)
    assert "700:wrong" not in repr(config)


def test_the_menu_of_commands_in_each_language(telegram: TelegramSimulator) -> None:
    assert set(asyncio.run(set_commands(config_of(telegram.url), COMMANDS))) == {"default", "ar", "fr"}
    assert set(telegram.commands) == {"", "ar", "fr"}
    assert telegram.commands[""] == telegram.commands["fr"]
    names = [[entry["command"] for entry in entries] for entries in telegram.commands.values()]
    assert all(each == names[0] for each in names)


def test_descriptions_are_in_their_language() -> None:
    book = read_commands(COMMANDS)
    for _, description in book["ar"]:
        assert re.search("[\u0621-\u064a]", description)
        assert not re.search("[a-z]", description)


@pytest.mark.parametrize(
    ("token", "secret"), [("", "x"), ("t", ""), ("t", "é"), ("t", "a b"), ("t", "a" * 257)]
)
def test_a_setting_that_telegram_would_refuse(token: str, secret: str) -> None:
    with pytest.raises(ValueError, match="Telegram"):
        Config(token=token, secret_token=secret)
