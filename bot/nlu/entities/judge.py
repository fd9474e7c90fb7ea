"""A small trained judge: is this phrase, in this message, one that annotators would mark?

A log-linear model over what stands around a span. It knows nothing of any label: entity, value and intent are strings
among its features. Pure Python, both ways: training takes seconds for thousands of lines, judging microseconds.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.nlu.entities.context import Scene, Verdict

_ROUNDS = 8
_RATE = 0.15
_SHRINK = 2e-3
# A case judged this well teaches nothing more in a round.
_SURE = 0.02
_REACH = 3


@dataclass(frozen=True)
class Case:
    """A span's features, and whether it was marked."""

    features: tuple[str, ...]
    marked: bool


def features(verdict: Verdict, scene: Scene, folded: Sequence[str]) -> Iterator[str]:
    """What the judge looks at: the span itself, its intent, and the words, clitics and cues around it."""
    span = verdict.span
    entity, value = span.entity, f"{span.entity}={_kind(span.value)}"
    surface = " ".join(folded[span.first : span.last + 1])
    yield f"e {entity}"
    yield f"d {verdict.marked}"
    yield f"d {verdict.by} {value} {verdict.marked}"
    yield f"d {entity} {verdict.marked} {scene.intent}"
    yield f"v {value}"
    yield f"s {entity} {surface}"
    for about in (entity, value, f"{entity} {surface}"):
        yield f"i {about} {scene.intent}"
    yield f"p {entity} {span.prefix}"
    yield f"c {entity} {round(span.cost, 1)} {min(span.length, 3)}"
    yield f"a {entity} {scene.alone(span)} {scene.intent}"
    for step in range(1, _REACH + 1):
        for side, at in (("<", span.first - step), (">", span.last + step)):
            word = folded[at] if 0 <= at < len(folded) else "|"
            if step < _REACH:
                yield f"{side}{step} {entity} {word}"
            if step == 1:
                yield f"{side}{step} {value} {word}"
            yield f"{side} {entity} {word}"
    for other in scene.others(span):
        yield f"w {entity} {other}"
    for step in range(1, _REACH + 1):
        for name in scene.cues_ending.get(span.first - step, ()):
            yield f"q< {entity} {name}"
        for name in scene.cues_starting.get(span.last + step, ()):
            yield f"q> {entity} {name}"


def train(cases: Sequence[Case], seed: int = 7) -> dict[str, float]:
    """Weights of the features, by AdaGrad on the log loss; the same cases give the same weights."""
    weights: dict[str, float] = defaultdict(float)
    seen: dict[str, float] = defaultdict(lambda: 1e-2)
    order = list(range(len(cases)))
    shuffle = random.Random(seed).shuffle
    for _ in range(_ROUNDS):
        shuffle(order)
        for index in order:
            case = cases[index]
            error = _sigmoid(sum(weights[name] for name in case.features)) - case.marked
            if abs(error) < _SURE:
                continue
            for name in case.features:
                slope = error + _SHRINK * weights[name]
                seen[name] += slope * slope
                weights[name] -= _RATE * slope / math.sqrt(seen[name])
    return {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= 1e-2}


def likelihood(weights: Mapping[str, float], names: Iterator[str]) -> float:
    """How likely a span with these features is marked, between 0 and 1."""
    return _sigmoid(sum(weights.get(name, 0.0) for name in names))


def _sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _kind(value: str) -> str:
    """A value without its figures: the judge is to learn about durations, not about 3 months."""
    return "".join("0" if char.isdigit() else char for char in value)
