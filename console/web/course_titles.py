"""A course's title in what people are told of it."""

from typing import Any

from store.tables import Course

_RIGHT_TO_LEFT = ("ar", "ary")


def title_of(course: Course) -> dict[str, Any]:
    """A course's title as an argument of a reply."""
    known = {"fr": course.title_fr, "ar": course.title_ar, "en": course.title}
    return {"$": "text", "by": {language: title for language, title in known.items() if title}}


def title_in(course: Course, variety: str) -> str:
    """A course's title where only plain words go."""
    translated = course.title_ar if variety in _RIGHT_TO_LEFT else course.title_fr
    return translated or course.title
