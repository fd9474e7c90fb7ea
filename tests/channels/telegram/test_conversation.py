"""A person on Telegram, from the webhook through turn and outbox to what they see."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from channels.delivery.outbox import Outbox
from channels.intake.webhook import Webhook
from channels.telegram import build
from channels.telegram.routes import PATH, SECRET_HEADER
from store.people.addresses import address_on
from tests.channels.conftest import World
from tests.channels.engines import says
from tests.channels.simulators.telegram import TelegramSimulator
from tests.channels.telegram.conftest import SECRET, config_of
from tests.channels.telegram.updates import CHAT

MORE = {
    "id": "a8Kx_2-Q",
    "title_key": "more",
    "title_args": {},
    "intent": "inform",
    "entities": [{"entity": "city", "value": "fes"}],
}


async def until(done: Callable[[], object], seconds: float = 15.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if await asyncio.to_thread(done):
            return
        await asyncio.sleep(0.02)
    pytest.fail("it did not become so in time")


def test_a_question_its_buttons_and_the_press(world: World, telegram: TelegramSimulator) -> None:
    world.engine.answering = lambda question: (
        says({"reply": "picked", "args": {"value": "Fès"}})
        if "option" in question
        else says({"reply": "hello", "args": {}, "options": [MORE]})
    )
    provider = build(config_of(telegram.url), Webhook(world.database, world.deferrer))
    world.outbox = Outbox(world.database, {"telegram": provider})
    app = FastAPI()
    app.include_router(provider.router)

    async def talk() -> None:
        webhook = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app")

        async def post(update: dict[str, object]) -> None:
            answer = await webhook.post(PATH, json=update, headers={SECRET_HEADER: SECRET})
            assert answer.status_code == 200

        async with world.working():
            await post(telegram.message(CHAT, text="bonjour"))
            await until(lambda: telegram.seen_by(CHAT))
            (question,) = telegram.seen_by(CHAT)
            assert question["text"] == "Bonjour ! Que cherchez-vous ?"
            ((button,),) = question["reply_markup"]["inline_keyboard"]
            assert button == {"text": "Encore", "callback_data": "a8Kx_2-Q"}

            press = telegram.callback(CHAT, button["callback_data"])
            for _ in range(2):  # Telegram may send an update again
                await post(press)
            await until(lambda: len(telegram.seen_by(CHAT)) == 2)
            assert telegram.sent[-1]["text"] == "Choix Fès"
            assert world.engine.asked[-1]["option"]["entities"] == [{"entity": "city", "value": "fes"}]
            await until(lambda: press["callback_query"]["id"] in telegram.answered)

            await post(telegram.callback(CHAT, "/inform{}"))
            await until(lambda: len(telegram.seen_by(CHAT)) == 3)
            assert telegram.sent[-1]["text"] == "Ce choix n'est plus valable."
            await until(lambda: world.outbox_is_empty("telegram", str(CHAT)))
        await webhook.aclose()
        assert provider.close is not None
        await provider.close()

    asyncio.run(talk())
    kept = [message.provider_message_id for message in world.replies(str(CHAT), "telegram")]
    assert kept == [f"{CHAT}:{message['message_id']}" for message in telegram.seen_by(CHAT)]


def test_who_blocks_the_bot_is_written_to_no_more(world: World, telegram: TelegramSimulator) -> None:
    provider = build(config_of(telegram.url), Webhook(world.database, world.deferrer))
    world.outbox = Outbox(world.database, {"telegram": provider})
    telegram.member(CHAT, "kicked")
    world.write("bonjour", sender=str(CHAT), channel="telegram")
    world.work_until(lambda: world.outbox_is_empty("telegram", str(CHAT)))
    (reply,) = world.replies(str(CHAT), "telegram")
    assert (reply.delivery_state, reply.delivery_detail) == ("failed", "telegram-403-blocked")
    with world.database.session() as session:
        address = address_on(session, reply.person_id, "telegram")
        assert address is not None
        assert (address.state, telegram.sent) == ("blocked", [])
