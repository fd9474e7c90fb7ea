"""The reader of answers as Rasa runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.answers.cues import Cues, read_cues
from bot.nlu.answers.examples import examples_of_wishes, read_examples
from bot.nlu.answers.model import AnswerModel, train
from bot.nlu.answers.reader import QUESTION_OF, AnswerReader
from bot.nlu.entities.gazetteer import read_phrases
from bot.nlu.storage import load_json, save_json
from bot.nlu.trained_component import TrainedComponent, log

_FILE, _CUES_FILE, _FOLDER_CUES = "answers.npz", "cues.json", "cues.yml"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerClassifier(TrainedComponent[AnswerReader]):
    """Sets ``answer`` ("yes", "no", "neither") on a message that follows a confirmation; it is part of Rasa's answer.

    Stands after ``VarietyIdentifier`` and before ``IntentClassifier``, which takes the answer's word.
    """

    reads = ("examples", "values")

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What may be set in config.yml."""
        return {
            # A folder as ``bot.nlu.answers.examples`` describes it, with ``cues.yml`` in it; nothing is read without.
            "examples": None,
            "cost": 0.5,
            "folds": 3,
            # Files of a gazetteer whose words may stand beside a yes to what was asked of a person.
            "values": [],
            # So many wishes of the training data stand beside the examples, as answers that are neither.
            "wishes": 3000,
        }

    def learn(self, training_data: TrainingData) -> Optional[AnswerReader]:
        """From the examples, with the cues that stand beside them; nothing where there is no folder of them."""
        if not self.config["examples"]:
            return None
        folder = Path(self.config["examples"])
        examples = read_examples(folder)
        lines = [(each.get(INTENT), each.get(TEXT)) for each in training_data.intent_examples]
        wishes = examples_of_wishes([line for line in lines if line[1]], self.config["wishes"])
        values = [phrase for file in self.config["values"] for phrase in read_phrases(Path(file))]
        model, right = train([*examples, *wishes], self.config["cost"], self.config["folds"], values)
        log.info("answers: %.3f of %d held-out lines right", right, len(examples) + len(wishes))
        return AnswerReader(model, Cues(read_cues(folder / _FOLDER_CUES)))

    def save(self, learnt: AnswerReader, folder: Path) -> None:
        """The model and the cues, so that serving reads no folder of examples."""
        learnt.model.save(folder / _FILE)
        save_json(folder / _CUES_FILE, learnt.cues.lists)

    @classmethod
    def read(cls, folder: Path) -> AnswerReader:
        """As it was saved."""
        return AnswerReader(AnswerModel.load(folder / _FILE), Cues(load_json(folder / _CUES_FILE)))

    def process(self, messages: List[Message]) -> List[Message]:
        """Read what answers a confirmation; anything else is left alone."""
        reader = self.learnt
        if reader is None:
            return messages
        for message in messages:
            metadata = message.get("metadata") or {}
            open_question = metadata.get("asked")
            if not isinstance(open_question, str) or open_question not in QUESTION_OF:
                continue
            reading = reader.read(
                message.get(TEXT) or "",
                open_question,
                message.get("variety"),
                forwarded=bool(metadata.get("forwarded")),
            )
            message.set("answer", reading.answer, add_to_output=True)
            message.set("answer_rest", reading.rest)
        return messages
