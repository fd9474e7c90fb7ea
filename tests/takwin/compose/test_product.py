"""The whole product through the web channel: odd messages, a repeated one, an engine that dies, variety that stays."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from store.core.database import ensure_database, migrate
from store.embedded.server import EmbeddedPostgres
from store.people import people
from store.people.lookups import conversation_at
from tests.product import Chat, Product

pytestmark = pytest.mark.engine

ODD = [
    "/restart",
    '//register{"name":"x"}',
    '\u00a0/register{"course":"google-ux-design"}',
    "x" * 10_000,
    "bghit formation " * 600,
    "\u202ebghit\u202c \u200fformation\u200f f casa",
    "bonjour\u0000\u0007\x1b[31m",
    "",
    "   \n\t ",
    "😀",
    "👍🏽👍🏽👍🏽",
    "؟؟؟",
    "SELECT * FROM persons; --",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_every_message_is_answered(product: Product, text: str) -> None:
    chat = product.chat()
    replies = chat.say(text)
    assert replies
    assert all(reply.text.strip() for reply in replies)
    assert chat.understood.get("confidence") != 1.0


def test_a_message_sent_twice_is_answered_once(product: Product) -> None:
    chat = product.chat()
    chat.say("je cherche une formation en anglais")
    answered = len(chat.stored())
    again = product.client.post(chat.path, json={"id": "m1", "text": "je cherche une formation en anglais"})
    assert again.json()["duplicate"] is True
    time.sleep(0.5)
    assert len(chat.stored()) == answered


def test_an_option_of_nowhere_is_answered_politely(product: Product) -> None:
    chat = product.chat()
    chat.say("salam")
    messages = chat.exchange({"option": "no-such-option"})
    assert messages
    assert chat.stored()[-1].reply == "option-expired"


def variety_of(chat: Chat) -> str | None:
    with chat.product.database.session() as session:
        conversation = conversation_at(session, "web", chat.session)
        assert conversation is not None
        return people.get(session, conversation.person_id).variety


def test_one_short_word_does_not_change_the_variety(product: Product) -> None:
    chat = product.chat()
    chat.say("bghit chi formation f l'informatique 3afak")
    assert variety_of(chat) == "ary-Latn"
    for word in ("ok", "merci", "oui", "2"):
        chat.say(word)
        assert variety_of(chat) == "ary-Latn", word


def test_a_sentence_in_another_variety_does(product: Product) -> None:
    chat = product.chat()
    chat.say("bghit chi formation f l'informatique 3afak")
    chat.say("je voudrais plutôt une formation en comptabilité s'il vous plaît")
    assert variety_of(chat) == "fr"


def test_a_variety_asked_for_stays(product: Product) -> None:
    chat = product.chat()
    chat.say("bonjour, je cherche une formation en bureautique")
    chat.say("parle-moi en arabe s'il te plaît")
    assert variety_of(chat) == "ar"
    chat.say("je cherche aussi une formation en comptabilité pour débutant")
    assert variety_of(chat) == "ar"


@pytest.mark.slow
def test_an_engine_that_dies_is_started_again_and_nothing_is_lost(product: Product) -> None:
    chat = product.chat()
    chat.say("bonjour")
    os.kill(engine_of(product).pid, signal.SIGKILL)
    posted = product.client.post(
        chat.path, json={"id": "after", "text": "je cherche une formation en anglais"}
    )
    assert posted.status_code == 202
    deadline = time.monotonic() + 110
    while time.monotonic() < deadline:
        answer = product.client.get(chat.path, params={"after": chat.seen, "as": "web"}).json()
        if answer["messages"] and not answer["typing"]:
            break
        time.sleep(0.5)
    assert answer["messages"]
    assert chat.understood.get("intent") == "find_course"


def engine_of(product: Product) -> psutil.Process:
    children = psutil.Process(product.process.pid).children(recursive=True)
    return next(child for child in children if "bot.serve" in child.cmdline())


@pytest.mark.slow
def test_stopping_the_app_stops_the_engine(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    url = ensure_database(postgres.url, "takwin_stopped")
    migrate(url)
    tracker = ensure_database(postgres.url, "takwin_stopped_tracker")
    with Product.started(url, tmp_path, TAKWIN_TRACKER_URL=tracker) as running:
        engine = engine_of(running)
        running.process.send_signal(signal.SIGINT)
        running.process.wait(90)
        _, alive = psutil.wait_procs([engine], timeout=30)
    assert not alive
    log = (tmp_path / "log" / "engine.log").read_text(errors="replace")
    assert "bonjour" not in log
