"""Decisions of context: what is written around a phrase says whether it is marked, and as what.

A decision names the spans it is ``about`` (entity, value), ``when`` and ``unless`` it holds, and what ``then`` becomes
of the span: kept, dropped, marked (kept, even where a trained judge would not), or given another entity or value. The
first decision that holds for a span is taken. The decisions themselves are data
(``data/gazetteer/context/decisions.yml``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

_NEAR = 3


@dataclass(frozen=True)
class Span:
    """A reading of tokens ``first`` to ``last`` as an entity and value."""

    first: int
    last: int
    entity: str
    value: str
    cost: float
    prefix: str = ""
    source: str = "gazetteer"

    @property
    def length(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Cue:
    """A word or phrase of a named kind at tokens ``first`` to ``last``."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Scene:
    """What decisions may look at: the message's intent, words, cues, and all spans found in it.

    ``breaks`` are the tokens that stand after punctuation: what is said on one side of it says nothing of the other.
    ``small`` are tokens that carry no meaning of their own.
    """

    intent: str
    words: Sequence[str]
    cues: Sequence[Cue]
    breaks: Collection[int]
    small: Collection[int]
    spans: Sequence[Span] = ()

    # What each decision asks about each span is put in order once: a message full of cues would otherwise cost the
    # product of its spans, its cues and its words.

    @cached_property
    def cue_ends(self) -> Mapping[str, Sequence[int]]:
        """The last tokens of the cues of each name, in order."""
        return _positions((cue.name, cue.last) for cue in self.cues)

    @cached_property
    def cue_starts(self) -> Mapping[str, Sequence[int]]:
        """The first tokens of the cues of each name, in order."""
        return _positions((cue.name, cue.first) for cue in self.cues)

    @cached_property
    def cues_starting(self) -> Mapping[int, Sequence[str]]:
        """The names of the cues that start with a token."""
        return _names((cue.first, cue.name) for cue in self.cues)

    @cached_property
    def cues_ending(self) -> Mapping[int, Sequence[str]]:
        """The names of the cues that end with a token."""
        return _names((cue.last, cue.name) for cue in self.cues)

    @cached_property
    def cue_lengths(self) -> Mapping[tuple[str, int], int]:
        """The last token of the shortest cue of a name that starts with a token."""
        shortest: dict[tuple[str, int], int] = {}
        for cue in self.cues:
            key = cue.name, cue.first
            shortest[key] = min(cue.last, shortest.get(key, cue.last))
        return shortest

    @cached_property
    def span_ends(self) -> Mapping[str, int]:
        """Of each entity, the last token of the span that ends first."""
        return {
            entity: ends[0] for entity, ends in _positions((s.entity, s.last) for s in self.spans).items()
        }

    @cached_property
    def span_starts(self) -> Mapping[str, int]:
        """Of each entity, the first token of the span that starts last."""
        return {entity: at[-1] for entity, at in _positions((s.entity, s.first) for s in self.spans).items()}

    @cached_property
    def _meant_before(self) -> Sequence[int]:
        """For each token, how many before it are not small."""
        return [0, *accumulate(at not in self.small for at in range(len(self.words)))]

    @cached_property
    def _breaks_before(self) -> Sequence[int]:
        return [0, *accumulate(at in self.breaks for at in range(len(self.words)))]

    def meant(self, first: int, last: int) -> int:
        """How many of the tokens ``first`` to ``last`` carry a meaning of their own."""
        return self._meant_before[last + 1] - self._meant_before[first] if first <= last else 0

    def broken(self, left: int, right: int) -> bool:
        """Whether punctuation stands between two tokens."""
        return self._breaks_before[right + 1] > self._breaks_before[left + 1]

    def alone(self, span: Span) -> bool:
        """Whether nothing but small words stands beside a span."""
        return not self.meant(0, span.first - 1) and not self.meant(span.last + 1, len(self.words) - 1)

    def others(self, span: Span) -> Iterator[str]:
        """The entities that have a span apart from this one."""
        for entity, end in self.span_ends.items():
            if end < span.first or self.span_starts[entity] > span.last:
                yield entity


@dataclass(frozen=True)
class Verdict:
    """A span as context leaves it, whether it is to be marked, and by which decision (-1: by none).

    ``firm``: whatever the training data say.
    """

    span: Span
    marked: bool
    by: int
    firm: bool = False


def decide(span: Span, scene: Scene, decisions: Sequence[Mapping[str, Any]]) -> Verdict:
    """What the first decision that holds makes of ``span``."""
    for number, decision in enumerate(decisions):
        if not _about(span, decision.get("about", {})):
            continue
        if not _holds(span, scene, decision.get("when", {})):
            continue
        unless = decision.get("unless")
        if unless and any(_holds(span, scene, case) for case in _list(unless)):
            continue
        then = decision["then"]
        return Verdict(_outcome(span, then), then != "drop", number, firm=then == "mark")
    return Verdict(span, True, -1)


def _outcome(span: Span, then: Any) -> Span:
    if then in ("keep", "drop", "mark"):
        return span
    value = then.get("values", {}).get(span.value, then.get("value", span.value))
    return replace(span, entity=then.get("entity", span.entity), value=str(value))


def _about(span: Span, about: Mapping[str, Any]) -> bool:
    return span.entity in _list(about.get("entity", span.entity)) and span.value in [
        str(value) for value in _list(about.get("value", span.value))
    ]


def _holds(span: Span, scene: Scene, when: Mapping[str, Any]) -> bool:
    return all(
        _CONDITIONS[name](span, scene, wanted, when)
        for name, wanted in when.items()
        if name not in ("within", "across")
    )


def _list(one_or_many: Any) -> list[Any]:
    return list(one_or_many) if isinstance(one_or_many, (list, tuple)) else [one_or_many]


def _intent(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return scene.intent in _list(wanted)


def _not_intent(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return scene.intent not in _list(wanted)


def _before(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    names = _list(wanted)
    if span.prefix and f"+{span.prefix}" in names:
        return True
    # The nearest cue of a name: where it is too far, or beyond punctuation, so are all others.
    for name in names:
        ends = scene.cue_ends.get(name, ())
        at = bisect_left(ends, span.first)
        if at and _near(scene, ends[at - 1], span.first, when):
            return True
    return False


def _after(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    for name in _list(wanted):
        starts = scene.cue_starts.get(name, ())
        at = bisect_right(starts, span.last)
        if at < len(starts) and _near(scene, span.last, starts[at], when):
            return True
    return False


def _near(scene: Scene, left: int, right: int, when: Mapping[str, Any]) -> bool:
    """Whether few words stand between two tokens, the small ones not counted, and no punctuation."""
    if scene.meant(left + 1, right - 1) > when.get("within", _NEAR):
        return False
    return bool(when.get("across")) or not scene.broken(left, right)


def _anywhere(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return any(
        scene.cue_ends[name][0] < span.first or scene.cue_starts[name][-1] > span.last
        for name in _list(wanted)
        if name in scene.cue_ends
    )


def _inside(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return any(
        scene.cue_lengths.get((name, first), span.last + 1) <= span.last
        for name in _list(wanted)
        for first in range(span.first, span.last + 1)
    )


def _clitic(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return span.prefix in _list(wanted)


def _alone(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return bool(scene.alone(span) == wanted)


def _with(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    others = set(_list(wanted))
    return any(entity in others for entity in scene.others(span))


def _words(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return " ".join(scene.words[span.first : span.last + 1]) in _list(wanted)


def _written(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    kind = "digits" if all(word.isdigit() for word in scene.words[span.first : span.last + 1]) else "words"
    return bool(kind == wanted)


def _most(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return span.value.lstrip("-").isdigit() and int(span.value) <= int(wanted)


_CONDITIONS = {
    "intent": _intent,
    "not_intent": _not_intent,
    "before": _before,
    "after": _after,
    "anywhere": _anywhere,
    "inside": _inside,
    "clitic": _clitic,
    "alone": _alone,
    "with": _with,
    "words": _words,
    "written": _written,
    "most": _most,
}


def _positions(named: Iterable[tuple[str, int]]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for name, at in named:
        found[name].append(at)
    return {name: sorted(positions) for name, positions in found.items()}


def _names(placed: Iterable[tuple[int, str]]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for at, name in placed:
        found[at].append(name)
    return dict(found)
