"""Entities of a message: phrases found, decided by context, overlaps resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.nlu.entities.context import Cue, Scene, Span, Verdict, decide
from bot.nlu.entities.judge import features, likelihood
from bot.nlu.entities.matching import Label, Match, Phrasebook
from bot.nlu.entities.phrases import EXACT, SLOT, Phrase, read_phrase
from bot.nlu.folding import Token, tokenize

# A learnt phrase whose annotators gave no value: what is written is the value.
AS_WRITTEN = ""

_ENTITY, _NUMBER, _CUE = "entity", "number", "cue"
# A cue is an everyday word: only its own spelling, a clitic or its skeleton count.
_COSTLIEST_CUE = 0.35
_COSTLIEST_NUMBER = 0.1
_MARKED_FROM = 0.45
_PUNCTUATION = set(",.;:!?،؛؟…\n()")


@dataclass(frozen=True)
class Found:
    """One entity of a message; ``start`` and ``end`` are offsets in its text, ``cost`` is 0 for a phrase as written."""

    entity: str
    value: str
    start: int
    end: int
    cost: float
    source: str


@dataclass(frozen=True)
class View:
    """A message as the extractor sees it; ``places`` holds the verdicts on each place, longest first."""

    text: str
    tokens: Sequence[Token]
    scene: Scene
    candidates: Sequence[Sequence[Verdict]]

    @cached_property
    def folded(self) -> list[str]:
        """The words as the judge compares them, whatever their spelling."""
        return [token.folded or token.plain for token in self.tokens]


class Extractor:
    """Finds entities by the ``data`` that ``read_gazetteer`` gives (or any of its shape)."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        fillers = data.get("fillers") or {}
        self._left_out = _flat(fillers.get("left_out") or {})
        self._skipped = _flat(fillers.get("skipped") or {})
        everyday = _flat(data.get("everyday") or {}) | set(data.get("ordinary") or ())
        self._decisions = list((data.get("decisions") or {}).get("first_that_holds", ()))
        self._order = list((data.get("decisions") or {}).get("order", ()))
        self._judge: Mapping[str, float] = data.get("judge") or {}
        self._book = Phrasebook(self._entries(data), self._skipped, everyday)
        self._number_words = Phrasebook(self._number_entries(data), self._skipped, everyday)

    def _entries(self, data: Mapping[str, Any]) -> Iterator[tuple[Phrase, Label]]:
        for entity, values in (data.get("entities") or {}).items():
            for value, patterns in values.items():
                yield from self._labelled(patterns, Label(_ENTITY, entity, value))
        for entity, value, surface in data.get("learnt") or ():
            yield from self._labelled([EXACT + surface], Label(_ENTITY, entity, value))
        for name, varieties in (data.get("cues") or {}).items():
            yield from self._labelled(_flat(varieties), Label(_CUE, name, ""))

    def _number_entries(self, data: Mapping[str, Any]) -> Iterator[tuple[Phrase, Label]]:
        for value, varieties in (data.get("numbers") or {}).items():
            yield from self._labelled(_flat(varieties), Label(_NUMBER, "", str(value)))

    def _labelled(self, patterns: Any, label: Label) -> Iterator[tuple[Phrase, Label]]:
        for pattern in patterns:
            yield read_phrase(pattern, self._left_out), label

    def extract(self, text: str, intent: str = "") -> list[Found]:
        """The entities of ``text``, in order; ``intent`` is what the message was understood to want."""
        view = self.view(text, intent)
        chosen: list[Span] = []
        taken: set[int] = set()
        for rivals in view.candidates:
            covered = range(rivals[0].span.first, rivals[0].span.last + 1)
            if taken.intersection(covered):
                continue
            marked = [verdict.span for verdict in rivals if self._marks(verdict, view)]
            if marked:
                chosen.append(min(marked, key=lambda span: (span.cost, self._rank(span.entity))))
            if marked or not self._judge:
                taken.update(covered)
        return [_found(span, view) for span in sorted(chosen, key=lambda span: span.first)]

    def view(self, text: str, intent: str = "") -> View:
        """All that could be marked in ``text``, longest places first, and what context says of each."""
        tokens = tokenize(text)
        breaks = _breaks(text, tokens)
        matches = [
            match
            for match in self._book.matches(tokens, self._numbers(tokens))
            if breaks.isdisjoint(range(match.first + 1, match.last + 1))
        ]
        spans = _unrivalled(_spans(matches))
        scene = Scene(
            intent=intent,
            words=[token.plain for token in tokens],
            cues=[
                Cue(match.label.name, match.first, match.last)
                for match in matches
                if match.label.kind == _CUE and match.cost <= _COSTLIEST_CUE
            ],
            breaks=breaks,
            small={at for at, token in enumerate(tokens) if token.plain in self._skipped},
            spans=spans,
        )
        candidates: dict[tuple[int, int], list[Verdict]] = defaultdict(list)
        for span in spans:
            candidates[span.first, span.last].append(decide(span, scene, self._decisions))
        ordered = sorted(candidates, key=lambda at: _by_length(at, candidates[at], tokens))
        return View(text, tokens, scene, [candidates[at] for at in ordered])

    def _marks(self, verdict: Verdict, view: View) -> bool:
        if verdict.firm or not self._judge:
            return verdict.marked
        return likelihood(self._judge, features(verdict, view.scene, view.folded)) >= _MARKED_FROM

    def _numbers(self, tokens: Sequence[Token]) -> dict[int, list[tuple[int, int]]]:
        numbers: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for at, token in enumerate(tokens):
            if token.plain.isdecimal() and len(token.plain) <= 4:
                numbers[at].append((at, int(token.plain)))
        for match in self._number_words.matches(tokens, {}):
            if match.cost <= _COSTLIEST_NUMBER:
                numbers[match.first].append((match.last, int(match.label.value)))
        return numbers

    def _rank(self, entity: str) -> int:
        return self._order.index(entity) if entity in self._order else len(self._order)


def _by_length(
    covered: tuple[int, int], verdicts: Sequence[Verdict], tokens: Sequence[Token]
) -> tuple[Any, ...]:
    """Most words first, then the clearest reading, then most letters."""
    first, last = covered
    cost = min(verdict.span.cost for verdict in verdicts)
    return first - last, cost, tokens[first].start - tokens[last].end, first


def _spans(matches: Sequence[Match]) -> list[Span]:
    found: dict[tuple[int, int, str, str], Span] = {}
    for match in matches:
        if match.label.kind != _ENTITY:
            continue
        value = (
            match.label.value.replace(SLOT, str(match.number))
            if match.number is not None
            else match.label.value
        )
        span = Span(match.first, match.last, match.label.name, value, match.cost, match.prefix)
        key = (span.first, span.last, span.entity, value)
        if key not in found or found[key].cost > span.cost:
            found[key] = span
    return list(found.values())


def _unrivalled(spans: Sequence[Span]) -> list[Span]:
    """Of one place and entity the clearest reading; none where two values are equally far from what is written."""
    candidates: dict[tuple[int, int, str], list[Span]] = defaultdict(list)
    for span in spans:
        candidates[span.first, span.last, span.entity].append(span)
    kept = []
    for rivals in candidates.values():
        clearest = min(span.cost for span in rivals)
        best = [span for span in rivals if span.cost == clearest]
        if len(best) == 1 or clearest == 0:
            kept.extend(best)
    return kept


def _breaks(text: str, tokens: Sequence[Token]) -> set[int]:
    return {
        at
        for at in range(1, len(tokens))
        if not _PUNCTUATION.isdisjoint(text[tokens[at - 1].end : tokens[at].start])
    }


def _found(span: Span, view: View) -> Found:
    first, last = view.tokens[span.first], view.tokens[span.last]
    start = first.start
    if span.prefix and first.end - first.start == len(first.plain):
        start += len(span.prefix.removesuffix("ال"))
    value = span.value if span.value != AS_WRITTEN else view.text[start : last.end]
    return Found(span.entity, value, start, last.end, round(span.cost, 2), span.source)


def _flat(lists: Any) -> set[str]:
    """All words of lists in lists and mappings."""
    if isinstance(lists, Mapping):
        return {word for inner in lists.values() for word in _flat(inner)}
    if isinstance(lists, (list, tuple, set)):
        return {word for inner in lists for word in _flat(inner)}
    return {str(lists)} if lists is not None else set()


__all__ = ["AS_WRITTEN", "Extractor", "Found", "View"]
