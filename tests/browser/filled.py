"""A console with an ordinary day in it: people who wrote, in four varieties over four channels, some who wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread

import uvicorn

from store.advisers import notes, tags
from store.conversations import conversations
from store.conversations.outbound import OutboundRecord, store_replies
from store.figures import rollup as figure_rolling
from store.handover import takeover
from store.tables import Message
from takwin.compose.engine_process import free_port
from tests.console.addresses import Things, make_things
from tests.console.conftest import Console, Said

START_TIMEOUT = 20.0


@dataclass(frozen=True)
class Talk:
    """What one person wrote and was answered (`<` begins an answer), and who they are."""

    channel: str
    sender: str
    name: str
    city: str
    variety: str
    lines: tuple[tuple[str, str, float], ...]
    waits: bool = False


TALKS = (
    Talk("sms", "+212661000011", "Khadija Benali", "fes", "fr", (
        ("Bonjour, je cherche une formation en marketing digital", "find_course", 0.97),
        ("< 3 formations gratuites : 1 Marketing digital, OFPPT. 2 Réseaux sociaux. 3 Publicité en ligne.", "", 0),
        ("je veux parler à un conseiller", "talk_to_adviser", 0.99),
        ("< Un conseiller vous répond aujourd'hui avant 16 h 30.", "", 0),
    ), waits=True),
    Talk("whatsapp", "212661000012", "ياسين العلوي", "casablanca", "ary", (
        ("سلام بغيت شي تكوين فابور فالمعلوميات", "find_course", 0.94),
        ("< مرحبا! لقيت ليك 4 ديال التكوينات فابور فالمعلوميات.", "", 0),
        ("واش كاين شي واحد نهضر معاه؟", "talk_to_adviser", 0.81),
    ), waits=True),
    Talk("telegram", "70013", "Hajar", "meknes", "ary-Latn", (
        ("bghit chi formation f l'anglais 3afak", "find_course", 0.88),
        ("< Mer7ba! L9it lik 2 formations fabor f l'anglais.", "", 0),
        ("wach kayna chi wa7da f la nuit", "ask_schedule", 0.37),
    )),
    Talk("web", "w-14", "", "", "ar", (
        ("أبحث عن دورة في الأمن السيبراني", "find_course", 0.95),
        ("< وجدت لك 3 دورات مجانية في الأمن السيبراني.", "", 0),
    )),
    Talk("sms", "+212661000015", "Omar", "oujda", "fr", (
        ("vous avez quoi en soudure sous-marine ?", "nlu_fallback", 0.22),
        ("<? Je n'ai pas compris. Vous cherchez une formation en quel domaine ?", "", 0),
    )),
)  # fmt: skip


#: How a line of ours begins, and the reply it is.
_REPLIES = {"<": "course-list", "<?": "topic-not-recognised"}


@dataclass(frozen=True)
class Filled:
    """The console and what its addresses are about."""

    console: Console
    things: Things
    whatsapp: Said


def fill(console: Console) -> Filled:
    """A day's conversations beside what every address needs."""
    things = make_things(console)
    said = [_talk(console, talk, number) for number, talk in enumerate(TALKS)]
    adviser, shown, now = things.adviser_id, said[0], console.clock()
    with console.database.session() as session:
        notes.write(
            session, conversations.get(session, shown.conversation_id), adviser, "À rappeler jeudi.", now
        )
        tags.put(session, "conversation", shown.conversation_id, "urgent", adviser)
        tags.put(session, "person", shown.person_id, "suivi", adviser)
        figure_rolling.roll_up(session, now + timedelta(days=1))
    return Filled(console, things, said[1])


def _talk(console: Console, talk: Talk, number: int) -> Said:
    at = console.clock() - timedelta(minutes=7 + 23 * number)
    said = None
    for line, intent, confidence in talk.lines:
        at += timedelta(seconds=40)
        if line.startswith("<") and said is not None:
            mark, _, words = line.partition(" ")
            _answer(console, said, talk.channel, _REPLIES[mark], words, at)
            continue
        understanding = {
            "intent": intent, "confidence": confidence, "variety": talk.variety, "entities": [],
            "ranking": [[intent, confidence], ["help", round((1 - confidence) / 2, 2)]],
        }  # fmt: skip
        known = {"city": talk.city} if talk.city else {}
        said = console.says(
            line, talk.sender, talk.channel, at, understanding=understanding, variety=talk.variety,
            name=talk.name or None, **known,
        )  # fmt: skip
    assert said is not None
    if talk.waits:
        with console.database.session() as session:
            takeover.wait(session, said.person_id, at)
    return said


def _answer(console: Console, said: Said, channel: str, reply: str, text: str, at: datetime) -> None:
    counted = {"segments": 1, "encoding": "gsm7"} if channel == "sms" else {}
    with console.database.session() as session:
        for stored in store_replies(session, said.message_id, [OutboundRecord((reply,), text, **counted)]):
            message = session.get_one(Message, stored.id)
            message.delivery_state = "delivered"
            message.created_at = at


@contextmanager
def served(console: Console) -> Iterator[str]:
    """The console on a port of its own; its address."""
    config = uvicorn.Config(console.app, host="127.0.0.1", port=free_port(), log_level="warning")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.05)
        assert server.started, "the console could not be served"
        yield f"http://127.0.0.1:{config.port}"
    finally:
        console.stop.set()
        server.should_exit = True
        thread.join(START_TIMEOUT)
