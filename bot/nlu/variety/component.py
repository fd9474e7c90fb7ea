"""The variety identifier as Rasa sees it.

It learns from the examples whose intent says its variety (``metadata: {variety: fr}`` in the training data) and tells
the variety of each message, with its confidence. Without such examples it says nothing.
"""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.folding import tokenize
from bot.nlu.variety.model import VarietyModel, train
from bot.nlu.variety.prior import with_conversation

log = logging.getLogger("takwin.training")
_FILE = "variety.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VarietyIdentifier(GraphComponent):
    """Sets ``variety`` and ``variety_confidence`` on each message; both are part of Rasa's answer."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What may be set in config.yml."""
        return {
            # What an error costs against large weights: the C of the support vector machines.
            "cost": 0.15,
            # Parts into which messages are dealt to learn what scores are worth.
            "folds": 3,
        }

    @staticmethod
    def required_packages() -> List[str]:
        """Imported when a model is trained or loaded."""
        return ["sklearn", "scipy"]

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[VarietyModel] = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VarietyIdentifier:
        """An untrained identifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> VarietyIdentifier:
        """A trained one, or one that says nothing where training found no varieties."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, VarietyModel.load(folder / _FILE))
        except ValueError:
            log.info("there is no trained variety identifier in the model")
            return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example whose variety is known."""
        known = [(example.get(TEXT), _told(example)) for example in training_data.training_examples]
        pairs = [(text, variety) for text, variety in known if text and variety]
        if len({variety for _, variety in pairs}) < 2:
            log.info("varieties: the training data name fewer than two, nothing to learn")
            return self._resource
        self._model, right = train(
            [text for text, _ in pairs],
            [variety for _, variety in pairs],
            self._config["cost"],
            self._config["folds"],
        )
        log.info("varieties: %.3f of %d held-out lines right", right, len(pairs))
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / _FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the variety of each message; ``metadata["variety"]`` is that of the conversation so far."""
        if self._model is None or not messages:
            return messages
        texts = [message.get(TEXT) or "" for message in messages]
        for message, text, found in zip(messages, texts, self._model.probabilities(texts), strict=True):
            so_far = (message.get("metadata") or {}).get("variety")
            if so_far:
                words = sum(token.script in "LA" for token in tokenize(text))
                found = with_conversation(found, self._model.labels, so_far, words)
            best = int(np.argmax(found))
            message.set("variety", self._model.labels[best], add_to_output=True)
            message.set("variety_confidence", float(found[best]), add_to_output=True)
        return messages


def _told(example: Message) -> Optional[str]:
    """The variety that the training data give an example."""
    metadata = example.get("metadata") or {}
    for said in (metadata.get("example"), metadata.get("intent")):
        if isinstance(said, dict) and said.get("variety"):
            return str(said["variety"])
    return None
