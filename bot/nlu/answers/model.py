"""A linear model of answers: how likely each label of ``examples`` is for a text, given the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import FrozenSet

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.nlu.answers.examples import LABELS, QUESTIONS, Example
from bot.nlu.features.arrays import Floats
from bot.nlu.features.linear import Linear, learn
from bot.nlu.features.sparse import SEPARATOR, SparseViews
from bot.nlu.folding import Token, tokenize
from bot.nlu.storage import joined, load_arrays, part_of, save_arrays

_VIEWS = "meaning"
#: What a word says after one question beside what it says after any.
_OWN_SHARE = 0.7
_SHORTEST_SKELETON = 4
_AGREEING = ("yes", "weak")
#: Questions about what people tell of themselves.
_ABOUT_VALUES = frozenset({"consent", "summary"})
_CORE_WORDS = 2
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class AnswerModel:
    """``words``: those that stand in a yes of the examples, in plain form, and the skeletons of the longer ones;
    ``cores``: those that have been nearly all of one, so that an answer says yes, and not its reason alone;
    ``values``: those of towns, which come with a yes where it is about what people tell of themselves.
    """

    views: SparseViews
    classifier: Linear
    words: FrozenSet[str]
    cores: FrozenSet[str]
    values: FrozenSet[str] = frozenset()

    def probabilities(self, texts: Sequence[str], questions: Sequence[str]) -> Floats:
        """Answers by ``LABELS``."""
        return self.classifier.probabilities(_rows(self.views.matrix(texts), questions))

    def strange_words(self, text: str, question: str) -> tuple[int, int]:
        """(how many words of a text have never been part of a yes to the question, how many words it has)."""
        tokens = tokenize(text)
        known = self.words | self.values if question in _ABOUT_VALUES else self.words
        return sum(known.isdisjoint(_spellings(token)) for token in tokens), len(tokens)

    def has_core(self, text: str) -> bool:
        """Whether some word of a text has been a yes by itself, or with one other."""
        return any(not self.cores.isdisjoint(_spellings(token)) for token in tokenize(text))

    def save(self, file: Path) -> None:
        """Write everything to one file of arrays."""
        state = joined(views=self.views.state(), classifier=self.classifier.state())
        for name, words in (("words", self.words), ("cores", self.cores), ("values", self.values)):
            state[name] = np.array(SEPARATOR.join(sorted(words)))
        save_arrays(file, state)

    @classmethod
    def load(cls, file: Path) -> AnswerModel:
        """Read what ``save`` wrote."""
        state = load_arrays(file)
        kept = [frozenset(str(state[name]).split(SEPARATOR)) for name in ("words", "cores", "values")]
        views = SparseViews.from_state(part_of(state, "views"))
        return cls(views, Linear.from_state(part_of(state, "classifier")), *kept)


def train(
    examples: Sequence[Example], cost: float, folds: int, values: Iterable[str] = ()
) -> tuple[AnswerModel, float]:
    """(the model, the share of held-out answers it read right).

    Args:
        values: phrases of towns.
    """
    views, rows = SparseViews.learn(_VIEWS, [example.text for example in examples])
    truth = np.array([LABELS.index(example.label) for example in examples])
    classifier, held_out = learn(_rows(rows, [example.question for example in examples]), truth, cost, folds)
    right = held_out.probabilities.argmax(axis=1) == truth[held_out.indices]
    agreeing = [example.text for example in examples if example.label in _AGREEING]
    short = [text for text in agreeing if len(tokenize(text)) <= _CORE_WORDS]
    known = [frozenset(_words(texts)) for texts in (agreeing, short, values)]
    return AnswerModel(views, classifier, *known), float(right.mean())


def _rows(rows: csr_matrix, questions: Sequence[str]) -> csr_matrix:
    """The pieces of each answer, and once more in columns of its question's own."""
    blocks = [rows]
    for question in QUESTIONS:
        own = np.array([_OWN_SHARE * (each == question) for each in questions], dtype=np.float32)
        blocks.append(csr_matrix(rows.multiply(own[:, None])))
    return csr_matrix(hstack(blocks))


def _words(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for token in tokenize(text):
            yield from _spellings(token)


def _spellings(token: Token) -> set[str]:
    """Short words of other meanings share a skeleton: only longer ones count by theirs."""
    written = {token.plain, _DOUBLED.sub(r"\1", token.plain)}
    return written | {token.folded} if len(token.folded) >= _SHORTEST_SKELETON else written
