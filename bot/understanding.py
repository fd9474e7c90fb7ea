"""The understanding half of a trained model: what Rasa makes of messages, many at a time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bot.quiet import quieten
from bot.without_tensorflow import stand_in

FALLBACK = "nlu_fallback"


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
        "danger": bool(parsed.get("danger")),
        "concern": bool(parsed.get("concern")),
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
