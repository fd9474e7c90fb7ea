"""From a text to the probability of each variety: a linear model over words and letters as they are spelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.features.arrays import Floats
from bot.nlu.features.linear import Linear, learn
from bot.nlu.features.sparse import SparseViews
from bot.nlu.storage import joined, load_arrays, part_of, save_arrays


@dataclass(frozen=True)
class VarietyModel:
    """What training leaves."""

    labels: list[str]
    views: SparseViews
    classifier: Linear

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Messages by ``labels``."""
        return self.classifier.probabilities(self.views.matrix(texts))

    def save(self, file: Path) -> None:
        """Write everything to one file of arrays."""
        parts = joined(views=self.views.state(), classifier=self.classifier.state())
        save_arrays(file, {"labels": np.array(self.labels), **parts})

    @classmethod
    def load(cls, file: Path) -> VarietyModel:
        """Read what ``save`` wrote."""
        state = load_arrays(file)
        return cls(
            [str(label) for label in state["labels"]],
            SparseViews.from_state(part_of(state, "views")),
            Linear.from_state(part_of(state, "classifier")),
        )


def train(
    texts: Sequence[str], varieties: Sequence[str], cost: float, folds: int
) -> tuple[VarietyModel, float]:
    """(the model, the share of held-out messages it told right)."""
    labels = sorted(set(varieties))
    truth = np.array([labels.index(variety) for variety in varieties])
    views, rows = SparseViews.learn("spelling", texts)
    classifier, held_out = learn(rows, truth, cost, folds)
    right = held_out.probabilities.argmax(axis=1) == truth[held_out.indices]
    return VarietyModel(labels, views, classifier), float(right.mean())
