"""Rasa's notation of entities in a line, `je suis à [casa]{"entity": "city", "value": "casablanca"}`: read, checked,
written."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.review.values import is_value

_MARK = re.compile(r"\[(?P<words>[^\[\]{}]*)\]\{(?P<inside>[^{}]*)\}")
_SIGNS = re.compile(r"[\[\]{}]")
#: The longest line of the training data that makes sense.
LONGEST = 400


class NotationProblem(ValueError):
    """A line that cannot be read: a key of words with its values, to be told to who wrote it."""

    def __init__(self, key: str, **values: str) -> None:
        self.key = key
        self.values = values
        super().__init__(f"{key} {values}")


@dataclass(frozen=True)
class Span:
    """An entity in a text, from `start` up to `end`, both in characters."""

    start: int
    end: int
    entity: str
    value: str


@dataclass(frozen=True)
class Line:
    """A text and the entities in it, in order, none over another."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def meaning(self) -> tuple[tuple[str, str], ...]:
        """The entities without their places: what two readings of the text must share."""
        return tuple(sorted((span.entity, span.value) for span in self.spans))

    def pieces(self) -> Iterator[tuple[str, Span | None]]:
        """The text in pieces: those of an entity, and what is between them."""
        at = 0
        for span in self.spans:
            if span.start > at:
                yield self.text[at : span.start], None
            yield self.text[span.start : span.end], span
            at = span.end
        if at < len(self.text):
            yield self.text[at:], None


def read(marked: str) -> Line:
    """A line in the notation. Raises NotationProblem for an open mark, an unknown entity or value, an empty line."""
    marked = " ".join(marked.split())
    if len(marked) > LONGEST * 3:
        raise NotationProblem("review-line-long")
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += _plain(marked[at : mark.start()])
        entity, value = _inside(mark["inside"])
        words = mark["words"].strip()
        if not words:
            raise NotationProblem("review-mark-empty", entity=entity)
        if not is_value(entity, value):
            raise NotationProblem("review-mark-value", entity=entity, value=value)
        spans.append(Span(len(text), len(text) + len(words), entity, value))
        text += words
        at = mark.end()
    text += _plain(marked[at:])
    if not text.strip():
        raise NotationProblem("review-line-empty")
    if len(text) > LONGEST:
        raise NotationProblem("review-line-long")
    return Line(text, tuple(spans))


def written(line: Line) -> str:
    """A line in the notation, as `data/nlu` has it."""
    return "".join(
        piece if span is None else f'[{piece}]{{"entity": "{span.entity}", "value": "{span.value}"}}'
        for piece, span in line.pieces()
    )


def without_signs(text: str) -> str:
    """A text in which nothing can be taken for a mark, as long as before."""
    return text.translate(str.maketrans("[]{}", "()()"))


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order; of two that overlap the first, and of those that begin together the longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _plain(text: str) -> str:
    found = _SIGNS.search(text)
    if found is not None:
        raise NotationProblem("review-mark-open", sign=found[0])
    return text


def _inside(inside: str) -> tuple[str, str]:
    try:
        parsed = json.loads("{" + inside + "}")
    except ValueError:
        raise NotationProblem("review-mark-unreadable", mark=inside[:60]) from None
    entity, value = parsed.get("entity"), parsed.get("value")
    if set(parsed) != {"entity", "value"} or not isinstance(entity, str) or not isinstance(value, str | int):
        raise NotationProblem("review-mark-unreadable", mark=inside[:60])
    return entity, str(value)
