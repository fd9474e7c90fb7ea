"""Run by the engine's Python: loads components from a model without a part of it, or with a broken one; prints as JSON.

python component_in_engine.py FOLDER
"""

import json
import sys
from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.answers.component import AnswerClassifier
from bot.nlu.danger.component import DangerDetector
from bot.nlu.entities.component import GazetteerEntityExtractor
from bot.nlu.intents.component import IntentClassifier
from bot.nlu.trained_component import TrainedComponent
from bot.nlu.variety.component import VarietyIdentifier

COMPONENTS: list[type[TrainedComponent]] = [
    VarietyIdentifier,
    AnswerClassifier,
    IntentClassifier,
    GazetteerEntityExtractor,
    DangerDetector,
]


def main(folder: Path) -> None:
    storage = LocalModelStorage.create(folder)
    found = {}
    for component in COMPONENTS:
        given = (
            component.get_default_config(),
            storage,
            Resource(component.__name__),
            ExecutionContext(GraphSchema({})),
        )
        message = Message(data={"text": "salam", "metadata": {"asked": "consent"}})
        before = message.as_dict()
        after = component.load(*given).process([message])[0].as_dict()
        with storage.write_to(Resource(component.__name__)) as part:
            for name in (
                "variety.npz",
                "answers.npz",
                "intents.npz",
                "danger.npz",
                "entities.json",
                "knowledge.json",
            ):
                (part / name).write_bytes(b"cut sho")
        try:
            component.load(*given)
            refused = False
        except ValueError:
            refused = True
        found[component.__name__] = {"left_alone": before == after, "broken_is_refused": refused}
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
