"""The gazetteer files: whole, in every variety, and without contradiction."""

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from bot.nlu.entities.extractor import Extractor
from bot.nlu.entities.gazetteer import Data, GazetteerError, read_gazetteer
from bot.nlu.entities.phrases import SLOT, Phrase, read_phrase, spellings
from store.core import vocabulary
from tests.bot.nlu.entities.conftest import GAZETTEER
from tests.values import VALUES

TRAINING_DATA_KEYS = {
    "nlu",
    "rules",
    "stories",
    "responses",
    "version",
    "intents",
    "entities",
    "slots",
    "forms",
}


@pytest.mark.parametrize("entity", VALUES)
def test_every_value_in_every_variety(entity: str) -> None:
    listed = yaml.safe_load((GAZETTEER / f"{entity}.yml").read_text(encoding="utf-8"))
    assert set(listed) == set(VALUES[entity])
    for value, varieties in listed.items():
        assert set(varieties) == set(vocabulary.VARIETIES), value
        assert all(varieties.values()), value


@pytest.mark.parametrize("entity", [*VALUES, "duration", "ordinal"])
def test_no_phrase_means_two_values(entity: str, gazetteer: Data) -> None:
    values = defaultdict(set)
    for value, patterns in gazetteer["entities"][entity].items():
        for pattern in patterns:
            phrase = read_phrase(pattern)
            if _readings(phrase) <= 5000:
                for words in spellings(phrase):
                    values[words].add(value)
    assert {words: meant for words, meant in values.items() if len(meant) > 1} == {}


@pytest.mark.parametrize("entity", VALUES)
def test_short_phrases_are_found_as_their_value(entity: str, gazetteer: Data, extractor: Extractor) -> None:
    """A phrase alone is a reading of the message, whatever context then decides."""
    missed = []
    for value, patterns in gazetteer["entities"][entity].items():
        for pattern in patterns:
            phrase = read_phrase(pattern)
            if _readings(phrase) > 60 or SLOT in pattern:
                continue
            for words in spellings(phrase):
                view = extractor.view(" ".join(words))
                spans = [verdict.span for rivals in view.candidates for verdict in rivals]
                if words and (entity, value) not in {(span.entity, span.value) for span in spans}:
                    missed.append((value, words))
    assert missed == []


def test_nothing_looks_like_training_data() -> None:
    for path in GAZETTEER.rglob("*.yml"):
        assert not TRAINING_DATA_KEYS & set(yaml.safe_load(path.read_text(encoding="utf-8"))), path


def test_decisions_name_cues_that_exist(gazetteer: Data) -> None:
    named = set()
    for decision in gazetteer["decisions"]["first_that_holds"]:
        unless = decision.get("unless", [])
        for case in [decision.get("when", {}), *(unless if isinstance(unless, list) else [unless])]:
            for where in ("before", "after", "anywhere", "inside"):
                wanted = case.get(where, [])
                named |= set(wanted if isinstance(wanted, list) else [wanted])
    assert {name for name in named if not name.startswith("+")} <= set(gazetteer["cues"])


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "city.yml").write_text("fes: [fes, fas]", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"city\.yml: fes"):
        read_gazetteer(tmp_path)
    with pytest.raises(GazetteerError, match="no such folder"):
        read_gazetteer(tmp_path / "nowhere")


def _readings(phrase: Phrase) -> int:
    count = 1
    for choice in phrase.choices:
        count *= len(choice)
    return count
