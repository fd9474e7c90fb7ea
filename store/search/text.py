"""Free text: which courses have its words in their titles and summaries, and how telling those words are."""

import math
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from store.catalogue.cache import kept
from store.tables import Course

#: How well a course must do beside the best one.
_ENOUGH = 0.5
#: What a word counts in a summary; in a title, where it says what the course is about, it counts 1.
_IN_SUMMARY = 0.4
#: Shorter words say too little to be looked for.
_SHORTEST = 2
#: What is written in one with the next word: in the Arabic of the catalogue the article, alone or behind one letter;
#: in what people type also "in", "by", "of" on their own. Less is taken off the catalogue's words, because a letter
#: taken off a French one makes another word of it.
_ARTICLE = re.compile("[وفبك]?ا?ل")
_PROCLITICS = re.compile("[وفبلدك]?[فبلدك]?(?:ا?ل)?")
#: What must be left of a word without them.
_STEM_AT_LEAST = 3


def text_matches(
    session: Session, text_fold: str, offered: ColumnElement[bool], of: Hashable
) -> dict[str, float]:
    """Ids of the courses that have most of the folded text, with how much, above 0 and up to 1. `of` names the courses
    that are `offered`: the same name means the same condition.

    Words that no course has are passed over: a person writes "I am looking for" before what they look for. The rarer
    a word is among the courses, the more it counts.
    """
    words = [word for word in dict.fromkeys(text_fold.split()) if len(word) >= _SHORTEST]
    if not words:
        return {}
    index = _index(session, offered, of)
    having = [found for word in words if (found := _having(word, index.courses_with))]
    weights = [math.log(1 + index.courses / len(found)) for found in having]
    scores: dict[str, float] = {}
    for found, weight in zip(having, weights, strict=True):
        for course_id, counts in found.items():
            scores[course_id] = scores.get(course_id, 0.0) + counts * weight / sum(weights)
    best = max(scores.values(), default=0.0)
    return {course_id: score for course_id, score in scores.items() if score >= best * _ENOUGH}


@dataclass(frozen=True)
class _Index:
    """Which of so many courses have a word, and what it counts in each."""

    courses: int
    courses_with: dict[str, dict[str, float]]


def _index(session: Session, offered: ColumnElement[bool], of: Hashable) -> _Index:
    """The words of the courses on offer; `of` names which those are."""

    def read() -> _Index:
        rows = session.execute(select(Course.id, Course.title_fold, Course.text_fold).where(offered)).all()
        return _index_of([(row[0], row[1], row[2]) for row in rows])

    return kept(session).get(("words", of), read)


def _index_of(rows: Sequence[tuple[str, str, str]]) -> _Index:
    courses_with: dict[str, dict[str, float]] = {}
    for course_id, titles, texts in rows:
        for text, counts in ((texts, _IN_SUMMARY), (titles, 1.0)):
            for form in {form for word in text.split() for form in _forms(word, _ARTICLE)}:
                courses_with.setdefault(form, {})[course_id] = counts
    return _Index(len(rows), courses_with)


def _having(word: str, courses_with: dict[str, dict[str, float]]) -> dict[str, float]:
    """The courses that have the word, as it was written, else without what is written in one with it."""
    for form in _forms(word, _PROCLITICS):
        if form in courses_with:
            return courses_with[form]
    return {}


@lru_cache(maxsize=16384)
def _forms(word: str, written_on: re.Pattern[str]) -> tuple[str, ...]:
    """The word, then what is left of it when ever more of what may be written on it is taken off."""
    found = written_on.match(word)
    most = 0 if found is None else min(found.end(), len(word) - _STEM_AT_LEAST)
    lengths = range(1, most + 1) if written_on is _PROCLITICS else [most] if most > 0 else []
    return (word, *(word[length:] for length in lengths))
