"""The entity extractor as Rasa runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
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
from bot.nlu.features.knowledge import fingerprint

_FILE = "entities.json"
_NAME = "GazetteerEntityExtractor"
_WHOLE_NUMBER = re.compile(r"-?\d+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class GazetteerEntityExtractor(GraphComponent):
    """Finds entities by a gazetteer, by rules of context, and by what the training data marks.

    Needs the intent, so it stands after the intent classifier. Works without a gazetteer too: then it knows the
    surfaces that the training data marks.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """``gazetteer``: a folder as ``bot.nlu.entities.gazetteer`` describes it, read when training; or nothing.

        ``most_characters``: no entity is looked for beyond this much of a message.
        """
        return {"gazetteer": None, "most_characters": 2000}

    @staticmethod
    def required_packages() -> List[str]:
        """Nothing beyond what Rasa itself needs."""
        return []

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """A new gazetteer calls for new training even when ``config.yml`` is as it was."""
        return fingerprint(config.get("gazetteer"))

    def __init__(
        self,
        config: Dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        data: Optional[Dict[str, Any]] = None,
    ) -> None:
        """``data``: what training left; None before it."""
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._extractor = Extractor(data) if data else None

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerEntityExtractor:
        """A component to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GazetteerEntityExtractor:
        """The component as it was trained, gazetteer included."""
        with model_storage.read_from(resource) as folder:
            data = json.loads((Path(folder) / _FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, data)

    def train(self, training_data: TrainingData) -> Resource:
        """Read the gazetteer, learn from the marked examples, keep both in the model. Raises ``GazetteerError``."""
        folder = self._config["gazetteer"]
        data = read_gazetteer(Path(folder)) if folder else {}
        lines = [_line(example) for example in training_data.nlu_examples if example.get(TEXT)]
        data = learn(data, lines)
        self._extractor = Extractor(data)
        with self._storage.write_to(self._resource) as target:
            (Path(target) / _FILE).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples keep the entities their writers marked."""
        return training_data

    def found(self, text: str, intent: str) -> List[Found]:
        """The entities of a text, with where each comes from and what it cost to read it so."""
        return self._extractor.extract(text, intent) if self._extractor else []

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities of each message to those it has."""
        for message in messages:
            text = message.get(TEXT)
            if not text or self._extractor is None:
                continue
            found = self._extractor.extract(text[: self._config["most_characters"]], _intent(message))
            already = message.get(ENTITIES, [])
            message.set(ENTITIES, [*already, *map(_as_rasa, found)], add_to_output=True)
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


def _as_rasa(found: Found) -> Dict[str, Any]:
    return {
        ENTITY_ATTRIBUTE_TYPE: found.entity,
        ENTITY_ATTRIBUTE_VALUE: int(found.value) if _WHOLE_NUMBER.fullmatch(found.value) else found.value,
        ENTITY_ATTRIBUTE_START: found.start,
        ENTITY_ATTRIBUTE_END: found.end,
        "extractor": _NAME,
    }
