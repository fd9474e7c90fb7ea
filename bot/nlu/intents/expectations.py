"""What was asked last makes some answers likelier: after "do you agree?" a yes is likelier than a request for jobs.

A file gives, for each question, the shares of intents among its answers; all other intents share what is left. Bayes'
rule then turns the probabilities of a message alone into those of a message said after that question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Union

import yaml

from bot.nlu.features.arrays import Floats

Shares = Mapping[str, Mapping[str, float]]
Probabilities = Union[Sequence[float], Floats]
"""By intent, in the order of a model's labels."""


class Expectations:
    """Weights of intents by question, for the labels of one model. Labels a file does not know weigh the same."""

    def __init__(self, shares: Shares, labels: Sequence[str]) -> None:
        self.shares = shares
        self._weights = {question: _weights(expected, labels) for question, expected in shares.items()}

    def given(self, open_question: Any, probabilities: Probabilities) -> Probabilities:
        """Probabilities of one message, once it is known what was asked before it; the same where nothing was."""
        weights = self._weights.get(open_question) if isinstance(open_question, str) else None
        if weights is None:
            return probabilities
        weighted = [probability * weight for probability, weight in zip(probabilities, weights, strict=True)]
        total = sum(weighted)
        return [one / total for one in weighted]


def _weights(expected: Mapping[str, float], labels: Sequence[str]) -> list[float]:
    known = {label: share for label, share in expected.items() if label in labels}
    others = len(labels) - len(known)
    rest = max(1.0 - sum(known.values()), 0.0) / others if others else 0.0
    return [len(labels) * known.get(label, rest) for label in labels]


def read_shares(path: Path) -> Shares:
    """Read the file of shares.

    Raises:
        ValueError: naming the question whose shares are not numbers between 0 and 1 that leave something for others.
    """
    found = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for question, expected in found.items():
        shares: list[Any] = list(expected.values()) if isinstance(expected, dict) else [None]
        if not all(isinstance(share, (int, float)) and 0 < share < 1 for share in shares) or sum(shares) >= 1:
            raise ValueError(f"{path}: {question}: shares above 0 whose sum stays below 1 are expected")
    return dict(found)
