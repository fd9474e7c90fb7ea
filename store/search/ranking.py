"""How courses found are ordered, and the reasons given for each: the two say the same."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, case, literal

from store.catalogue.views import CourseView
from store.core.vocabulary import TOPICS_OF_OCCUPATION
from store.search.criteria import Criteria, Reason
from store.tables import Course


def topics_leading_to(occupations: Iterable[str]) -> tuple[str, ...]:
    """Topics whose study leads to these occupations."""
    return tuple(topic for occupation in occupations for topic in TOPICS_OF_OCCUPATION.get(occupation, ()))


def ranking(criteria: Criteria, texts: dict[str, float], reads: tuple[str, ...]) -> list[ColumnElement[Any]]:
    """The order of a result: topics, occupations, words of the text; free, certificate, level, language; title."""
    order: list[ColumnElement[Any]] = []
    if criteria.topics:
        order.append(_shared(Course.topics, criteria.topics).desc())
    if criteria.occupations:
        order.append(_shared(Course.occupations, criteria.occupations).desc())
        order.append(_shared(Course.topics, topics_leading_to(criteria.occupations)).desc())
    if texts:
        order.append(case(texts, value=Course.id, else_=0.0).cast(Float).desc())
    order.append(case((Course.cost == "free", 0), else_=1))
    order.append(case((Course.certificate == "yes", 0), else_=1))
    order.append(case((Course.level == (criteria.level or "beginner"), 0), else_=1))
    languages = _languages(criteria, reads)
    if languages:
        order.append(case((Course.teaching_languages.overlap(languages), 0), else_=1))
    return [*order, Course.title.asc(), Course.id.asc()]


def _shared(column: Any, values: Iterable[str]) -> ColumnElement[int]:
    """How many of the values the column has."""
    counts = [case((column.contains([value]), 1), else_=0) for value in values]
    return sum(counts, literal(0, Integer))


def _languages(criteria: Criteria, reads: tuple[str, ...]) -> list[str]:
    """Languages wished or read. Who asks for Darija follows a course in Arabic."""
    wished = {*criteria.languages, *reads}
    return sorted(wished | {"ar"} if "ary" in wished else wished)


def reasons(
    course: CourseView,
    criteria: Criteria,
    texts: dict[str, float],
    reads: tuple[str, ...],
    given_up: tuple[str, ...],
) -> tuple[Reason, ...]:
    """Why a course is in the result, in the order that ranked it."""
    found = [Reason("topic", topic) for topic in criteria.topics if topic in course.topics]
    found += [
        Reason("occupation", occupation)
        for occupation in criteria.occupations
        if occupation in course.occupations or set(topics_leading_to([occupation])) & set(course.topics)
    ]
    if course.id in texts:
        found.append(Reason("text", criteria.text))
    found += [
        Reason("provider", name) for name in criteria.providers if name in (course.provider, course.platform)
    ]
    if criteria.city is not None and course.city == criteria.city:
        found.append(Reason("city", course.city))
    if course.mode == "online" and (criteria.mode == "online" or "city" in given_up):
        found.append(Reason("online"))
    if course.cost == "free":
        found.append(Reason("free"))
    if course.certificate == "yes":
        found.append(Reason("certificate", course.certificate_name))
    if criteria.level is not None and course.level == criteria.level:
        found.append(Reason("level", course.level))
    found += [
        Reason("language", one) for one in course.teaching_languages if one in (*criteria.languages, *reads)
    ]
    if criteria.duration is not None and "duration" not in given_up:
        found.append(Reason("duration", course.duration))
    if course.works_on_phone:
        found.append(Reason("works_on_phone"))
    return tuple(found)
