"""From a text to the probability of each variety: a linear model over words and letters as they are spelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.features.linear import Linear, learn
from bot.nlu.features.sparse import SparseViews


@dataclass(frozen=True)
class VarietyModel:
    """What training leaves."""

    labels: list[str]
    views: SparseViews
    classifier: Linear

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Messages by ``labels``."""
        return self.classifier.probabilities(self.views.matrix(texts))

    def save(self, file: Path) -> None:
        """Write everything to one file of arrays."""
        state = {f"views.{name}": value for name, value in self.views.state().items()}
        state |= {f"classifier.{name}": value for name, value in self.classifier.state().items()}
        with file.open("wb") as target:
            np.savez(target, labels=np.array(self.labels), **state)

    @classmethod
    def load(cls, file: Path) -> VarietyModel:
        """Read what ``save`` wrote."""
        with np.load(file) as stored:
            state = {name: stored[name] for name in stored.files}
        parts = {
            part: {
                name.split(".", 1)[1]: value for name, value in state.items() if name.startswith(f"{part}.")
            }
            for part in ("views", "classifier")
        }
        labels = [str(label) for label in state["labels"]]
        return cls(labels, SparseViews.from_state(parts["views"]), Linear.from_state(parts["classifier"]))


def train(
    texts: Sequence[str], varieties: Sequence[str], cost: float, folds: int
) -> tuple[VarietyModel, float]:
    """(the model, the share of held-out messages it told right)."""
    labels = sorted(set(varieties))
    truth = np.array([labels.index(variety) for variety in varieties])
    views, rows = SparseViews.learn("spelling", texts)
    classifier, held_out = learn(rows, truth, cost, folds)
    right = held_out.probabilities.argmax(axis=1) == truth[held_out.places]
    return VarietyModel(labels, views, classifier), float(right.mean())
