"""Each of the 40 intents is reached in each variety, by a first message through the web channel: 160 of 160.

`tests/journeys/<variety>/intents.txt` has one line an intent: `intent: message`. None of them is a training line.
"""

from pathlib import Path

import pytest
import yaml

from tests.product import ROOT, Product

FOLDER = Path(__file__).parent
VARIETIES = ("ar", "ary", "ary-Latn", "fr")
INTENTS = [
    next(iter(i)) for i in yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
]

pytestmark = pytest.mark.engine


def messages(variety: str) -> dict[str, str]:
    lines = (FOLDER / variety / "intents.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {intent.strip(): text.strip() for intent, text in pairs}


@pytest.mark.parametrize("variety", VARIETIES)
def test_every_intent_has_its_message(variety: str) -> None:
    assert sorted(messages(variety)) == sorted(INTENTS)


@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("intent", INTENTS)
def test_intent_is_reached(intent: str, variety: str, product: Product) -> None:
    chat = product.chat()
    replies = chat.say(messages(variety)[intent])
    assert replies
    assert chat.understood.get("intent") == intent
