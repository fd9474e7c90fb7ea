"""Run by the engine's Python: trains intents and varieties on given lines, loads them anew, prints what they answer.

python pipeline_in_engine.py FOLDER < {"nlu": YAML, "config": {...}, "messages": [[text, variety], ...]}
"""

import json
import sys
from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.fallback.component import Fallback
from bot.nlu.intents.component import IntentClassifier
from bot.nlu.variety.component import VarietyIdentifier


def main(folder: Path) -> None:
    asked = json.load(sys.stdin)
    (folder / "nlu.yml").write_text(asked["nlu"], encoding="utf-8")
    (folder / "model").mkdir(exist_ok=True)
    data = training_data_from_paths([str(folder / "nlu.yml")], "any")
    storage = LocalModelStorage.create(folder / "model")
    context = ExecutionContext(GraphSchema({}))
    answers = {}
    for moment in ("trained", "loaded"):
        messages = [
            Message(data={"text": text, "metadata": {"variety": said}}) for text, said in asked["messages"]
        ]
        for component in (IntentClassifier, VarietyIdentifier):
            resource = Resource(component.__name__)
            config = {**component.get_default_config(), "vectors": str(folder / "vectors"), **asked["config"]}
            if moment == "trained":
                found = component.create(config, storage, resource, context)
                found.train(data)
            else:
                found = component.load(config, storage, resource, context)
            messages = found.process(messages)
        answers[moment] = [message.as_dict(only_output_properties=True) for message in messages]
    fallback = Fallback.create(
        {"threshold": asked["config"].get("threshold", 0.99)}, storage, Resource("f"), context
    )
    answers["fallback"] = [
        message.as_dict(only_output_properties=True) for message in fallback.process(messages)
    ]
    print(json.dumps(answers))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
