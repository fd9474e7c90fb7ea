"""Run by the engine's Python: trains the component on a few lines, loads it anew, prints what it finds as JSON.

python component_in_engine.py FOLDER [GAZETTEER]
"""

import json
import sys
from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities.component import GazetteerEntityExtractor

TRAINING = """
version: "3.1"
nlu:
  - intent: find_course
    examples: |
      - cours [excel](topic:office_tools) f [zmamra]{"entity": "city", "value": "zemamra"}
      - bghit nji l [zmamra]{"entity": "city", "value": "zemamra"}
  - intent: inform
    examples: |
      - le [2](ordinal)
"""
MESSAGES = [
    ("cours f zmamra", "find_course"),
    ("le 2", "inform"),
    ("word f casa", "find_course"),
    ("", "inform"),
]


def main(folder: Path, gazetteer: str | None) -> None:
    (folder / "nlu.yml").write_text(TRAINING, encoding="utf-8")
    (folder / "model").mkdir()
    storage = LocalModelStorage.create(folder / "model")
    context = ExecutionContext(GraphSchema({}))
    resource = Resource("entities")
    config = {"gazetteer": gazetteer}
    component = GazetteerEntityExtractor.create(config, storage, resource, context)
    component.train(training_data_from_paths([str(folder / "nlu.yml")], "any"))
    loaded = GazetteerEntityExtractor.load(config, storage, resource, context)
    found = []
    for text, intent in MESSAGES:
        message = Message(data={"text": text, "intent": {"name": intent, "confidence": 1.0}})
        found.append(loaded.process([message])[0].get("entities", []))
    fingerprint = GazetteerEntityExtractor.fingerprint_addon(config)
    print(json.dumps({"found": found, "fingerprint": fingerprint}))


if __name__ == "__main__":
    (folder_name, *rest) = sys.argv[1:]
    main(Path(folder_name), rest[0] if rest else None)
