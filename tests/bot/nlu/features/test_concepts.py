"""Vectors of concepts: what a message means by the names of its concepts."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from bot.nlu.features.concepts import ConceptVectors, concepts_of

FORMS = {"course": ["cours", "takwin"], "cost": ["prix", "taman"], "free": ["gratuit", "fabor"]}
MESSAGES = [{"course": 1}, {"course": 1, "cost": 1}, {"cost": 2}, {"free": 1, "course": 1}, {"<city>": 1}]


def encode(texts: Sequence[str]) -> np.ndarray:
    """Vectors that tell texts apart, the same every time."""
    return np.stack([np.random.default_rng(sum(map(ord, text))).normal(size=16) for text in texts])


@pytest.fixture(name="learnt")
def _learnt() -> ConceptVectors:
    return ConceptVectors.learn(MESSAGES, FORMS, encode, 1.5)


def test_single_concepts_are_told_from_runs_of_them() -> None:
    pieces = Counter(["course", "| course", "course cost", "cost", "cost |", "|", "course"])
    assert concepts_of(pieces) == {"course": 2, "cost": 1}


def test_the_first_form_stands_for_a_concept() -> None:
    said: list[str] = []

    def listening(texts: Sequence[str]) -> np.ndarray:
        said.extend(texts)
        return encode(texts)

    ConceptVectors.learn(MESSAGES, FORMS, listening, 1.0)
    assert said == ["city", "prix", "cours", "gratuit"]


def test_rows_have_the_wanted_length_on_average(learnt: ConceptVectors) -> None:
    rows = np.stack([learnt.row(message) for message in MESSAGES])
    assert np.allclose(rows.mean(axis=0), 0, atol=1e-5)
    assert np.sqrt((rows**2).sum(axis=1).mean()) == pytest.approx(1.5, rel=1e-3)


def test_the_order_and_unknown_concepts_do_not_count(learnt: ConceptVectors) -> None:
    one = learnt.row({"course": 1, "cost": 1})
    assert np.allclose(one, learnt.row({"cost": 1, "course": 1, "unheard": 3}))
    assert not np.allclose(one, learnt.row({"cost": 1}))


def test_what_is_kept_gives_the_same_rows(learnt: ConceptVectors) -> None:
    again = ConceptVectors.from_state(learnt.state())
    for message in [*MESSAGES, {}]:
        assert np.allclose(again.row(message), learnt.row(message), atol=1e-2)
