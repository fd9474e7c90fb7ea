"""A whole registration by SMS alone, and what it costs: from the first message to the reference.

Messages are taken at the inbox of the running product, as the routes of a gateway hand them over.
"""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from channels.contract import Inbound
from channels.inbox import receive
from channels.queue import Deferrer
from channels.segments import count_segments, is_gsm7
from store import registrations
from store.lookups import conversation_at
from store.tables import Message
from tests.product import REPLY_TIMEOUT, Product

pytestmark = pytest.mark.engine

_numbers = itertools.count(int(time.time()) % 10_000_000)


@dataclass
class Texting:
    """One person's SMS conversation."""

    product: Product
    number: str = field(default_factory=lambda: f"+2126{next(_numbers):08}")
    sent: int = 0

    def say(self, text: str) -> list[Message]:
        """Write an SMS; the messages that answer it."""
        self.sent += 1
        receipt = receive(
            self.product.database,
            Deferrer(),
            Inbound(
                channel="sms",
                sender=self.number,
                provider_message_id=f"{self.number}-{self.sent}",
                received_at=datetime.now(UTC),
                text=text,
                provider="sms-gateway",
            ),
        )
        deadline = time.monotonic() + REPLY_TIMEOUT
        while time.monotonic() < deadline:
            with self.product.database.session() as session:
                state = session.scalar(select(Message.state).where(Message.id == receipt.message_id))
                answers = select(Message).where(Message.in_reply_to == receipt.message_id)
                replies = list(session.scalars(answers))
            if state != "received":
                return sorted(replies, key=lambda each: each.n or 0)
            time.sleep(0.02)
        raise TimeoutError("no answer")

    def registered(self) -> int:
        with self.product.database.session() as session:
            conversation = conversation_at(session, "sms", self.number)
            assert conversation is not None
            return len(registrations.of_person(session, conversation.person_id))


@dataclass(frozen=True)
class Cost:
    """Segments of a conversation, and its words for who reads a failure."""

    segments: int
    messages: list[Message]
    transcript: str


def hold(product: Product, lines: Sequence[str]) -> Cost:
    """The conversation from its first line to its last, which must have registered."""
    texting = Texting(product)
    said: list[str] = []
    messages: list[Message] = []
    for line in lines:
        replies = texting.say(line)
        messages += replies
        said.append(f"> {line}")
        said += [f"< [{each.segments} {each.encoding}, {each.reply}] {each.text}" for each in replies]
    transcript = "\n".join(said)
    assert texting.registered() == 1, transcript
    assert "TK-" in (messages[-1].text or ""), transcript
    return Cost(sum(each.segments or 0 for each in messages), messages, transcript)


# The answers are those that the questions ask for.
AS_ASKED = {
    "fr": (
        8,
        [
            "Bonjour, je cherche une formation en marketing digital",
            "1",
            "1",
            "oui",
            "Khadija Benali, Fès, bac+3",
            "1",
        ],
    ),
    "ary-Latn": (
        8,
        [
            "salam bghit chi formation fabor f la bureautique",
            "1",
            "1",
            "wakha",
            "Hajar Bennani, Meknes, bac",
            "1",
        ],
    ),
    "ar": (
        14,
        [
            "السلام عليكم، أبحث عن دورة في التسويق الرقمي",
            "1",
            "1",
            "نعم أوافق",
            "ياسين العلوي، فاس، إجازة",
            "1",
        ],
    ),
    "ary": (
        14,
        ["سلام بغيت شي تكوين فابور فالمعلوميات", "1", "1", "واخا", "هاجر بناني، مكناس، باك", "1"],
    ),
}

# Somebody who answers with one thing at a time, in whole sentences.
BIT_BY_BIT = {
    "fr": (
        9,
        ["salut, je cherche une formation en bureautique", "la deuxième m'intéresse", "ok inscrivez-moi",
         "oui je suis d'accord", "Khadija Benali", "j'habite à Fès", "bac+3", "oui c'est bon"],
    ),
    "ary-Latn": (
        9,
        ["bghit chi formation fabor f la bureautique", "2", "ah bghit ntsejel f hadi", "wakha ma3ndi hta mochkil",
         "Hajar Bennani", "f meknes", "3ndi lbac", "ah s7i7"],
    ),
    "ar": (
        16,
        ["أبحث عن دورة في التسويق الرقمي", "أريد معرفة المزيد عن الدورة الثانية", "سجلني في هذه الدورة", "نعم أوافق",
         "ياسين العلوي", "أسكن في فاس", "لدي إجازة", "نعم، هذا صحيح"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("variety", AS_ASKED)
def test_a_registration_as_asked(product: Product, variety: str) -> None:
    bar, lines = AS_ASKED[variety]
    cost = hold(product, lines)
    print(f"\n{variety}: {cost.segments} segments\n{cost.transcript}")
    assert cost.segments <= bar, cost.transcript
    _check_form(cost, variety)


@pytest.mark.parametrize("variety", BIT_BY_BIT)
def test_a_registration_bit_by_bit(product: Product, variety: str) -> None:
    bar, lines = BIT_BY_BIT[variety]
    cost = hold(product, lines)
    print(f"\n{variety}: {cost.segments} segments\n{cost.transcript}")
    assert cost.segments <= bar, cost.transcript
    _check_form(cost, variety)


def _check_form(cost: Cost, variety: str) -> None:
    """One message a turn, what is stored is what would be paid, and Latin letters travel in GSM-7."""
    for message in cost.messages:
        text = message.text or ""
        assert message.segments == count_segments(text).count, cost.transcript
        if variety in ("fr", "ary-Latn"):
            assert is_gsm7(text), cost.transcript
    assert len({each.in_reply_to for each in cost.messages}) == len(cost.messages), cost.transcript
