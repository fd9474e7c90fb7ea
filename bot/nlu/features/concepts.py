"""What the concepts of a message mean together: where lines are few, one not seen in them is near one that was.

A message is the sum of the sentence vectors of its concepts' names, the rarer the heavier. The vectors are computed
once, when a model is trained: a message costs a sum of a few rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.nlu.features.arrays import Floats

Encode = Callable[[Sequence[str]], Floats]
"""From texts to one row each."""
Concepts = Mapping[str, int]
"""The concepts of one message, and how often each stands in it."""

_END = "|"


def concepts_of(pieces: Mapping[str, int]) -> Concepts:
    """The single concepts among the runs of concepts of a message."""
    return {piece: count for piece, count in pieces.items() if " " not in piece and piece != _END}


@dataclass(frozen=True)
class ConceptVectors:
    """``vectors``: a row for each of ``names``, weighed; sums of them are centred by ``centre`` and scaled."""

    names: list[str]
    vectors: Floats
    centre: Floats
    scale: Floats

    @classmethod
    def learn(
        cls,
        messages: Sequence[Concepts],
        forms: Mapping[str, Sequence[str]],
        encode: Encode,
        weight: float,
    ) -> ConceptVectors:
        """``forms``: the words of each concept, the first of which stands for it; ``weight``: the length of a row."""
        counted = Counter(name for message in messages for name in message)
        names = sorted(counted)
        spelt = [forms[name][0] if forms.get(name) else name.strip("<>").replace("_", " ") for name in names]
        vectors = encode(spelt)
        rarity = np.log((1 + len(messages)) / (1 + np.array([counted[name] for name in names]))) + 1
        vectors = (vectors - vectors.mean(axis=0)) * rarity[:, None]
        width = vectors.shape[1]
        bare = cls(names, vectors.astype(np.float32), np.zeros(width), np.ones(width))
        rows = np.stack([bare.row(message) for message in messages])
        scale = weight * width**-0.5 / (rows.std(axis=0) + 1e-6)
        return cls(names, bare.vectors, rows.mean(axis=0).astype(np.float32), scale.astype(np.float32))

    def __post_init__(self) -> None:
        object.__setattr__(self, "_indices", {name: at for at, name in enumerate(self.names)})

    @property
    def width(self) -> int:
        """The number of columns."""
        return int(self.vectors.shape[1])

    def row(self, concepts: Concepts) -> Floats:
        """One message."""
        indices: Mapping[str, int] = self._indices  # type: ignore[attr-defined]
        known = [(indices[name], count) for name, count in concepts.items() if name in indices]
        total = np.zeros(self.width, dtype=np.float32)
        for index, count in known:
            total += count * self.vectors[index]
        length = float(np.linalg.norm(total))
        return (total / (length or 1.0) - self.centre) * self.scale

    def state(self) -> dict[str, Any]:
        """What ``from_state`` needs, as arrays."""
        return {
            "names": np.array(self.names),
            "vectors": self.vectors.astype(np.float16),
            "centre": self.centre,
            "scale": self.scale,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> ConceptVectors:
        """The vectors that gave ``state``."""
        names = [str(name) for name in state["names"]]
        return cls(names, state["vectors"].astype(np.float32), state["centre"], state["scale"])
