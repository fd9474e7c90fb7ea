"""A course as reply arguments: its title, its line in a list, its facts, and why it was shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions import arguments
from store.catalogue.courses import CourseView
from store.core.vocabulary import PROVIDERS
from store.search.search import Match, Reason


def title(course: CourseView) -> dict[str, Any]:
    """The title in the person's language, else the course's own."""
    return arguments.text({"fr": course.title_fr, "ar": course.title_ar, "en": course.title})


def provider(course: CourseView) -> str:
    return course.provider_name


def summary(course: CourseView) -> dict[str, Any]:
    return arguments.text({"fr": course.summary_fr, "ar": course.summary_ar})


def list_line(number: int, match: Match) -> dict[str, Any]:
    """One numbered course of a list, with the reasons why it is there."""
    facts: list[Any] = [provider(match.course)]
    if match.course.duration:
        facts.append(arguments.duration(match.course.duration))
    reasons = [
        arguments.reply(f"reason-{r.code.replace('_', '-')}", **_reason_args(r)) for r in match.reasons
    ]
    return arguments.reply(
        "course-line",
        n=number,
        course=title(match.course),
        facts=arguments.parts(facts),
        reasons=arguments.parts(reasons),
    )


_REASON_TERMS = {
    "topic": "topic",
    "occupation": "occupation",
    "level": "level",
    "language": "language",
    "city": "city",
}


def _reason_args(reason: Reason) -> dict[str, Any]:
    if reason.code == "duration" and reason.value:
        return {"value": arguments.duration(reason.value)}
    if reason.code in _REASON_TERMS and reason.value:
        return {"value": arguments.term(_REASON_TERMS[reason.code], reason.value)}
    return {"value": reason.value or ""}


ASPECTS = (
    "provider",
    "duration",
    "level",
    "course_language",
    "mode",
    "cost",
    "certificate",
    "prerequisites",
    "schedule",
    "equipment",
)
"""What can be asked about a course, in the order in which its page says it."""


def aspect(course: CourseView, name: str) -> dict[str, Any] | None:
    """What the catalogue states about one aspect, as a reply; None where the source does not say."""
    return _ASPECTS[name](course)


def _provider(course: CourseView) -> dict[str, Any] | None:
    if course.platform and course.platform != course.provider and course.platform in PROVIDERS:
        platform = arguments.term("provider", course.platform)
        return arguments.reply("fact-provider-on", provider=provider(course), platform=platform)
    return arguments.reply("fact-provider", provider=provider(course))


def _duration(course: CourseView) -> dict[str, Any] | None:
    if not course.duration:
        return None
    return arguments.reply("fact-duration", duration=arguments.duration(course.duration))


def _level(course: CourseView) -> dict[str, Any] | None:
    if not course.level:
        return None
    return arguments.reply("fact-level", level=arguments.term("level", course.level))


def _course_language(course: CourseView) -> dict[str, Any] | None:
    if not course.teaching_languages:
        return None
    return arguments.reply("fact-language", languages=arguments.terms("language", course.teaching_languages))


def _mode(course: CourseView) -> dict[str, Any] | None:
    if not course.mode:
        return None
    if course.city:
        return arguments.reply(
            "fact-mode-city",
            mode=arguments.term("mode", course.mode),
            city=arguments.term("city", course.city),
        )
    return arguments.reply("fact-mode", mode=arguments.term("mode", course.mode))


def _cost(course: CourseView) -> dict[str, Any] | None:
    return arguments.reply(f"fact-cost-{course.cost}") if course.cost else None


def _certificate(course: CourseView) -> dict[str, Any] | None:
    if not course.certificate:
        return None
    if course.certificate == "yes" and course.certificate_name:
        return arguments.reply("fact-certificate-named", name=course.certificate_name)
    return arguments.reply(f"fact-certificate-{course.certificate}")


def _prerequisites(course: CourseView) -> dict[str, Any] | None:
    if course.prerequisites_fr or course.prerequisites_ar:
        words = arguments.text({"fr": course.prerequisites_fr, "ar": course.prerequisites_ar})
        return arguments.reply("fact-prerequisites", prerequisites=words)
    if course.education:
        return arguments.reply("fact-education", education=arguments.term("education", course.education))
    return None


def _schedule(course: CourseView) -> dict[str, Any] | None:
    starts = [run.starts_on for run in course.sessions if run.starts_on]
    if starts:
        return arguments.reply("fact-starts-on", date=arguments.date(min(starts).isoformat()))
    return None


def _equipment(course: CourseView) -> dict[str, Any] | None:
    if course.works_on_phone is not None:
        return arguments.reply("fact-phone-yes" if course.works_on_phone else "fact-phone-no")
    if course.needs_computer is not None:
        return arguments.reply("fact-computer-yes" if course.needs_computer else "fact-computer-no")
    return None


_ASPECTS: dict[str, Callable[[CourseView], dict[str, Any] | None]] = {
    "provider": _provider,
    "duration": _duration,
    "level": _level,
    "course_language": _course_language,
    "mode": _mode,
    "cost": _cost,
    "certificate": _certificate,
    "prerequisites": _prerequisites,
    "schedule": _schedule,
    "equipment": _equipment,
}
