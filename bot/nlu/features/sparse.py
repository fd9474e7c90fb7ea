"""TF-IDF rows from the pieces of a message; each view has unit length, so that none drowns the others.

Where asked for, what the concepts of a message mean stands beside the pieces: see ``bot.nlu.features.concepts``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.features.arrays import Floats, Integers
from bot.nlu.features.concepts import ConceptVectors, Encode, concepts_of
from bot.nlu.features.grams import NAMES, VIEWS
from bot.nlu.features.knowledge import Knowledge
from bot.nlu.storage import joined, part_of

SEPARATOR = "\n"
_CONCEPTS = "concepts"
NOTHING_KNOWN = Knowledge()


class SparseViews:
    """The pieces known from training, each with its column and its weight (inverse document frequency)."""

    def __init__(
        self,
        views: str,
        columns: Sequence[dict[str, int]],
        idf: Floats,
        knowledge: Knowledge = NOTHING_KNOWN,
        vectors: Optional[ConceptVectors] = None,
    ) -> None:
        self._name = views
        self._knowledge = knowledge
        self._columns = columns
        self._idf = idf
        self._vectors = vectors

    @classmethod
    def learn(
        cls,
        views: str,
        texts: Iterable[str],
        knowledge: Knowledge = NOTHING_KNOWN,
        encode: Optional[Encode] = None,
        weight: float = 1.0,
    ) -> tuple[SparseViews, csr_matrix]:
        """The pieces of ``texts`` and the rows of ``texts`` themselves. ``views``: a name in ``VIEWS``.

        With ``encode``, concepts have vectors too, if there are any concepts, of the length ``weight`` on average.
        """
        cut = VIEWS[views]
        messages = [[Counter(pieces) for pieces in cut(text, knowledge)] for text in texts]
        columns: list[dict[str, int]] = []
        frequencies: list[int] = []
        for view in range(len(cut("", knowledge))):
            documents = Counter(piece for message in messages for piece in message[view])
            columns.append({piece: len(frequencies) + at for at, piece in enumerate(documents)})
            frequencies.extend(documents.values())
        idf = np.log((1 + len(messages)) / (1 + np.array(frequencies, dtype=np.float32))) + 1
        vectors = None
        if encode is not None and knowledge.lexicon and _CONCEPTS in NAMES[views]:
            column = NAMES[views].index(_CONCEPTS)
            concepts = [concepts_of(message[column]) for message in messages]
            vectors = (
                ConceptVectors.learn(concepts, knowledge.lexicon, encode, weight) if any(concepts) else None
            )
        learnt = cls(views, columns, idf.astype(np.float32), knowledge, vectors)
        return learnt, learnt._matrix([learnt._weigh(message) for message in messages])

    @property
    def knowledge(self) -> Knowledge:
        """What the views know beside their pieces."""
        return self._knowledge

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self._idf) + (self._vectors.width if self._vectors else 0)

    def words(self) -> Iterator[tuple[str, int]]:
        """(word, its column) of the words that stand alone in a view of words, as written or folded."""
        for view, known in zip(NAMES[self._name], self._columns, strict=True):
            if view in ("words", "folded words"):
                yield from ((piece, column) for piece, column in known.items() if " " not in piece)

    def row(self, text: str) -> tuple[Integers, Floats]:
        """(columns, weights) of one message."""
        return self._weigh([Counter(pieces) for pieces in VIEWS[self._name](text, self._knowledge)])

    def named_row(self, text: str) -> list[tuple[str, str, int, float]]:
        """(view, piece, column, weight) of one message, to explain what it was understood from."""
        found = []
        pieces = [Counter(pieces) for pieces in VIEWS[self._name](text, self._knowledge)]
        columns, weights = self._weigh(pieces)
        names = iter(zip(columns, weights, strict=True))
        for view, counts, known in zip(NAMES[self._name], pieces, self._columns, strict=True):
            for piece in counts:
                if piece in known:
                    column, weight = next(names)
                    found.append((view, piece, int(column), float(weight)))
        return found

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        """One row a message."""
        return self._matrix([self.row(text) for text in texts])

    def state(self) -> dict[str, Any]:
        """What ``from_state`` needs, as arrays."""
        pieces = [SEPARATOR.join(known) for known in self._columns]
        state = {"views": np.array(self._name), "pieces": np.array(pieces), "idf": self._idf}
        return {**state, **(joined(concepts=self._vectors.state()) if self._vectors else {})}

    @classmethod
    def from_state(cls, state: dict[str, Any], knowledge: Knowledge = NOTHING_KNOWN) -> SparseViews:
        """The views that gave ``state``, with the knowledge they had."""
        columns: list[dict[str, int]] = []
        first = 0
        for pieces in state["pieces"]:
            known = str(pieces).split(SEPARATOR) if pieces else []
            columns.append({piece: first + at for at, piece in enumerate(known)})
            first += len(known)
        vectors = part_of(state, "concepts")
        kept = ConceptVectors.from_state(vectors) if vectors else None
        return cls(str(state["views"]), columns, state["idf"], knowledge, kept)

    def _weigh(self, message: Sequence[Counter[str]]) -> tuple[Integers, Floats]:
        indices, weights = [], []
        for counts, columns in zip(message, self._columns, strict=True):
            known = [(columns[piece], count) for piece, count in counts.items() if piece in columns]
            if not known:
                continue
            at = np.array([column for column, _ in known])
            weight = (1 + np.log(np.array([count for _, count in known], dtype=np.float32))) * self._idf[at]
            indices.append(at)
            weights.append(weight / np.linalg.norm(weight))
        if self._vectors:
            concepts = concepts_of(message[NAMES[self._name].index(_CONCEPTS)])
            indices.append(np.arange(len(self._idf), self.width))
            weights.append(self._vectors.row(concepts))
        if not indices:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        return np.concatenate(indices), np.concatenate(weights).astype(np.float32)

    def _matrix(self, rows: Sequence[tuple[Integers, Floats]]) -> csr_matrix:
        ends = np.cumsum([0, *(len(indices) for indices, _ in rows)])
        if not rows:
            return csr_matrix((0, self.width), dtype=np.float32)
        indices = np.concatenate([indices for indices, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        found = csr_matrix((weights, indices, ends), shape=(len(rows), self.width))
        found.sort_indices()
        return found
