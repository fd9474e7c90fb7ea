"""A whole registration by SMS alone, and what it costs: from the first message to the reference.

The product runs as an operator starts it, with a gateway (a Kannel of the tests) on both sides of it.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from channels.wording.segments import count_segments, is_gsm7
from store.core.database import ensure_database, migrate
from store.embedded.server import EmbeddedPostgres
from store.people.lookups import conversation_at
from store.registrations import registrations
from store.tables import Conversation, Message
from tests.channels.simulators.kannel import KannelSimulator, Taken
from tests.product import REPLY_TIMEOUT, Product

pytestmark = [pytest.mark.engine, pytest.mark.slow]

TOKEN = "the-token-of-the-gateway"
ACCEPTED, DELIVERED = 8, 1  # Kannel's reports

_numbers = itertools.count(int(time.time()) % 10_000_000)


@dataclass(frozen=True)
class Texted:
    """The product and its gateway."""

    product: Product
    gateway: KannelSimulator


@pytest.fixture(scope="module")
def texted(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texted]:
    url = ensure_database(postgres.url, "takwin_sms")
    migrate(url)
    with KannelSimulator(reports=(ACCEPTED, DELIVERED)) as gateway:
        settings = {
            "TAKWIN_TRACKER_URL": ensure_database(postgres.url, "takwin_sms_tracker"),
            "TAKWIN_SMS_GATEWAY_URL": gateway.url,
            "TAKWIN_SMS_GATEWAY_TOKEN": TOKEN,
            "TAKWIN_SMS_GATEWAY_USERNAME": gateway.username,
            "TAKWIN_SMS_GATEWAY_PASSWORD": gateway.password,
            "TAKWIN_SMS_GATEWAY_FROM": "3434",
        }
        with Product.started(url, tmp_path_factory.mktemp("sms"), **settings) as product:
            yield Texted(product, gateway)


@dataclass
class Texting:
    """One person's SMS conversation."""

    texted: Texted
    number: str = field(default_factory=lambda: f"+2126{next(_numbers):08}")

    def say(self, text: str) -> Taken:
        """Write an SMS; the message that answers it, as the gateway was given it."""
        before = len(self.got())
        status = self.texted.gateway.write(self.texted.product.url, TOKEN, self.number, text)
        assert status == 200
        _until(lambda: len(self.got()) > before, "an answer")
        assert len(self.got()) == before + 1, "one message a turn"
        return self.got()[-1]

    def got(self) -> list[Taken]:
        return [each for each in self.texted.gateway.sent if each.to == self.number]

    def conversation(self) -> Conversation:
        with self.texted.product.database.session() as session:
            found = conversation_at(session, "sms", self.number)
            assert found is not None
            return found

    def registered(self) -> int:
        person_id = self.conversation().person_id
        with self.texted.product.database.session() as session:
            return len(registrations.of_person(session, person_id))

    def delivered(self) -> bool:
        conversation_id = self.conversation().id
        with self.texted.product.database.session() as session:
            states = session.scalars(
                select(Message.delivery_state).where(
                    Message.conversation_id == conversation_id, Message.direction == "out"
                )
            )
            return set(states) == {"delivered"}


def _until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + REPLY_TIMEOUT
    while not true():
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.02)


@dataclass(frozen=True)
class Cost:
    """Segments of a conversation, and its words for who reads a failure."""

    segments: int
    texts: list[str]
    transcript: str


def hold(texted: Texted, lines: Sequence[str]) -> Cost:
    """The conversation from its first line to its last, which must have registered; every answer was delivered."""
    texting = Texting(texted)
    said: list[str] = []
    for line in lines:
        text = texting.say(line).text
        said.append(f"> {line}\n< [{count_segments(text).count}] {text}")
    transcript = "\n".join(said)
    texts = [taken.text for taken in texting.got()]
    assert texting.registered() == 1, transcript
    assert "TK-" in texts[-1], transcript
    _until(texting.delivered, "reports of delivery")
    segments = sum(count_segments(text).count for text in texts)
    assert texting.conversation().segments_sent == segments
    return Cost(segments, texts, transcript)


#: Segments that a whole registration may take, whoever registers and however they answer.
MOST = {"fr": 8, "ary-Latn": 8, "ar": 14, "ary": 14}

# The answers are those that the questions ask for.
AS_ASKED = {
    "fr": ["Bonjour, je cherche une formation en marketing digital", "1", "1", "oui", "Khadija Benali, Fès, bac+3",
           "1"],
    "ary-Latn": ["salam bghit chi formation fabor f la bureautique", "1", "1", "wakha", "Hajar Bennani, Meknes, bac",
                 "1"],
    "ar": ["السلام عليكم، أبحث عن دورة في التسويق الرقمي", "1", "1", "نعم أوافق", "ياسين العلوي، فاس، إجازة", "1"],
    "ary": ["سلام بغيت شي تكوين فابور فالمعلوميات", "1", "1", "واخا", "هاجر بناني، مكناس، باك", "1"],
}  # fmt: skip

# The same after a greeting.
GREETED = {
    "fr": ["Bonjour", "une formation en anglais", *AS_ASKED["fr"][1:]],
    "ary-Latn": ["salam", "bghit chi formation f l'anglais", *AS_ASKED["ary-Latn"][1:]],
    "ar": ["السلام عليكم", "أريد دورة في الإنجليزية", *AS_ASKED["ar"][1:]],
    "ary": ["السلام", "بغيت شي فورماسيون فالإنجليزية", *AS_ASKED["ary"][1:]],
}

# Somebody who answers with one thing at a time, in whole sentences.
BIT_BY_BIT = {
    "fr": ["salut, je cherche une formation gratuite en bureautique", "la deuxième m'intéresse", "ok inscrivez-moi",
           "oui je suis d'accord", "Khadija Benali", "j'habite à Fès", "bac+3", "oui c'est bon"],
    "ary-Latn": ["bghit chi formation fabor f la bureautique", "2", "ah bghit ntsejel f hadi",
                 "wakha ma3ndi hta mochkil", "Hajar Bennani", "f meknes", "3ndi lbac", "ah s7i7"],
    "ar": ["أبحث عن دورة في التسويق الرقمي", "أريد معرفة المزيد عن الدورة الثانية", "سجلني في هذه الدورة", "نعم أوافق",
           "ياسين العلوي", "أسكن في فاس", "لدي إجازة", "نعم، هذا صحيح"],
    "ary": ["بغيت شي فورماسيون فابور فالتسويق الرقمي", "1", "بغيت نتسجل فهادي", "واخا ماعندي حتى مشكيل",
            "هاجر بناني", "ساكنة ف مكناس", "عندي الباك", "إيه صحيح"],
}  # fmt: skip

# Somebody who needs no page of the course, and says all of themselves at once.
ALL_AT_ONCE = {
    "fr": ["je cherche une formation en cybersécurité", "inscrivez-moi à la première", "oui",
           "Je m'appelle Khadija Benali, j'habite à Fès, j'ai bac+3", "oui"],
    "ary-Latn": ["bghit n9ra l cybersecurite", "sejelni f lawla", "iyeh",
                 "smiti Hajar Bennani, sakna f Meknes, 3ndi lbac", "iyeh"],
    "ar": ["أبحث عن دورة في الأمن السيبراني", "سجلني في الأولى", "نعم", "اسمي ياسين العلوي، أسكن في فاس، لدي إجازة",
           "نعم"],
    "ary": ["بغيت نقرا الأمن السيبراني", "سجلني فاللولة", "إيه", "سميتي هاجر بناني، ساكنة فمكناس، عندي الباك", "إيه"],
}  # fmt: skip

# Somebody who said before where they live: it is not asked again.
CITY_KNOWN = {
    "fr": [
        "je cherche une formation en comptabilité à Fès",
        "1",
        "1",
        "oui",
        "Khadija Benali",
        "bac+3",
        "oui",
    ],
    "ary-Latn": [
        "bghit formation f comptabilité f Meknes",
        "1",
        "1",
        "wakha",
        "Hajar Bennani",
        "bac",
        "iyeh",
    ],
    "ar": ["أبحث عن دورة في المحاسبة في فاس", "1", "1", "نعم", "ياسين العلوي", "إجازة", "نعم"],
    "ary": ["بغيت شي تكوين فالكومطابيليتي فمكناس", "1", "1", "واخا", "هاجر بناني", "باك", "إيه"],
}

SCRIPTS = {
    "as asked": AS_ASKED,
    "after a greeting": GREETED,
    "bit by bit": BIT_BY_BIT,
    "all at once": ALL_AT_ONCE,
    "city known": CITY_KNOWN,
}


@pytest.mark.parametrize("variety", MOST)
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_registration_within_its_bar(texted: Texted, script: str, variety: str) -> None:
    cost = hold(texted, SCRIPTS[script][variety])
    print(f"\n{variety} {script}: {cost.segments} segments (at most {MOST[variety]})\n{cost.transcript}")
    assert cost.segments <= MOST[variety], cost.transcript
    if variety in ("fr", "ary-Latn"):
        # Latin letters travel in GSM-7.
        assert all(map(is_gsm7, cost.texts)), cost.transcript
