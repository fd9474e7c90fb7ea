"""Whether examples help: the same messages understood by a model without them, and by one with them."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.review import notation
from console.review.files import Example, added

#: Of reviewed examples one in so many is kept aside, and of the lines there are.
REVIEWED_ASIDE = 4
LINES_ASIDE = 12
_EXAMPLE = "      - "


@dataclass(frozen=True)
class Case:
    """A message that nothing was learnt from, and what it means."""

    text: str
    variety: str
    intent: str
    meaning: tuple[tuple[str, str], ...]
    reviewed: bool


@dataclass(frozen=True)
class Answer:
    """What a model understood of a message."""

    intent: str | None
    meaning: tuple[tuple[str, str], ...] = ()


#: Learns from files of training data (by path below `data/nlu`), and says what it understands of messages.
Understand = Callable[[Mapping[str, str], Sequence[Case]], Sequence[Answer]]


@dataclass(frozen=True)
class Score:
    """Of so many messages, how many had their intent right, how many their entities, and the macro F1 of intents."""

    count: int
    intents: int
    entities: int
    macro_f1: float


@dataclass(frozen=True)
class Comparison:
    """Scores before and after, of reviewed messages and of lines of the data; and of all, the messages whose intent
    became right (`mended`) or wrong (`broken`).
    """

    reviewed: tuple[Score, Score]
    lines: tuple[Score, Score]
    mended: tuple[Case, ...]
    broken: tuple[Case, ...]


def compare(
    present: Mapping[str, str], examples: Sequence[Example], understand: Understand, seed: int = 7
) -> Comparison:
    """Learns twice, without the examples and with them, and asks both the same messages, which neither learnt from: a
    part of the examples, and a part of the lines there are, so that what gets worse is seen too.
    """
    kept, aside = parted(examples)
    lines, cases = held_out(present, random.Random(seed))  # noqa: S311 - the same draw each time
    questions = [*(_case(each, reviewed=True) for each in aside), *cases]
    before = list(understand(lines, questions))
    after = list(understand({**lines, **added(lines, kept)}, questions))
    triples = list(zip(questions, before, after, strict=True))
    return Comparison(
        reviewed=_both([each for each in triples if each[0].reviewed]),
        lines=_both([each for each in triples if not each[0].reviewed]),
        mended=tuple(c for c, old, new in triples if old.intent != c.intent and new.intent == c.intent),
        broken=tuple(c for c, old, new in triples if old.intent == c.intent and new.intent != c.intent),
    )


def parted(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Examples to learn from, and those kept aside: the same ones each time, whatever else there is."""
    kept: list[Example] = []
    aside: list[Example] = []
    for each in examples:
        number = int(hashlib.sha256(f"{each.variety}\0{each.marked}".encode()).hexdigest()[:8], 16)
        (aside if number % REVIEWED_ASIDE == 0 else kept).append(each)
    return kept, aside


def held_out(present: Mapping[str, str], chance: random.Random) -> tuple[dict[str, str], list[Case]]:
    """The files without some of their lines, and those lines as messages."""
    lines: dict[str, str] = {}
    cases: list[Case] = []
    for path in sorted(present):
        kept = []
        variety, intent = path.removesuffix(".yml").split("/")
        for line in present[path].splitlines(keepends=True):
            if line.startswith(_EXAMPLE) and chance.random() < 1 / LINES_ASIDE:
                cases.append(_case(Example(variety, intent, line[len(_EXAMPLE) :].strip()), reviewed=False))
            else:
                kept.append(line)
        lines[path] = "".join(kept)
    return lines, cases


def _case(example: Example, *, reviewed: bool) -> Case:
    line = notation.read(example.marked)
    return Case(line.text, example.variety, example.intent, line.meaning, reviewed)


def _both(triples: Sequence[tuple[Case, Answer, Answer]]) -> tuple[Score, Score]:
    cases = [case for case, _, _ in triples]
    return score(cases, [old for _, old, _ in triples]), score(cases, [new for _, _, new in triples])


def score(cases: Sequence[Case], answers: Sequence[Answer]) -> Score:
    """How well messages were understood. The macro F1 is over the intents that are meant."""
    right = [case.intent == answer.intent for case, answer in zip(cases, answers, strict=True)]
    entities = sum(case.meaning == answer.meaning for case, answer in zip(cases, answers, strict=True))
    meant: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case, answer in zip(cases, answers, strict=True):
        if case.intent == answer.intent:
            meant[case.intent][0] += 1
        else:
            meant[case.intent][1] += 1
            if answer.intent is not None:
                meant[answer.intent][2] += 1
    wanted = {case.intent for case in cases}
    each = [
        2 * t / (2 * t + missed + wrong) for label, (t, missed, wrong) in meant.items() if label in wanted
    ]
    return Score(len(cases), sum(right), entities, sum(each) / len(each) if each else 0.0)
