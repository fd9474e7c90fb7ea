"""Every call we make, held to the Bot API's machine specification (10.1)."""

import asyncio
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from channels.contract.messages import Option
from channels.telegram.webhook import delete_webhook, set_commands, set_webhook, webhook_info
from tests.channels.simulators.telegram import TelegramSimulator
from tests.channels.telegram.conftest import config_of, outbound
from tests.channels.telegram.test_outbound import send, with_bot
from tests.channels.telegram.test_webhook import COMMANDS
from tests.channels.telegram.updates import CHAT

SPEC = Path(__file__).parents[4] / "shared" / "contract" / "providers" / "telegram_bot_api_10_1.json"

pytestmark = pytest.mark.skipif(not SPEC.is_file(), reason="the specification is not here")

SIMPLE = {
    "String": lambda value: isinstance(value, str),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float),
}


@cache
def spec() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return read


def faults(value: Any, kind: str, where: str) -> list[str]:
    """What is wrong with a value that should be of a type of the specification."""
    if kind in SIMPLE:
        return [] if SIMPLE[kind](value) else [f"{where}: {value!r} is no {kind}"]
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        if not isinstance(value, list):
            return [f"{where} is no array"]
        return [fault for n, each in enumerate(value) for fault in faults(each, inner, f"{where}[{n}]")]
    return faults_of_fields(value, spec()["types"][kind].get("fields", []), where)


def faults_of_fields(values: Any, fields: list[dict[str, Any]], where: str) -> list[str]:
    if not isinstance(values, dict):
        return [f"{where} is no object"]
    known = {field["name"]: field for field in fields}
    found = [f"{where}.{name} is not in the specification" for name in values if name not in known]
    found += [
        f"{where}.{n} is missing" for n, field in known.items() if field["required"] and n not in values
    ]
    for name, value in values.items():
        if name in known:
            each = [faults(value, kind, f"{where}.{name}") for kind in known[name]["types"]]
            found += min(each, key=lambda some: len(list(some)))
    return found


def as_typed(method: str, params: dict[str, str]) -> dict[str, Any]:
    """A form's fields as JSON values; the Bot API reads a field that is no string as JSON."""
    fields = {field["name"]: field["types"] for field in spec()["methods"][method].get("fields", [])}
    return {n: v if fields.get(n) == ["String"] else json.loads(v) for n, v in params.items()}


def test_every_call_is_as_the_specification_says(telegram: TelegramSimulator) -> None:
    config = config_of(telegram.url)
    options = tuple(Option(f"a8Kx_2-{n}", f"خيار {n}", "inform") for n in range(12))
    send(telegram.url, outbound("Salam"))
    send(telegram.url, outbound("Chnou?", options=options, kind="buttons"))
    press = telegram.callback(CHAT, "a8Kx_2-1")["callback_query"]["id"]
    with_bot(telegram.url, lambda bot: bot.answer_callback_query(press))
    asyncio.run(set_webhook(config, "https://takwin.example"))
    asyncio.run(webhook_info(config))
    asyncio.run(set_commands(config, COMMANDS))
    asyncio.run(delete_webhook(config))
    called = {method for method, _ in telegram.calls}
    assert called == {
        "sendMessage", "answerCallbackQuery", "setWebhook", "getWebhookInfo", "setMyCommands", "deleteWebhook",
    }  # fmt: skip
    for method, params in telegram.calls:
        fields = spec()["methods"][method].get("fields", [])
        assert faults_of_fields(as_typed(method, params), fields, method) == []


def test_the_check_finds_faults() -> None:
    fields = spec()["methods"]["sendMessage"]["fields"]
    bad = {"text": 5, "parse": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}}
    assert len(faults_of_fields(bad, fields, "sendMessage")) == 4


def test_the_simulator_answers_as_the_specification_says(telegram: TelegramSimulator) -> None:
    keyboard = (Option("a", "A", "inform"),)
    send(telegram.url, outbound("Chnou?", options=keyboard, kind="buttons"))
    sent = telegram.sent[-1]
    updates = [
        telegram.message(CHAT, text="/start x"),
        telegram.callback(CHAT, "a"),
        telegram.member(CHAT, "kicked"),
    ]
    assert faults(sent, "Message", "Message") == []
    for update in updates[:2]:
        for name, fields in (("message", "Message"), ("callback_query", "CallbackQuery")):
            if name in update:
                content = {k: v for k, v in update[name].items() if k != "message"}
                assert faults(content, fields, fields) == []
    assert updates[2]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
