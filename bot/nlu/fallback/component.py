"""Puts Rasa's ``nlu_fallback`` on top of the ranking where the best intent is too unlikely."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Fallback(GraphComponent):
    """The real ranking stays behind the fallback, for an answer that offers the likeliest readings.

    Rasa's own ``FallbackClassifier`` also falls back wherever the first two intents are close. Between calibrated
    probabilities that is already said by the first one being low.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What may be set in config.yml."""
        return {
            # The least probability of the best intent for it to be acted on.
            "threshold": 0.35,
        }

    def __init__(self, config: Dict[str, Any]) -> None:
        self._threshold = float(config["threshold"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Fallback:
        """The component; there is nothing to train."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Judge each message by its intent's confidence."""
        for message in messages:
            intent = message.get(INTENT) or {}
            if float(intent.get("confidence") or 0.0) >= self._threshold:
                continue
            fallback = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": self._threshold}
            ranking = message.get(INTENT_RANKING_KEY) or []
            message.set(INTENT, fallback, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [fallback, *ranking], add_to_output=True)
        return messages
