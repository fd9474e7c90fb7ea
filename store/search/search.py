"""Searching the catalogue: every constraint first, then given up one by one; what was given up, and why each fits."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from store.catalogue.cache import kept
from store.catalogue.courses import courses_of_ids
from store.core.durations import LONG_HOURS, SHORT_HOURS, study_hours
from store.core.folding import Fold
from store.search.criteria import Criteria, Match, Reason, SearchResult
from store.search.ranking import ranking, reasons, topics_leading_to
from store.search.text import text_matches
from store.tables import Course, CourseSession

__all__ = [
    "GIVEN_UP_IN_ORDER",
    "Criteria",
    "Match",
    "Reason",
    "SearchResult",
    "search_courses",
]

#: The order in which constraints are given up. What a course is about is not among them.
GIVEN_UP_IN_ORDER = (
    "text",
    "duration",
    "certificate",
    "language",
    "level",
    "mode",
    "city",
    "cost",
    "provider",
)
#: What a search can be about: if any of these was asked for, one of them stays.
_SUBJECTS = frozenset({"text", "provider"})


def search_courses(
    session: Session,
    criteria: Criteria,
    *,
    limit: int,
    offset: int = 0,
    today: date,
    fold: Fold,
    reads: tuple[str, ...] = (),
) -> SearchResult:
    """The courses open on a day that fit, best first. `reads`: languages the person reads, which rank, never filter."""
    wanted = ("search", criteria, limit, offset, today, reads)
    return kept(session).get(wanted, lambda: _search(session, criteria, limit, offset, today, fold, reads))


def _search(
    session: Session,
    criteria: Criteria,
    limit: int,
    offset: int,
    today: date,
    fold: Fold,
    reads: tuple[str, ...],
) -> SearchResult:
    offered = _offered(today)
    texts = text_matches(session, fold(criteria.text), offered, today) if criteria.text else {}
    preferred = text_matches(session, fold(criteria.prefer), offered, today) if criteria.prefer else {}
    constraints = _constraints(criteria, texts)
    found = _relax(
        session, and_(offered, _subject(criteria)), constraints, bool(criteria.topics or criteria.occupations)
    )
    if found is None:
        return SearchResult((), 0, ())
    condition, given_up = found
    total = session.scalar(select(func.count()).select_from(Course).where(condition)) or 0
    ranked = select(Course.id).where(condition).order_by(*ranking(criteria, texts or preferred, reads))
    courses = courses_of_ids(session, session.scalars(ranked.limit(limit).offset(offset)))
    matches = tuple(Match(course, reasons(course, criteria, texts, reads, given_up)) for course in courses)
    return SearchResult(matches, total, given_up)


def _offered(today: date) -> ColumnElement[bool]:
    """Open, and either without dates or with a run one can still register for."""
    runs = exists().where(CourseSession.course_id == Course.id, CourseSession.withdrawn_at.is_(None))
    still_open = or_(CourseSession.open_until.is_(None), CourseSession.open_until >= today)
    return and_(Course.status == "open", Course.withdrawn_at.is_(None), or_(~runs, runs.where(still_open)))


def _subject(criteria: Criteria) -> ColumnElement[bool]:
    """On one of the topics, or leading to one of the occupations, said of the course or known of its topics."""
    if not criteria.topics and not criteria.occupations:
        return true()
    topics = {*criteria.topics, *topics_leading_to(criteria.occupations)}
    return or_(Course.topics.overlap(sorted(topics)), Course.occupations.overlap(list(criteria.occupations)))


def _constraints(criteria: Criteria, texts: dict[str, float]) -> dict[str, ColumnElement[bool]]:
    """The conditions that were asked for, in the order they are given up. What a source does not state does not fit."""
    wanted: dict[str, ColumnElement[bool]] = {}
    if criteria.text:
        wanted["text"] = Course.id.in_(sorted(texts))
    if criteria.duration:
        wanted["duration"] = _duration(criteria.duration)
    if criteria.certificate:
        wanted["certificate"] = Course.certificate == criteria.certificate
    if criteria.languages:
        wanted["language"] = Course.teaching_languages.overlap(list(criteria.languages))
    if criteria.level:
        wanted["level"] = Course.level == criteria.level
    if criteria.mode:
        wanted["mode"] = Course.mode == criteria.mode
    # Whoever wants to learn online says with a city where they are, not where the course should be.
    if criteria.city and criteria.mode != "online":
        wanted["city"] = Course.city == criteria.city
    if criteria.cost:
        wanted["cost"] = Course.cost == criteria.cost
    if criteria.providers:
        providers = list(criteria.providers)
        wanted["provider"] = or_(Course.provider.in_(providers), Course.platform.in_(providers))
    return {name: wanted[name] for name in GIVEN_UP_IN_ORDER if name in wanted}


def _duration(wished: str) -> ColumnElement[bool]:
    """Raises ValueError for what is no duration."""
    if wished == "short":
        return Course.effort_hours <= SHORT_HOURS
    if wished == "long":
        return Course.effort_hours >= LONG_HOURS
    return Course.effort_hours <= study_hours(wished)


def _relax(
    session: Session,
    fixed: ColumnElement[bool],
    constraints: dict[str, ColumnElement[bool]],
    has_subject: bool,
) -> tuple[ColumnElement[bool], tuple[str, ...]] | None:
    """The condition under which something is found, giving up as few constraints as the order allows; None if none."""

    def condition(given_up: Iterable[str]) -> ColumnElement[bool]:
        gone = set(given_up)
        return and_(fixed, *(one for name, one in constraints.items() if name not in gone))

    def finds(given_up: Iterable[str]) -> bool:
        return bool(session.scalar(select(exists().where(condition(given_up)))))

    subjects = [] if has_subject else [name for name in constraints if name in _SUBJECTS]
    # What the search is all about is kept, however early its turn would be.
    order = [name for name in constraints if name not in subjects[-1:]]
    for count in range(len(order) + 1):
        given_up = order[:count]
        if finds(given_up):
            break
    else:
        return None
    # Of what was given up on the way, the rest may not have stood in the way: the weightiest is taken back first.
    for name in reversed(given_up.copy()):
        fewer = [one for one in given_up if one != name]
        if finds(fewer):
            given_up = fewer
    chosen = condition(given_up)
    if "city" in given_up and ("mode" in given_up or "mode" not in constraints):
        online = and_(chosen, Course.mode == "online")
        if session.scalar(select(exists().where(online))):
            chosen = online
    return chosen, tuple(given_up)
