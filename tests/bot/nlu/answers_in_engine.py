"""Run by the engine's Python: the reader of answers and the detector of danger on a few lines; prints JSON.

python answers_in_engine.py FOLDER < {"cues", "cue_texts", "examples", "answers", "effects", "refusals", "danger", ...}
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.answers.cues import Cues
from bot.nlu.answers.effect import after_answer
from bot.nlu.answers.examples import LABELS, examples_of_wishes
from bot.nlu.answers.examples import Example as Answered
from bot.nlu.answers.model import AnswerModel
from bot.nlu.answers.model import train as train_answers
from bot.nlu.answers.reader import AnswerReader
from bot.nlu.danger.examples import Example as Told
from bot.nlu.danger.examples import NeedExample as Asked
from bot.nlu.danger.model import DangerModel, Settings
from bot.nlu.danger.model import train as train_danger
from bot.nlu.danger.needs import NeedModel, train_needs
from bot.nlu.features.sparse import NOTHING_KNOWN


def answers(folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    cues = Cues(given["cues"])
    model, _ = train_answers([Answered(*each) for each in given["examples"]], 0.5, 2)
    model.save(folder / "answers.npz")
    loaded = AnswerModel.load(folder / "answers.npz")
    reader = AnswerReader(loaded, cues)
    texts, asked = [each["text"] for each in given["answers"]], ["cancel"] * len(given["answers"])
    far = np.abs(model.probabilities(texts, asked) - loaded.probabilities(texts, asked)).max()
    return {
        "cues": [cues.found(text, [variety], strict=strict) for text, variety, strict in given["cue_texts"]],
        "after_refusal": [cues.after_refusal(text, [variety]) for text, variety in given["refusals"]],
        "read": [reader.read(**each).__dict__ for each in given["answers"]],
        "labels": LABELS,
        "far": float(far),
        "effects": [effect(**each) for each in given["effects"]],
        "wishes": [each._asdict() for each in examples_of_wishes(given["wishes"], 3)],
    }


def effect(
    answer: str, rest: str | None, alone: list[float], other: list[float], labels: list[str]
) -> list[float]:
    found = after_answer(answer, rest, np.array(alone), labels, lambda _: np.array(other))
    return [float(each) for each in found]


def danger(folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    settings = Settings(0.3, 2, 0.05, folder / "vectors")
    examples = [Told(*each) for each in given["danger"]]
    model, _ = train_danger(examples, given["harmless"], settings, lambda *_: None)
    needs, _ = train_needs(
        [Asked(*each) for each in given["needs"]], 0.3, 2, folder / "vectors", NOTHING_KNOWN
    )
    state = NeedModel.from_state(needs.state())
    assert state is not None
    model.save(folder / "danger.npz")
    loaded = DangerModel.load(folder / "danger.npz")
    return {
        "found": [loaded.find(text).__dict__ for text in given["messages"]],
        "needs": [[state.find(text).name, needs.find(text).name] for text in given["after"]],
        "before": [model.find(text).__dict__ for text in given["messages"]],
    }


def main(folder: Path) -> None:
    given = json.load(sys.stdin)
    part = danger if "danger" in given else answers
    print(json.dumps(part(folder, given)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
