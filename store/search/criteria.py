"""What a person looks for, and what a search answers."""

from dataclasses import dataclass

from store.catalogue.views import CourseView


@dataclass(frozen=True)
class Criteria:
    """What a person looks for, in the contract's values; empty or None where they did not say.

    `duration` is `short`, `long` or an ISO 8601 duration (no longer than that). `text` is in their own words, and
    looked for; `prefer` too, but it only puts the courses that have these words first.
    """

    topics: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    city: str | None = None
    level: str | None = None
    mode: str | None = None
    languages: tuple[str, ...] = ()
    cost: str | None = None
    certificate: str | None = None
    duration: str | None = None
    text: str | None = None
    prefer: str | None = None


@dataclass(frozen=True)
class Reason:
    """Why a course is in a result. `code`: topic, occupation, text, provider, city, online, free, certificate, level,
    language, duration, works_on_phone; `value`: the contract's value or the course's own (duration), if any."""

    code: str
    value: str | None = None


@dataclass(frozen=True)
class Match:
    """A course that was found, with the reasons, those that ranked it highest first."""

    course: CourseView
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SearchResult:
    """One page of matches, how many there are in all, and the constraints that had to be given up for them."""

    matches: tuple[Match, ...]
    total: int
    given_up: tuple[str, ...]
