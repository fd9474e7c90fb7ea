"""The variety identifier as Rasa sees it.

It learns from the examples whose intent says its variety (``metadata: {variety: fr}`` in the training data) and tells
the variety of each message, with its confidence. Without such examples it says nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.extent import extent
from bot.nlu.folding import tokenize
from bot.nlu.trained_component import TrainedComponent, log
from bot.nlu.variety.model import VarietyModel, train
from bot.nlu.variety.prior import with_conversation

_FILE = "variety.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VarietyIdentifier(TrainedComponent[VarietyModel]):
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

    def learn(self, training_data: TrainingData) -> Optional[VarietyModel]:
        """From every example whose variety is known."""
        known = [(example.get(TEXT), _told(example)) for example in training_data.training_examples]
        pairs = [(text, variety) for text, variety in known if text and variety]
        if len({variety for _, variety in pairs}) < 2:
            log.info("varieties: the training data name fewer than two, nothing to learn")
            return None
        model, right = train(
            [text for text, _ in pairs],
            [variety for _, variety in pairs],
            self.config["cost"],
            self.config["folds"],
        )
        log.info("varieties: %.3f of %d held-out lines right", right, len(pairs))
        return model

    def save(self, learnt: VarietyModel, folder: Path) -> None:
        """One file of arrays."""
        learnt.save(folder / _FILE)

    @classmethod
    def read(cls, folder: Path) -> VarietyModel:
        """As it was saved."""
        return VarietyModel.load(folder / _FILE)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the variety of each message; ``metadata["variety"]`` is that of the conversation so far."""
        model = self.learnt
        if model is None or not messages:
            return messages
        texts = [extent(message.get(TEXT) or "").text for message in messages]
        for message, text, found in zip(messages, texts, model.probabilities(texts), strict=True):
            so_far = (message.get("metadata") or {}).get("variety")
            if so_far:
                words = sum(token.script in "LA" for token in tokenize(text))
                found = with_conversation(found, model.labels, so_far, words)
            best = int(np.argmax(found))
            message.set("variety", model.labels[best], add_to_output=True)
            message.set("variety_confidence", float(found[best]), add_to_output=True)
        return messages


def _told(example: Message) -> Optional[str]:
    """The variety that the training data give an example."""
    metadata = example.get("metadata") or {}
    for given in (metadata.get("example"), metadata.get("intent")):
        if isinstance(given, dict) and given.get("variety"):
            return str(given["variety"])
    return None
