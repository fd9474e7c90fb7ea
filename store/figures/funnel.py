"""The way from a question to a finished course, in steps: how many take each, and how many stop before the next."""

from collections.abc import Sequence
from dataclasses import dataclass

#: The steps after writing at all, in order; a person's stage is the number of the last they came to.
STEPS = ("asked", "shown", "detail", "registered", "completed")
STAGES = len(STEPS)
#: What takes somebody to the first three: an intent of theirs, a reply that lists courses, one that tells of a course.
SEARCH_INTENTS = ("find_course", "recommend_course")
LIST_REPLIES = ("courses-found",)
DETAIL_REPLIES = ("course-page", "course-page-past", "course-fact", "compared", "facts-of-courses")


@dataclass(frozen=True)
class Step:
    """A step: how many people came to it, or further; the share of those of the step before who went no further."""

    name: str
    people: int
    lost: float | None


def stage_of(step: str) -> int:
    """The stage of those who came to a step and no further. Raises ValueError for an unknown one."""
    return STEPS.index(step) + 1


def funnel(stages: Sequence[int]) -> list[Step]:
    """The steps, from how many people came to each stage and no further (stage 0: wrote, and asked for no course)."""
    steps: list[Step] = []
    before: int | None = None
    for number, name in enumerate(("wrote", *STEPS)):
        people = sum(stages[number:])
        lost = None if before is None or before == 0 else 1 - people / before
        steps.append(Step(name, people, lost))
        before = people
    return steps
