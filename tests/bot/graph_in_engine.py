"""Both ways to run the model's parts, on the same lines: prints for each line whether they came to the same."""

import json
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.hot_paths import quicken


def read(runner: Any, target: str, line: str) -> dict[str, Any]:
    """What a line is understood as."""
    inputs = {"__message__": [UserMessage(line, metadata={})], "__tracker__": None}
    results = runner.run(inputs=inputs, targets=[target])
    assert list(results) == [target]
    return results[target][0].as_dict(only_output_properties=True)


def main() -> None:
    metadata, runner = load_predict_graph_runner(
        Path(mkdtemp()), Path(sys.argv[1]), LocalModelStorage, DaskGraphRunner
    )
    lines = json.load(sys.stdin)
    before = [read(runner, metadata.nlu_target, line) for line in lines]
    quicken()
    after = [read(runner, metadata.nlu_target, line) for line in lines]
    print(
        json.dumps(
            [bool(one["intent"]["name"]) and one == other for one, other in zip(before, after, strict=True)]
        )
    )


main()
