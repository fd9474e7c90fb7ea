"""The catalogue as values, safe to keep after the session: courses and their runs, providers, agencies."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SessionView:
    """One run of a course. `open_until` is the last day to register; None means no such day is known."""

    id: str
    course_id: str
    starts_on: date | None
    ends_on: date | None
    registration_closes_on: date | None
    open_until: date | None
    capacity: int | None


@dataclass(frozen=True)
class CourseView:
    """A course. None, or an empty tuple, means that the source does not state it.

    `duration` is ISO 8601, or a range of two (`P3M/P6M`); `effort_hours` estimates it in hours of study, for comparing.
    `sessions` are the runs not withdrawn, earliest first; a course without any is taken at any time.
    """

    id: str
    title: str
    title_language: str
    title_fr: str | None
    title_ar: str | None
    summary_fr: str | None
    summary_ar: str | None
    provider: str
    provider_name: str
    platform: str | None
    topics: tuple[str, ...]
    occupations: tuple[str, ...]
    level: str | None
    prerequisites_fr: str | None
    prerequisites_ar: str | None
    education: str | None
    duration: str | None
    effort_hours: float | None
    teaching_languages: tuple[str, ...]
    mode: str | None
    city: str | None
    cost: str | None
    certificate: str | None
    certificate_name: str | None
    needs_computer: bool | None
    works_on_phone: bool | None
    url: str | None
    source: str
    checked_on: date | None
    status: str
    sessions: tuple[SessionView, ...]

    @property
    def starts_on(self) -> date | None:
        """When the earliest run starts, if there is one and it is known."""
        return self.sessions[0].starts_on if self.sessions else None

    def next_session(self, today: date) -> SessionView | None:
        """The earliest run one can still register for."""
        return next((run for run in self.sessions if run.open_until is None or run.open_until >= today), None)

    def is_open(self, today: date) -> bool:
        """Whether one can register on this day."""
        return self.status == "open" and (not self.sessions or self.next_session(today) is not None)


@dataclass(frozen=True)
class ProviderView:
    """Who teaches or hosts courses. `platform_of` names those it hosts courses of."""

    id: str
    name: str
    name_fr: str | None
    name_ar: str | None
    about_fr: str | None
    about_ar: str | None
    platform_of: tuple[str, ...]
    url: str | None
    source: str | None
    checked_on: date | None


@dataclass(frozen=True)
class AgencyView:
    """An agency of the employment service. None means that no source states it."""

    id: str
    name_fr: str | None
    name_ar: str | None
    city: str | None
    address_fr: str | None
    address_ar: str | None
    phone: str | None
    hours_fr: str | None
    hours_ar: str | None
    url: str | None
    source: str
    checked_on: date | None
