"""The entity extractor as Rasa runs it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.entities.extractor import Extractor, Found
from bot.nlu.entities.gazetteer import read_gazetteer
from bot.nlu.entities.learning import Line, Marked, learn
from bot.nlu.extent import Extent, extent
from bot.nlu.storage import load_json, save_json
from bot.nlu.trained_component import TrainedComponent

_FILE = "entities.json"
_NAME = "GazetteerEntityExtractor"
_WHOLE_NUMBER = re.compile(r"-?\d+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class GazetteerEntityExtractor(TrainedComponent[Extractor]):
    """Finds entities by a gazetteer, by rules of context, and by what the training data marks.

    Needs the intent, so it stands after the intent classifier. Works without a gazetteer too: then it knows the
    surfaces that the training data marks.
    """

    reads = ("gazetteer",)
    packages = ()

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """``gazetteer``: a folder as ``bot.nlu.entities.gazetteer`` describes it, read when training; or nothing."""
        return {"gazetteer": None}

    def learn(self, training_data: TrainingData) -> Extractor:
        """From the gazetteer and the marked examples. Raises ``GazetteerError``."""
        folder = self.config["gazetteer"]
        data = read_gazetteer(Path(folder)) if folder else {}
        lines = [_line(example) for example in training_data.nlu_examples if example.get(TEXT)]
        return Extractor(learn(data, lines))

    def save(self, learnt: Extractor, folder: Path) -> None:
        """What was learnt, gazetteer included."""
        save_json(folder / _FILE, learnt.data)

    @classmethod
    def read(cls, folder: Path) -> Extractor:
        """As it was saved."""
        return Extractor(load_json(folder / _FILE))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples keep the entities their writers marked."""
        return training_data

    def found(self, text: str, intent: str) -> List[Found]:
        """The entities of a text, with where each comes from and what it cost to read it so."""
        return self.learnt.extract(text, intent) if self.learnt else []

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities of each message to those it has."""
        for message in messages:
            text = message.get(TEXT)
            if not text or self.learnt is None:
                continue
            read = extent(text)
            found = [_as_rasa(one, read) for one in self.learnt.extract(read.text, _intent(message))]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages


def _intent(message: Message) -> str:
    intent = message.get(INTENT)
    return str(intent.get("name") or "") if isinstance(intent, dict) else str(intent or "")


def _line(example: Message) -> Line:
    text = example.get(TEXT)
    marked = tuple(
        Marked(
            str(entity[ENTITY_ATTRIBUTE_TYPE]),
            str(entity[ENTITY_ATTRIBUTE_VALUE]),
            entity[ENTITY_ATTRIBUTE_START],
            entity[ENTITY_ATTRIBUTE_END],
        )
        for entity in example.get(ENTITIES, [])
    )
    return Line(text, _intent(example), marked)


def _as_rasa(found: Found, read: Extent) -> Dict[str, Any]:
    return {
        ENTITY_ATTRIBUTE_TYPE: found.entity,
        ENTITY_ATTRIBUTE_VALUE: int(found.value) if _WHOLE_NUMBER.fullmatch(found.value) else found.value,
        ENTITY_ATTRIBUTE_START: read.in_message(found.start),
        ENTITY_ATTRIBUTE_END: read.in_message(found.end),
        "extractor": _NAME,
    }
