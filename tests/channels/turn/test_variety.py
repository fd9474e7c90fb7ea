"""The variety of answers follows the person, on evidence and not on "ok"."""

from dataclasses import dataclass

import pytest

from channels.turn.variety import Evidence, decide, evidence

NOTHING = Evidence(None, "none")


@dataclass(frozen=True)
class Case:
    says: str
    text: str
    detected: str
    now: str | None = "ary"
    source: str | None = "detected"
    before: tuple[str, str] | None = None
    intent: str = "find_course"
    sure: float = 1.0
    becomes: str | None = None


CASES = [
    Case("the first message decides", "salam", "ary-Latn", now=None, becomes="ary-Latn"),
    Case("the first message, an emoji", "👋", "fr", now=None, becomes="fr"),
    Case("three words in French", "je cherche une formation", "fr", becomes="fr"),
    Case("the same variety", "بغيت شي فورماسيون مزيانة", "ary"),
    Case("ok", "ok", "fr"),
    Case("ok merci", "ok merci", "fr", before=("ok", "fr")),
    Case("digits", "2 3 4", "fr"),
    Case("two words, once", "combien coûte", "fr"),
    Case("two words, after two words", "combien coûte", "fr", before=("quelle durée", "fr"), becomes="fr"),
    Case(
        "two words, after two of another variety",
        "combien coûte",
        "fr",
        before=("bghit formation", "ary-Latn"),
    ),
    Case("two words, after a mere ok", "combien coûte", "fr", before=("ok", "fr")),
    Case("a sentence the engine is not sure about", "je cherche une formation", "fr", sure=0.4),
    Case("a name", "Fatima Zahra El Idrissi", "fr", intent="inform"),
    Case("a name in small letters", "fatima zahra idrissi", "ary-Latn", intent="inform"),
    Case("a name in Arabic letters", "فاطمة الزهراء العلوي", "ar", now="fr", intent="inform"),
    Case(
        "a value in a sentence",
        "j'habite dans un petit village près de Fès",
        "fr",
        intent="inform",
        becomes="fr",
    ),
    Case("yes", "oui c'est bon", "fr", intent="affirm"),
    Case("after they chose", "je cherche une formation gratuite", "fr", source="chosen"),
    Case("a variety there is not", "quiero un curso gratis", "es"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_the_variety_after_a_message(case: Case) -> None:
    now = evidence(
        case.text, {"variety": case.detected, "variety_confidence": case.sure, "intent": case.intent}
    )
    before = NOTHING if case.before is None else evidence(case.before[0], {"variety": case.before[1]})
    assert decide(case.now, case.source, now, before) == case.becomes


def test_words_of_entities_say_nothing_of_the_writer() -> None:
    understood = {
        "variety": "fr",
        "intent": "find_course",
        "entities": [{"start": 0, "end": 17, "entity": "topic"}],
    }
    assert evidence("Google IT Support casa", understood).weight == "some"
    assert evidence("Google IT Support", understood).weight == "none"


def test_an_option_says_nothing() -> None:
    assert evidence(None, {"variety": "fr"}) == NOTHING
