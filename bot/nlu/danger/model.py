"""The detector: how likely each class of ``examples`` is for a message.

Two steps, as for intents (``bot.nlu.intents.model``): a sparse model over words, letters and concepts, and where it
does not find a window plainly harmless, a second one that has the sentence vector too.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import List, Optional

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.nlu.danger.examples import CLASSES, CONCERN, HARMLESS, Example
from bot.nlu.danger.windows import paired, stretches
from bot.nlu.features.arrays import Floats
from bot.nlu.features.encoder import DIMENSION, encode
from bot.nlu.features.encoding import Progress
from bot.nlu.features.knowledge import Knowledge
from bot.nlu.features.linear import Linear, learn
from bot.nlu.features.sentences import capped, encode_cached, tells
from bot.nlu.features.sentences import vectors as vectors_of
from bot.nlu.features.sparse import NOTHING_KNOWN, SparseViews
from bot.nlu.folding import Token, tokenize
from bot.nlu.storage import joined, load_arrays, part_of, save_arrays

_VIEWS = "meaning"
_FIRST_KIND = CLASSES.index(CONCERN) + 1
_SEED = 12
#: One short example in so many stands once more in the middle of a wish: people tell it on the way.
_EMBEDDED_ONE_IN = 6
_SHORT_WORDS = 10
#: Of a long message no more windows get a vector than this, the likeliest ones.
MOST_VECTORS = 1
#: And no more of the encoder's tokens than so many in each.
MOST_TOKENS = 48
#: Of a message of more stretches than these so many windows are read to the letter.
MOST_STRETCHES = 6
_TELLING_WORDS = 4


@dataclass(frozen=True)
class Found:
    """What the detector makes of a message: how likely somebody is in danger, of which kind that would be (one of
    ``KINDS``), and how likely a kind word is called for.
    """

    danger: float
    kind: str
    concern: float


@dataclass(frozen=True)
class Settings:
    """How to train. ``plain``: below this likelihood of danger and of concern the sparse model's word is enough."""

    cost: float
    folds: int
    plain: float
    vectors: Path


@dataclass(frozen=True)
class DangerModel:
    """What training leaves."""

    views: SparseViews
    sparse: Linear
    dense: Linear
    centre: Floats
    spread: Floats
    plain: float

    def find(self, text: str) -> Found:
        """What is told in all of ``text``."""
        parts = self._likeliest(list(stretches(text)))
        rows = self.views.matrix(parts)
        found = self.sparse.probabilities(rows)
        told = 1.0 - found[:, CLASSES.index(HARMLESS)]
        unsure = [
            at for at in np.argsort(-told)[:MOST_VECTORS] if told[at] >= self.plain and tells(parts[at])
        ]
        if unsure:
            vectors = self._vectors(vectors_of([capped(parts[at], MOST_TOKENS) for at in unsure]))
            found[unsure] = self.dense.probabilities(csr_matrix(hstack([rows[unsure], vectors])))
        return _found(found)

    def _likeliest(self, parts: Sequence[str]) -> List[str]:
        """The windows that are read to the letter: all of an ordinary message, and of a long one those whose words
        speak most for danger. Each word of it is looked at for that.
        """
        if len(parts) <= MOST_STRETCHES:
            return paired(parts)
        speaks = [sum(sorted(map(self._speaks, tokenize(part)))[-_TELLING_WORDS:]) for part in parts]
        found = paired(parts)
        order = sorted(range(len(found)), key=lambda at: -(speaks[at] + speaks[at + 1]))
        return [found[at] for at in sorted(order[:MOST_STRETCHES])]

    def _speaks(self, token: Token) -> float:
        telling = self._telling_words
        return max(telling.get(token.plain, 0.0), telling.get(token.folded, 0.0))

    @cached_property
    def _telling_words(self) -> dict[str, float]:
        """How much each word by itself speaks for danger, where it does."""
        weights = self.sparse.weights
        speaks = weights[:, _FIRST_KIND:].max(axis=1) - weights[:, CLASSES.index(HARMLESS)]
        return {word: float(speaks[column]) for word, column in self.views.words() if speaks[column] > 0.0}

    def warm(self) -> None:
        """Read what is read at the first use: the first message has no more time than any other."""
        self.views.matrix([""])
        encode([""])
        self._telling_words  # noqa: B018 - put together once

    def _vectors(self, vectors: Floats) -> csr_matrix:
        return csr_matrix((vectors - self.centre) / self.spread)

    def save(self, file: Path) -> None:
        """Write everything to one file of arrays."""
        own = {"centre": self.centre, "spread": self.spread, "plain": np.array(self.plain)}
        parts = joined(views=self.views.state(), sparse=self.sparse.state(), dense=self.dense.state())
        save_arrays(file, {**own, **parts})

    @classmethod
    def load(cls, file: Path, knowledge: Knowledge = NOTHING_KNOWN) -> DangerModel:
        """Read what ``save`` wrote; ``knowledge`` is what it was trained with."""
        state = load_arrays(file)
        return cls(
            SparseViews.from_state(part_of(state, "views"), knowledge),
            Linear.from_state(part_of(state, "sparse")),
            Linear.from_state(part_of(state, "dense")),
            state["centre"],
            state["spread"],
            float(state["plain"]),
        )


def train(
    examples: Sequence[Example],
    wishes: Sequence[str],
    settings: Settings,
    progress: Progress,
    knowledge: Knowledge = NOTHING_KNOWN,
) -> tuple[DangerModel, float]:
    """(the model, the share of held-out messages it told right).

    Args:
        wishes: what people ask of the service every day, all of it harmless.
    """
    lines = [*examples, *(Example("", wish, HARMLESS) for wish in wishes), *_embedded(examples, wishes)]
    texts = [line.text for line in lines]
    truth = np.array([CLASSES.index(line.of) for line in lines])
    views, rows = SparseViews.learn(_VIEWS, texts, knowledge)
    sparse, _ = learn(rows, truth, settings.cost, settings.folds)
    vectors = encode_cached(texts, settings.vectors, progress)
    centre = vectors.mean(axis=0)
    spread = (vectors.std(axis=0) + 1e-6) * DIMENSION**0.5
    both = csr_matrix(hstack([rows, csr_matrix((vectors - centre) / spread)]))
    dense, held_out = learn(both, truth, settings.cost, settings.folds)
    right = held_out.probabilities.argmax(axis=1) == truth[held_out.indices]
    return DangerModel(views, sparse, dense, centre, spread, settings.plain), float(right.mean())


def _embedded(examples: Sequence[Example], wishes: Sequence[str]) -> List[Example]:
    """Short examples once more with a wish before or after them, and as many wishes with another wish."""
    if not wishes:
        return []
    draw = random.Random(_SEED)
    short = [each for each in examples if len(each.text.split()) <= _SHORT_WORDS]
    found: List[Example] = []
    for each in draw.sample(short, len(short) // _EMBEDDED_ONE_IN):
        found.append(each._replace(text=_joined(draw, each.text, draw.choice(wishes))))
        found.append(Example("", _joined(draw, draw.choice(wishes), draw.choice(wishes)), HARMLESS))
    return found


def _joined(draw: random.Random, one: str, other: str) -> str:
    first, second = draw.sample((one, other), 2)
    return f"{first}{draw.choice((' ', ', ', '. ', ' w ', ' و '))}{second}"


def _found(windows_found: Floats) -> Found:
    danger = windows_found[:, _FIRST_KIND:].sum(axis=1)
    at = int(danger.argmax())
    kind: Optional[str] = CLASSES[_FIRST_KIND + int(windows_found[at, _FIRST_KIND:].argmax())]
    concern = float(windows_found[:, CLASSES.index(CONCERN)].max())
    return Found(float(danger[at]), str(kind), concern)
