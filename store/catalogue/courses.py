"""The catalogue as it is read: courses, who gives them, agencies."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.catalogue.cache import kept
from store.catalogue.titles import find_title
from store.catalogue.views import AgencyView, CourseView, ProviderView, SessionView
from store.core.folding import Fold
from store.tables import Agency, Course, CourseSession, Provider

__all__ = [
    "AgencyView", "CourseView", "ProviderView", "SessionView", "agencies", "courses_of_ids", "find_course_by_title",
    "get_course", "providers",
]  # fmt: skip


def get_course(session: Session, course_id: str) -> CourseView | None:
    """The course of this id, closed, historic or withdrawn ones too; None where there never was one."""
    return next(iter(courses_of_ids(session, [course_id])), None)


def courses_of_ids(session: Session, course_ids: Iterable[str]) -> tuple[CourseView, ...]:
    """The courses of these ids, in the order asked for; unknown ids are left out."""
    wanted = tuple(course_ids)
    return kept(session).get(("courses", wanted), lambda: _courses(session, wanted))


def _courses(session: Session, wanted: Sequence[str]) -> tuple[CourseView, ...]:
    rows = session.scalars(select(Course).where(Course.id.in_(wanted))).all()
    named = {row.provider for row in rows}
    known = {row.id: row for row in session.scalars(select(Provider).where(Provider.id.in_(named)))}
    runs: dict[str, list[SessionView]] = {}
    for run in _sessions(session, wanted):
        runs.setdefault(run.course_id, []).append(run)
    views = {row.id: _course_view(row, known[row.provider], tuple(runs.get(row.id, ()))) for row in rows}
    return tuple(views[course_id] for course_id in wanted if course_id in views)


def providers(session: Session) -> tuple[ProviderView, ...]:
    """Every provider not withdrawn, by name."""
    rows = session.scalars(
        select(Provider).where(Provider.withdrawn_at.is_(None)).order_by(Provider.name, Provider.id)
    )
    return tuple(_provider_view(row) for row in rows)


def agencies(session: Session, city: str | None = None) -> tuple[AgencyView, ...]:
    """Every agency not withdrawn, or those of one city, by city and id."""
    wanted = select(Agency).where(Agency.withdrawn_at.is_(None)).order_by(Agency.city, Agency.id)
    if city is not None:
        wanted = wanted.where(Agency.city == city)
    return tuple(_agency_view(row) for row in session.scalars(wanted))


def find_course_by_title(session: Session, text: str, fold: Fold) -> CourseView | None:
    """The course that the text names, in any of its titles; None where it names none, or several alike.

    Closed and historic courses are found: they were asked for by name. Withdrawn ones are not.
    """
    found = find_title(session, fold(text))
    return None if found is None else get_course(session, found)


def _sessions(session: Session, course_ids: Sequence[str]) -> tuple[SessionView, ...]:
    rows = session.scalars(
        select(CourseSession)
        .where(CourseSession.course_id.in_(course_ids), CourseSession.withdrawn_at.is_(None))
        .order_by(CourseSession.starts_on.asc().nulls_last(), CourseSession.id)
    )
    return tuple(
        SessionView(
            id=row.id,
            course_id=row.course_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            registration_closes_on=row.registration_closes_on,
            open_until=row.open_until,
            capacity=row.capacity,
        )
        for row in rows
    )


def _course_view(row: Course, provider: Provider, sessions: tuple[SessionView, ...]) -> CourseView:
    return CourseView(
        id=row.id,
        title=row.title,
        title_language=row.title_language,
        title_fr=row.title_fr,
        title_ar=row.title_ar,
        summary_fr=row.summary_fr,
        summary_ar=row.summary_ar,
        provider=row.provider,
        provider_name=provider.name,
        platform=row.platform,
        topics=tuple(row.topics),
        occupations=tuple(row.occupations),
        level=row.level,
        prerequisites_fr=row.prerequisites_fr,
        prerequisites_ar=row.prerequisites_ar,
        education=row.education,
        duration=row.duration,
        effort_hours=row.effort_hours,
        teaching_languages=tuple(row.teaching_languages),
        mode=row.mode,
        city=row.city,
        cost=row.cost,
        certificate=row.certificate,
        certificate_name=row.certificate_name,
        needs_computer=row.needs_computer,
        works_on_phone=row.works_on_phone,
        url=row.url,
        source=row.source,
        checked_on=row.checked_on,
        status="withdrawn" if row.withdrawn_at is not None else row.status,
        sessions=sessions,
    )


def _provider_view(row: Provider) -> ProviderView:
    return ProviderView(
        id=row.id,
        name=row.name,
        name_fr=row.name_fr,
        name_ar=row.name_ar,
        about_fr=row.about_fr,
        about_ar=row.about_ar,
        platform_of=tuple(row.platform_of),
        url=row.url,
        source=row.source,
        checked_on=row.checked_on,
    )


def _agency_view(row: Agency) -> AgencyView:
    return AgencyView(
        id=row.id,
        name_fr=row.name_fr,
        name_ar=row.name_ar,
        city=row.city,
        address_fr=row.address_fr,
        address_ar=row.address_ar,
        phone=row.phone,
        hours_fr=row.hours_fr,
        hours_ar=row.hours_ar,
        url=row.url,
        source=row.source,
        checked_on=row.checked_on,
    )
