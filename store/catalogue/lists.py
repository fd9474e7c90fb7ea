"""Courses as advisers list them: the stale first, with the state of their links and who registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from store.registrations.states import ACTIVE
from store.tables import Agency, Course, CourseSession, LinkCheck, Provider, Registration

#: A row that nobody checked for longer is stale.
STALE_AFTER = timedelta(days=180)
_DEAD_FROM = 400
#: Refusals that say nothing of the page: asked too often, asked by a program.
_UNSURE = (401, 403, 405, 406, 429, 999)


@dataclass(frozen=True)
class CourseFilter:
    """Which courses; what is empty does not narrow. `words` are folded words of which each is in the texts.

    `only`: `stale`, `dead` (its link), `edited` (by an adviser) or `withdrawn`.
    """

    status: str = ""
    provider: str = ""
    topic: str = ""
    city: str = ""
    words: tuple[str, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class CourseRow:
    """One course of the list."""

    course: Course
    provider_name: str
    link: LinkCheck | None
    registrations: int
    stale: bool

    @property
    def dead(self) -> bool:
        return self.link is not None and is_dead(self.link)


def is_dead(link: LinkCheck) -> bool:
    """Whether a link leads nowhere, as far as its last check can tell."""
    if link.problem is not None:
        return link.problem != "not-public"
    return link.status is not None and link.status >= _DEAD_FROM and link.status not in _UNSURE


def is_stale(checked_on: date | None, today: date) -> bool:
    """Whether nobody checked a row for long."""
    return checked_on is None or today - checked_on > STALE_AFTER


def listing(
    session: Session, wanted: CourseFilter, today: date, *, offset: int = 0, limit: int = 50
) -> tuple[list[CourseRow], int]:
    """A page of the courses a filter finds, and how many there are: those checked longest ago first."""
    conditions = list(_conditions(wanted, today))
    joined = select(Course, Provider.name, LinkCheck).join(Provider, Provider.id == Course.provider)
    joined = joined.join(LinkCheck, LinkCheck.url == Course.url, isouter=True).where(*conditions)
    ordered = joined.order_by(
        Course.withdrawn_at.is_not(None), Course.checked_on.asc().nulls_first(), Course.id
    )
    found = session.execute(ordered.offset(offset).limit(limit)).all()
    total = session.scalar(
        select(func.count())
        .select_from(Course)
        .join(LinkCheck, LinkCheck.url == Course.url, isouter=True)
        .where(*conditions)
    )
    counted = _registrations(session, [row[0].id for row in found])
    rows = [
        CourseRow(row[0], row[1], row[2], counted.get(row[0].id, 0), is_stale(row[0].checked_on, today))
        for row in found
    ]
    return rows, total or 0


@dataclass(frozen=True)
class Attention:
    """How many open courses somebody should look at, and how many links wait to be checked."""

    stale: int
    dead: int
    edited: int
    links_waiting: int


def attention(session: Session, today: date) -> Attention:
    """What stands above the list."""

    def many(only: str) -> int:
        return listing(session, CourseFilter(only=only), today, limit=0)[1]

    waiting = select(func.count()).select_from(LinkCheck).where(LinkCheck.requested_at.is_not(None))
    return Attention(many("stale"), many("dead"), many("edited"), session.scalar(waiting) or 0)


def link_of(session: Session, url: str | None) -> LinkCheck | None:
    """What came of the last check of a link."""
    return None if url is None else session.get(LinkCheck, url)


def runs_of(session: Session, course_id: str) -> list[tuple[CourseSession, int]]:
    """The sessions of a course, withdrawn ones too, latest first, each with how many places are taken or waited for."""
    rows = session.scalars(
        select(CourseSession)
        .where(CourseSession.course_id == course_id)
        .order_by(CourseSession.starts_on.desc().nulls_first(), CourseSession.id)
    ).all()
    counted = session.execute(
        select(Registration.session_id, func.count())
        .where(Registration.course_id == course_id, Registration.state.in_(ACTIVE))
        .group_by(Registration.session_id)
    )
    by_run = {row[0]: row[1] for row in counted}
    return [(row, by_run.get(row.id, 0)) for row in rows]


def providers(session: Session) -> list[tuple[Provider, int]]:
    """Every provider, the withdrawn last, with how many open courses it gives or hosts."""
    return [
        (row, _open_courses(session, row.id))
        for row in session.scalars(
            select(Provider).order_by(
                Provider.withdrawn_at.is_not(None), Provider.checked_on.asc().nulls_first(), Provider.name
            )
        )
    ]


def agencies(session: Session) -> list[Agency]:
    """Every agency, the withdrawn last, those checked longest ago first."""
    return list(
        session.scalars(
            select(Agency).order_by(
                Agency.withdrawn_at.is_not(None),
                Agency.checked_on.asc().nulls_first(),
                Agency.city,
                Agency.id,
            )
        )
    )


def provider_names(session: Session) -> dict[str, str]:
    """Every provider's name by its id, in the order of names."""
    rows = session.execute(select(Provider.id, Provider.name).order_by(Provider.name, Provider.id))
    return {row[0]: row[1] for row in rows}


def _open_courses(session: Session, provider_id: str) -> int:
    wanted = select(func.count()).select_from(Course)
    theirs = (Course.provider == provider_id) | (Course.platform == provider_id)
    return session.scalar(wanted.where(theirs, Course.status == "open", Course.withdrawn_at.is_(None))) or 0


def _registrations(session: Session, course_ids: Sequence[str]) -> Mapping[str, int]:
    counted = session.execute(
        select(Registration.course_id, func.count())
        .where(Registration.course_id.in_(course_ids))
        .group_by(Registration.course_id)
    )
    return {row[0]: row[1] for row in counted}


def _conditions(wanted: CourseFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.status:
        found.append(Course.status == wanted.status)
    if wanted.provider:
        found.append((Course.provider == wanted.provider) | (Course.platform == wanted.provider))
    if wanted.topic:
        found.append(Course.topics.op("@>")([wanted.topic]))
    if wanted.city:
        found.append(Course.city == wanted.city)
    found += [Course.text_fold.contains(word, autoescape=True) for word in wanted.words]
    only: dict[str, Any] = {
        "stale": and_(
            Course.status == "open",
            or_(Course.checked_on.is_(None), Course.checked_on < today - STALE_AFTER),
        ),
        "dead": _dead(),
        "edited": func.cardinality(Course.edited_columns) > 0,
        "withdrawn": Course.withdrawn_at.is_not(None),
    }
    if wanted.only in only:
        found.append(only[wanted.only])
    if wanted.only != "withdrawn":
        found.append(Course.withdrawn_at.is_(None))
    return found


def _dead() -> ColumnElement[bool]:
    answered = and_(LinkCheck.status >= _DEAD_FROM, LinkCheck.status.not_in(_UNSURE))
    return or_(answered, and_(LinkCheck.problem.is_not(None), LinkCheck.problem != "not-public"))
