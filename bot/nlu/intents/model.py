"""From a text to the probability of each intent, in two steps.

The sparse model costs under a millisecond. Where it is unsure the sentence vector is computed too (some 15 ms) and a
second model decides, over both. What "sure" means was settled on held-out messages when the model was trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Optional

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.nlu.features.arrays import Floats
from bot.nlu.features.encoder import DIMENSION, encode
from bot.nlu.features.encoding import Progress
from bot.nlu.features.knowledge import Knowledge
from bot.nlu.features.linear import Linear, learn
from bot.nlu.features.sentences import encode_cached, encoded_part, tells
from bot.nlu.features.sentences import vectors as vectors_of
from bot.nlu.features.sparse import NOTHING_KNOWN, SparseViews
from bot.nlu.storage import joined, load_arrays, part_of, save_arrays

# The sentence vector has the length of one view of the sparse features, on average; where lines are few, what words
# mean says more than which they are: vectors are longer, and concepts have vectors too (docs/adr/0007).
_LENGTH, _LENGTH_OF_FEW = 1.0, 1.5
_SURE = np.arange(0.5, 1.0, 0.02)


@dataclass(frozen=True)
class Settings:
    """How to train: see ``IntentClassifier.get_default_config`` for what each means."""

    cost: float
    folds: int
    dense: bool
    loss_allowed: float
    vectors: Path
    few_lines: int = 0
    most_encoded: float = 1.0


@dataclass(frozen=True)
class Dense:
    """The second step: how vectors are centred and divided, and the classifier over both kinds of features."""

    centre: Floats
    spread: Floats
    classifier: Linear

    def rows(self, vectors: Floats) -> csr_matrix:
        """Vectors as features."""
        return csr_matrix((vectors - self.centre) / self.spread)


@dataclass(frozen=True)
class Explanation:
    """How one message was decided: by which ``step``, between which two intents, with their probabilities.

    ``pieces``: (view, piece, score it gave the first over the second), those for the first at the front; ``vector``:
    the same of the sentence vector as a whole.
    """

    step: str
    intents: list[tuple[str, float]]
    pieces: list[tuple[str, str, float]]
    vector: float


@dataclass(frozen=True)
class IntentModel:
    """What training leaves."""

    labels: list[str]
    views: SparseViews
    sparse: Linear
    dense: Optional[Dense]
    sure: float

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Messages by ``labels``."""
        rows = self.views.matrix(texts)
        found = self.sparse.probabilities(rows)
        if self.dense is None:
            return found
        unsure = np.array([at for at in np.flatnonzero(found.max(axis=1) < self.sure) if tells(texts[at])])
        if len(unsure):
            vectors = self.dense.rows(vectors_of([encoded_part(texts[at]) for at in unsure]))
            found[unsure] = self.dense.classifier.probabilities(hstack([rows[unsure], vectors]).tocsr())
        return found

    def warm(self) -> None:
        """Read what is read at the first use: the first message has no more time than any other."""
        self.views.matrix([""])
        if self.dense is not None:
            encode([""])

    def explain(self, text: str) -> Explanation:
        """What decided between the two likeliest intents of a message."""
        rows = self.views.matrix([text])
        found = self.sparse.probabilities(rows)[0]
        step, classifier, vector = "sparse", self.sparse, None
        if self.dense is not None and found.max() < self.sure and tells(text):
            step, classifier = "sparse and dense", self.dense.classifier
            vector = self.dense.rows(vectors_of([encoded_part(text)]))
            found = classifier.probabilities(hstack([rows, vector]).tocsr())[0]
        first, second = np.argsort(-found)[:2]
        between = classifier.weights[:, first] - classifier.weights[:, second]
        spoke = [
            (view, piece, float(weight * between[column]))
            for view, piece, column, weight in self.views.named_row(text)
        ]
        return Explanation(
            step,
            [(self.labels[at], float(found[at])) for at in (first, second)],
            sorted(spoke, key=lambda one: -one[2]),
            0.0 if vector is None else float((vector @ between[self.views.width :])[0]),
        )

    def save(self, file: Path) -> None:
        """Write everything to one file of arrays."""
        state = {"labels": np.array(self.labels), "sure": np.array(self.sure)}
        state |= joined(views=self.views.state(), sparse=self.sparse.state())
        if self.dense is not None:
            state |= {"centre": self.dense.centre, "spread": self.dense.spread}
            state |= joined(dense=self.dense.classifier.state())
        save_arrays(file, state)

    @classmethod
    def load(cls, file: Path, knowledge: Knowledge = NOTHING_KNOWN) -> IntentModel:
        """Read what ``save`` wrote; ``knowledge`` is what it was trained with."""
        state = load_arrays(file)
        dense = None
        if "centre" in state:
            dense = Dense(state["centre"], state["spread"], Linear.from_state(part_of(state, "dense")))
        views = SparseViews.from_state(part_of(state, "views"), knowledge)
        labels = [str(label) for label in state["labels"]]
        return cls(labels, views, Linear.from_state(part_of(state, "sparse")), dense, float(state["sure"]))


@dataclass(frozen=True)
class Report:
    """How well held-out messages were told: shares of messages, and of messages the sparse model was sure of."""

    right: float
    sparse_right: float
    dense_share: float


def train(
    texts: Sequence[str],
    intents: Sequence[str],
    settings: Settings,
    progress: Progress,
    knowledge: Knowledge = NOTHING_KNOWN,
) -> tuple[IntentModel, Report]:
    """Learn from labelled messages. ``progress`` hears of sentence vectors that are being computed."""
    labels = sorted(set(intents))
    numbers = {label: at for at, label in enumerate(labels)}
    truth = np.array([numbers[intent] for intent in intents])
    few = len(texts) < settings.few_lines
    length = _LENGTH_OF_FEW if few else _LENGTH
    encode_all = partial(encode_cached, folder=settings.vectors, progress=progress)
    views, rows = SparseViews.learn(
        "meaning",
        texts,
        knowledge,
        # All in one go: starting the processes that encode costs more than the names of concepts do.
        (lambda names: encode_all([*texts, *names])[len(texts) :]) if few and settings.dense else None,
        length,
    )
    sparse, held_out = learn(rows, truth, settings.cost, settings.folds)
    indices, confidence = held_out.indices, held_out.probabilities.max(axis=1)
    sparse_right = held_out.probabilities.argmax(axis=1) == truth[indices]
    if not settings.dense:
        share = float(sparse_right.mean())
        return IntentModel(labels, views, sparse, None, 0.0), Report(share, share, 0.0)
    vectors = encode_all(texts)
    spread = (vectors.std(axis=0) + 1e-6) * (DIMENSION**0.5 / length)
    dense = Dense(vectors.mean(axis=0), spread, sparse)
    classifier, held_out_both = learn(
        hstack([rows, dense.rows(vectors)]).tocsr(), truth, settings.cost, settings.folds
    )
    both_right = held_out_both.probabilities.argmax(axis=1) == truth[indices]
    sure = _where_sure(confidence, sparse_right, both_right, settings.loss_allowed)
    sure = min(
        sure, float(np.quantile(confidence, settings.most_encoded)) if settings.most_encoded < 1 else sure
    )
    unsure = confidence < sure
    right = np.where(unsure, both_right, sparse_right)
    model = IntentModel(labels, views, sparse, Dense(dense.centre, dense.spread, classifier), sure)
    return model, Report(float(right.mean()), float(sparse_right.mean()), float(unsure.mean()))


def _where_sure(confidence: Floats, sparse_right: Floats, both_right: Floats, allowed: float) -> float:
    """The least confidence above which the sparse model alone loses at most ``allowed`` of all messages."""
    for sure in _SURE:
        alone = confidence >= sure
        if (both_right[alone].sum() - sparse_right[alone].sum()) / len(confidence) <= allowed:
            return float(sure)
    return 1.01
