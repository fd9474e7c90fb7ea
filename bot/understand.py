"""What the trained model makes of messages, many at a time.

    python -m bot.understand IN.jsonl OUT.jsonl [--model models/x.tar.gz]
    python -m bot.understand --explain "a message"

Each line of IN has a ``text`` and may have the ``variety`` of the conversation so far. Each line of OUT has ``text``,
``intent`` (the likeliest, even where the assistant would fall back), ``confidence``, ``ranking`` of three, ``variety``,
``entities`` and ``fallback``: whether the assistant would say that it did not understand.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bot.quiet import quieten
from bot.without_tensorflow import stand_in

FALLBACK = "nlu_fallback"
_BATCH = 64


class Understanding:
    """The understanding half of a trained model: no dialogue, no tracker, no actions."""

    def __init__(self, model: Path) -> None:
        stand_in()
        quieten()
        from rasa.core.channels.channel import UserMessage
        from rasa.engine import loader
        from rasa.engine.constants import PLACEHOLDER_MESSAGE
        from rasa.engine.runner.dask import DaskGraphRunner
        from rasa.engine.storage.local_model_storage import LocalModelStorage

        self._message = UserMessage
        self._placeholder = PLACEHOLDER_MESSAGE
        with tempfile.TemporaryDirectory() as folder:
            metadata, self._graph = loader.load_predict_graph_runner(
                Path(folder), model, LocalModelStorage, DaskGraphRunner
            )
        self._target = metadata.nlu_target

    def components(self) -> list[Any]:
        """The pipeline's components as they were loaded."""
        return [node._component for node in self._graph._instantiated_nodes.values()]

    def of(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers to ``lines``, each a dict with ``text`` and perhaps ``variety``."""
        messages = [
            self._message(
                line["text"], metadata={"variety": line["variety"]} if line.get("variety") else None
            )
            for line in lines
        ]
        found = self._graph.run(inputs={self._placeholder: messages}, targets=[self._target])[self._target]
        return [answer(message.as_dict(only_output_properties=True)) for message in found]


def answer(parsed: dict[str, Any]) -> dict[str, Any]:
    """One line of output from what Rasa made of a message."""
    ranking = [(one["name"], round(one["confidence"], 4)) for one in parsed.get("intent_ranking", [])]
    real = [(name, confidence) for name, confidence in ranking if name != FALLBACK]
    intent, confidence = real[0] if real else (None, 0.0)
    return {
        "text": parsed.get("text", ""),
        "intent": intent,
        "confidence": confidence,
        "ranking": real[:3],
        "variety": parsed.get("variety"),
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")}
            for entity in parsed.get("entities", [])
        ],
        "fallback": len(real) < len(ranking),
    }


def newest_model(folder: Path = Path("models")) -> Path:
    """The archive trained last.

    Raises:
        FileNotFoundError: nothing is trained yet.
    """
    archives = sorted(folder.glob("*.tar.gz"), key=lambda archive: archive.stat().st_mtime)
    if not archives:
        raise FileNotFoundError(f"no trained model in {folder}/: run `make train` first")
    return archives[-1]


def _batches(lines: Iterable[str]) -> Iterator[list[dict[str, Any]]]:
    rows = (json.loads(line) for line in lines if line.strip())
    while batch := list(islice(rows, _BATCH)):
        yield batch


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, metavar="IN.jsonl", nargs="?")
    parser.add_argument("target", type=Path, metavar="OUT.jsonl", nargs="?")
    parser.add_argument("--explain", metavar="TEXT", help="say why one message is understood as it is")
    parser.add_argument("--model", type=Path, help="an archive; the newest in models/ otherwise")
    arguments = parser.parse_args()
    try:
        understanding = Understanding(arguments.model or newest_model())
    except FileNotFoundError as error:
        raise SystemExit(str(error)) from error
    if arguments.explain is not None:
        from bot.explain import explain

        print("\n".join(explain(understanding, arguments.explain)))
        return
    if arguments.source is None or arguments.target is None:
        parser.error("IN.jsonl and OUT.jsonl are needed, or --explain TEXT")
    with (
        arguments.source.open(encoding="utf-8") as source,
        arguments.target.open("w", encoding="utf-8") as target,
    ):
        for batch in _batches(source):
            for line in understanding.of(batch):
                target.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
