"""Which course a message is about: picked by option or number, named, in view, or none."""

from __future__ import annotations

from dataclasses import dataclass

from actions import criteria
from actions.base import Turn
from store.catalogue.courses import CourseView, find_course_by_title, get_course
from store.search.search import search_courses

MOST_NAMED = 3


@dataclass(frozen=True)
class Choice:
    """The course meant, or the several it may be; `missing_number` is a number the list in view does not have."""

    course: CourseView | None = None
    candidates: tuple[CourseView, ...] = ()
    missing_number: int | None = None


def chosen_course(turn: Turn) -> Choice:
    """Read the choice from, in this order: the option tapped, numbers of the list, a title, what is named, the view."""
    course_id = turn.entity("course")
    if course_id:
        return Choice(course=get_course(turn.session, course_id))
    if several_picked(turn):
        return Choice(candidates=_picked(turn))
    if turn.entities.get("ordinal"):
        return _by_number(turn, int(turn.entities["ordinal"][0]))
    if not turn.from_option and _may_name_a_course(turn):
        titled = find_course_by_title(turn.session, turn.text, turn.services.fold)
        if titled:
            return Choice(course=titled)
    named = {k: v for k, v in criteria.from_entities(turn.entities).items() if k in criteria.SUBJECTS}
    if named:
        return _by_name(turn, named)
    current = turn.slots.get("course")
    if current:
        return Choice(course=get_course(turn.session, current))
    courses = in_view(turn)
    return Choice(course=courses[0]) if len(courses) == 1 else Choice(candidates=courses)


def _may_name_a_course(turn: Turn) -> bool:
    """Not where all the message says is how, where or in which language: "online" stands in some titles too."""
    return bool(turn.beside_entities.strip(" .!?؟")) or any(turn.entities.get(k) for k in criteria.SUBJECTS)


def several_picked(turn: Turn) -> bool:
    """Whether the message names two or more numbers of the list: "the first or the second?"."""
    return len(_picked(turn)) > 1


def _picked(turn: Turn) -> tuple[CourseView, ...]:
    found = (_by_number(turn, int(n)).course for n in turn.entities.get("ordinal", ()))
    return tuple(dict.fromkeys(c for c in found if c))


def shown(turn: Turn) -> list[str]:
    """Ids of the courses of the last list."""
    return list(turn.slots.get("shown") or [])


def in_view(turn: Turn) -> tuple[CourseView, ...]:
    """The courses of the last list."""
    return tuple(c for c in (get_course(turn.session, i) for i in shown(turn)) if c)


def _by_number(turn: Turn, number: int) -> Choice:
    ids = shown(turn)
    index = len(ids) - 1 if number == -1 else number - 1
    if not ids or not 0 <= index < len(ids):
        return Choice(missing_number=number)
    return Choice(course=get_course(turn.session, ids[index]))


def _by_name(turn: Turn, named: dict[str, list[str]]) -> Choice:
    """Prefer what is in view: "the one of Google" after a list means one of that list."""
    matching = [c for c in in_view(turn) if _fits(c, named)]
    if len(matching) == 1:
        return Choice(course=matching[0])
    current = turn.slots.get("course")
    if any(c.id == current for c in matching):
        return Choice(course=next(c for c in matching if c.id == current))
    if matching:
        return Choice(candidates=tuple(matching))
    found = search_courses(
        turn.session,
        criteria.to_search(named),
        limit=MOST_NAMED,
        today=turn.services.today(),
        fold=turn.services.fold,
    )
    if found.given_up or not found.matches:
        return Choice()
    courses = tuple(m.course for m in found.matches)
    return Choice(course=courses[0]) if len(courses) == 1 else Choice(candidates=courses)


def _fits(course: CourseView, named: dict[str, list[str]]) -> bool:
    return (
        (not named.get("topic") or bool(set(named["topic"]) & set(course.topics)))
        and (not named.get("provider") or bool(set(named["provider"]) & {course.provider, course.platform}))
        and (not named.get("occupation") or bool(set(named["occupation"]) & set(course.occupations)))
    )
