"""A linear classifier with honest probabilities.

Scores come from support vector machines, one a class (squared hinge). On our lines with one writer held out they beat
multinomial logistic regression and ridge regression on the same features, in a tenth of the time; see
docs/adr/0007-linear-understanding.md. Scores of held-out folds then teach a softmax what the scores are worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.features.arrays import Floats, Integers

_TOLERANCE = 1e-2
_SEED = 20
_UNTAUGHT_SLOPE = 3.0
# Once so many messages are scored held out, more of them teach the few numbers of a softmax nothing.
_ENOUGH_HELD_OUT = 5000


@dataclass(frozen=True)
class Linear:
    """``weights``: features by classes; probabilities are the softmax of ``slope * score + offset``."""

    weights: Floats
    bias: Floats
    slope: float
    offset: Floats

    def probabilities(self, rows: csr_matrix) -> Floats:
        """Messages by classes."""
        return softmax(self.slope * (rows @ self.weights + self.bias) + self.offset)

    def state(self) -> dict[str, Any]:
        """What ``from_state`` needs, as arrays; weights lose digits that decide nothing, and half their size."""
        return {
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
            "slope": np.array(self.slope),
            "offset": self.offset,
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Linear:
        """The classifier that gave ``state``."""
        return cls(state["weights"].astype(np.float32), state["bias"], float(state["slope"]), state["offset"])


@dataclass(frozen=True)
class HeldOut:
    """Probabilities of the messages at ``places``, each from a classifier that had not seen it."""

    indices: Integers
    probabilities: Floats


def learn(rows: csr_matrix, labels: Integers, cost: float, folds: int) -> tuple[Linear, HeldOut]:
    """A classifier for classes 0..n-1 of ``labels``, and held-out probabilities of messages it learnt from: of all of
    them, or of as many parts of them as are enough.

    Args:
        cost: what an error costs against large weights (the C of support vector machines).
        folds: how many parts the messages are dealt into to score each by a classifier that has not seen it.
    """
    classes = int(labels.max()) + 1
    everything = np.arange(len(labels))
    parts = [everything, *_enough(_complements(everything, labels, folds), len(labels))]
    with ThreadPoolExecutor(2) as pool:
        (weights, bias), *others = pool.map(lambda part: _fit(rows[part], labels[part], classes, cost), parts)
    outside = [np.setdiff1d(everything, part) for part in parts[1:]]
    scores = np.concatenate([rows[rest] @ w + b for rest, (w, b) in zip(outside, others, strict=True)])
    indices = np.concatenate(outside)
    order = np.argsort(indices)
    indices, scores = indices[order], scores[order]
    # Held out, the only messages of a class tell nothing: no classifier of a part had seen it.
    seen = np.bincount(labels)[labels[indices]] >= folds
    slope, offset = calibrate(scores[seen], labels[indices[seen]])
    return Linear(weights, bias, slope, offset), HeldOut(indices, softmax(slope * scores + offset))


def calibrate(scores: Floats, labels: Integers) -> tuple[float, Floats]:
    """(slope, offsets a class) under which the softmax of ``scores`` is likeliest to give ``labels``; some middling
    ones where there are no messages.
    """
    count, classes = scores.shape
    if not count:
        return _UNTAUGHT_SLOPE, np.zeros(classes, dtype=np.float32)
    truth = np.eye(classes)[labels]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        found = softmax(parameters[0] * scores + parameters[1:])
        wrong = (found - truth) / count
        likelihood = -np.log(np.maximum(found[np.arange(count), labels], 1e-12)).mean()
        # A little pull to zero keeps the offsets of rare classes from running away.
        pull = 1e-2 * parameters[1:]
        value = likelihood + 0.5 * float(pull @ parameters[1:])
        return value, np.concatenate([[float((wrong * scores).sum())], wrong.sum(axis=0) + pull])

    start = np.concatenate([[_UNTAUGHT_SLOPE], np.zeros(classes)])
    # A higher score never means a lower probability, however few messages there are to learn that from.
    bounds = [(1.0, None), *[(None, None)] * classes]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return float(best.x[0]), best.x[1:].astype(np.float32)


def softmax(scores: Floats) -> Floats:
    """Rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _complements(everything: Integers, labels: Integers, folds: int) -> Sequence[Integers]:
    """For each fold, the messages outside it; classes with fewer messages than folds are dealt as they come."""
    folds = min(folds, len(labels))
    rare = np.bincount(labels)[labels] < folds
    if rare.all():
        return [outside for outside, _ in KFold(folds, shuffle=True, random_state=_SEED).split(everything)]
    deal = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    return [outside for outside, _ in deal.split(everything, np.where(rare, -1, labels))]


def _enough(parts: Sequence[Integers], count: int) -> Sequence[Integers]:
    """As many of ``parts`` (each what is learnt from) as it takes to score enough of ``count`` messages."""
    scored = np.cumsum([count - len(part) for part in parts])
    return parts[: int(np.searchsorted(scored, _ENOUGH_HELD_OUT)) + 1]


def _fit(rows: csr_matrix, labels: Integers, classes: int, cost: float) -> tuple[Floats, Floats]:
    """(weights, bias) for all ``classes``, those absent from ``labels`` included."""
    weights = np.zeros((rows.shape[1], classes), dtype=np.float32)
    bias = np.full(classes, -1.0, dtype=np.float32)
    present = np.unique(labels)
    if len(present) < 2:
        bias[present] = 1.0
        return weights, bias
    machine = LinearSVC(C=cost, tol=_TOLERANCE, random_state=_SEED).fit(rows, labels)
    found, intercept = machine.coef_, machine.intercept_
    if len(present) == 2:
        # For two classes there is one machine, for the second against the first.
        found, intercept = np.vstack([-found, found]), np.concatenate([-intercept, intercept])
    weights[:, present] = found.T
    bias[present] = intercept
    return weights, bias
