"""What annotated lines teach: phrases the gazetteer lacks, words that are nobody's misspelling, and the judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.entities.extractor import AS_WRITTEN, Extractor, View
from bot.nlu.entities.judge import Case, features, train
from bot.nlu.folding import Token, tokenize

# A surface must be marked at least this often of the times it stands in the lines.
_PRECISE = 0.5
_LONGEST_SURFACE = 6
# A word this often outside every span, and never inside one, is an everyday word.
_EVERYDAY_FROM = 2
_SYNTAX = str.maketrans("(){}|=", "      ")


@dataclass(frozen=True)
class Marked:
    """An annotated span: ``value`` is its canonical value, or the text of the span where none was given."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A training line."""

    text: str
    intent: str
    marked: tuple[Marked, ...]


def learn(data: Mapping[str, Any], lines: Sequence[Line]) -> dict[str, Any]:
    """``data`` with what ``lines`` teach beside it, JSON-ready: ``learnt``, ``ordinary`` and ``judge``."""
    tokens = [tokenize(line.text) for line in lines]
    taught = {
        **data,
        "learnt": _surfaces(lines, tokens),
        "ordinary": sorted(_everyday(lines, tokens)),
        "judge": {},
    }
    extractor = Extractor(taught)
    cases = [case for line in lines for case in _cases(extractor.view(line.text, line.intent), line)]
    taught["judge"] = train(cases)
    return taught


def _everyday(lines: Sequence[Line], tokens: Sequence[Sequence[Token]]) -> set[str]:
    outside: Counter[str] = Counter()
    inside: set[str] = set()
    for line, words in zip(lines, tokens, strict=True):
        for token in words:
            if any(token.start < mark.end and mark.start < token.end for mark in line.marked):
                inside.add(token.plain)
            else:
                outside[token.plain] += 1
    return {word for word, count in outside.items() if count >= _EVERYDAY_FROM and word not in inside}


def _surfaces(lines: Sequence[Line], tokens: Sequence[Sequence[Token]]) -> list[tuple[str, str, str]]:
    """(entity, value, surface) of every surface that was marked with one value and seldom left unmarked."""
    canonical = {
        mark.entity
        for line in lines
        for mark in line.marked
        if mark.value != line.text[mark.start : mark.end]
    }
    values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for line in lines:
        for mark in line.marked:
            surface = " ".join(token.plain for token in tokenize(line.text[mark.start : mark.end]))
            if surface and surface.count(" ") < _LONGEST_SURFACE:
                values[mark.entity, surface][mark.value if mark.entity in canonical else AS_WRITTEN] += 1
    consistent = {key: counts.most_common(1)[0] for key, counts in values.items() if len(counts) == 1}
    standing = _occurrences({surface for _, surface in consistent}, tokens)
    return sorted(
        (entity, value, surface.translate(_SYNTAX))
        for (entity, surface), (value, count) in consistent.items()
        if count >= _PRECISE * standing[surface]
    )


def _occurrences(surfaces: set[str], tokens: Iterable[Sequence[Token]]) -> Counter[str]:
    found: Counter[str] = Counter()
    longest = 1 + max((surface.count(" ") for surface in surfaces), default=0)
    for line in tokens:
        words = [token.plain for token in line]
        for first in range(len(words)):
            for size in range(1, min(longest, len(words) - first) + 1):
                surface = " ".join(words[first : first + size])
                if surface in surfaces:
                    found[surface] += 1
    return found


def _cases(view: View, line: Line) -> Iterable[Case]:
    for rivals in view.candidates:
        for verdict in rivals:
            span = verdict.span
            start, end = view.tokens[span.first].start, view.tokens[span.last].end
            marked = any(
                mark.entity == span.entity
                and (mark.value == span.value or span.value == AS_WRITTEN)
                and mark.start < end
                and start < mark.end
                for mark in line.marked
            )
            yield Case(tuple(features(verdict, view.scene, view.folded)), marked)
