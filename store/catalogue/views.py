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
    provider_name_fr: str | None
    provider_name_ar: str | None
    platform: str | None
    platform_name: str | None
    platform_name_fr: str | None
    platform_name_ar: str | None
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
    def title_by(self) -> dict[str, str]:
        """The title in each language it is known in."""
        return _by_language({"fr": self.title_fr, "ar": self.title_ar, self.title_language: self.title})

    @property
    def summary_by(self) -> dict[str, str]:
        """The one-line summary in each language it is known in; may be empty."""
        return _by_language({"fr": self.summary_fr, "ar": self.summary_ar})

    @property
    def prerequisites_by(self) -> dict[str, str]:
        """What one must know before, in each language it is known in; may be empty."""
        return _by_language({"fr": self.prerequisites_fr, "ar": self.prerequisites_ar})

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

    @property
    def name_by(self) -> dict[str, str]:
        """The name in each language it is known in; where in none, its own under `en`."""
        return _by_language({"fr": self.name_fr, "ar": self.name_ar}) or {"en": self.name}

    @property
    def about_by(self) -> dict[str, str]:
        """What it is, in each language it is known in; may be empty."""
        return _by_language({"fr": self.about_fr, "ar": self.about_ar})


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

    @property
    def name_by(self) -> dict[str, str]:
        """The name in each language it is known in."""
        return _by_language({"fr": self.name_fr, "ar": self.name_ar})

    @property
    def address_by(self) -> dict[str, str]:
        """The address in each language it is known in; empty where it is unknown."""
        return _by_language({"fr": self.address_fr, "ar": self.address_ar})

    @property
    def hours_by(self) -> dict[str, str]:
        """The opening hours in each language they are known in; empty where they are unknown."""
        return _by_language({"fr": self.hours_fr, "ar": self.hours_ar})


def _by_language(known: dict[str, str | None]) -> dict[str, str]:
    return {language: text for language, text in known.items() if text}
