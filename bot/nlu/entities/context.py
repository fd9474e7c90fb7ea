"""Decisions of context: what is written around a phrase says whether it is marked, and as what.

A decision names the spans it is ``about`` (entity, value), ``when`` and ``unless`` it holds, and what ``then`` becomes
of the span: kept, dropped, marked (kept, even where a trained judge would not), or given another entity or value. The
first decision that holds for a span is taken. The decisions themselves are data
(``data/gazetteer/context/decisions.yml``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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
    names, near = _list(wanted), when.get("within", _NEAR)
    if span.prefix and f"+{span.prefix}" in names:
        return True
    return any(
        cue.name in names
        and cue.last < span.first
        and _gap(scene, cue.last, span.first) <= near
        and (when.get("across") or not _broken(scene, cue.last, span.first))
        for cue in scene.cues
    )


def _after(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    names, near = _list(wanted), when.get("within", _NEAR)
    return any(
        cue.name in names
        and cue.first > span.last
        and _gap(scene, span.last, cue.first) <= near
        and (when.get("across") or not _broken(scene, span.last, cue.first))
        for cue in scene.cues
    )


def _anywhere(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return any(
        cue.name in _list(wanted) and (cue.last < span.first or cue.first > span.last) for cue in scene.cues
    )


def _inside(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return any(
        cue.name in _list(wanted) and cue.first >= span.first and cue.last <= span.last for cue in scene.cues
    )


def _clitic(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return span.prefix in _list(wanted)


def _alone(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    rest = [
        at for at in range(len(scene.words)) if not span.first <= at <= span.last and at not in scene.small
    ]
    return bool((not rest) == wanted)


def _with(span: Span, scene: Scene, wanted: Any, when: Mapping[str, Any]) -> bool:
    return any(other.entity in _list(wanted) and not _overlap(span, other) for other in scene.spans)


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


def _overlap(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last


def _gap(scene: Scene, left: int, right: int) -> int:
    """Words between two tokens, the small ones not counted."""
    return sum(at not in scene.small for at in range(left + 1, right))


def _broken(scene: Scene, left: int, right: int) -> bool:
    return any(at in scene.breaks for at in range(left + 1, right + 1))
