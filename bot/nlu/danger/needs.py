"""What somebody asks for who wrote of danger, beside what happens to them: that nobody writes, who reads it, somewhere
to go, another number; or that they lead away from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, NamedTuple, Optional

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.nlu.danger.examples import NEEDS, NeedExample
from bot.nlu.extent import extent
from bot.nlu.features.arrays import Floats
from bot.nlu.features.encoder import DIMENSION
from bot.nlu.features.knowledge import Knowledge
from bot.nlu.features.linear import Linear, learn
from bot.nlu.features.sentences import capped, encode_cached, vectors
from bot.nlu.features.sparse import NOTHING_KNOWN, SparseViews
from bot.nlu.storage import joined, part_of

_VIEWS = "meaning"
_MOST_TOKENS = 48


class Need(NamedTuple):
    """The likeliest need, and how likely it is."""

    name: str
    likelihood: float


@dataclass(frozen=True)
class NeedModel:
    """A linear model over words, letters, concepts and the sentence vector."""

    views: SparseViews
    classifier: Linear
    centre: Floats
    spread: Floats

    def find(self, text: str) -> Need:
        """What a message asks for; of a long one, its beginning and end."""
        text = extent(text).text
        row = csr_matrix((vectors([capped(text, _MOST_TOKENS)]) - self.centre) / self.spread)
        found = self.classifier.probabilities(csr_matrix(hstack([self.views.matrix([text]), row])))[0]
        at = int(np.argmax(found))
        return Need(NEEDS[at], float(found[at]))

    def state(self) -> Dict[str, Any]:
        """What ``from_state`` needs, as arrays."""
        parts = joined(views=self.views.state(), classifier=self.classifier.state())
        return {"centre": self.centre, "spread": self.spread, **parts}

    @classmethod
    def from_state(cls, state: Dict[str, Any], knowledge: Knowledge = NOTHING_KNOWN) -> Optional[NeedModel]:
        """The model that gave ``state``; None where there was none."""
        if not state:
            return None
        views = SparseViews.from_state(part_of(state, "views"), knowledge)
        classifier = Linear.from_state(part_of(state, "classifier"))
        return cls(views, classifier, state["centre"], state["spread"])


def train_needs(
    examples: Sequence[NeedExample], cost: float, folds: int, cache: Path, knowledge: Knowledge
) -> tuple[NeedModel, float]:
    """(the model, the share of held-out messages it told right).

    Args:
        cache: a folder where sentence vectors are kept.
    """
    texts = [example.text for example in examples]
    truth = np.array([NEEDS.index(example.need) for example in examples])
    views, rows = SparseViews.learn(_VIEWS, texts, knowledge)
    encoded = encode_cached(texts, cache, lambda done, total: None)
    centre = encoded.mean(axis=0)
    spread = (encoded.std(axis=0) + 1e-6) * DIMENSION**0.5
    both = csr_matrix(hstack([rows, csr_matrix((encoded - centre) / spread)]))
    classifier, held_out = learn(both, truth, cost, folds)
    right = held_out.probabilities.argmax(axis=1) == truth[held_out.indices]
    return NeedModel(views, classifier, centre, spread), float(right.mean())
