"""A course told to those who asked for such ones: counted first, then told in small batches."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.courses.routes import title
from console.pages import Pages
from console.refusals import Refusal, not_found
from console.telling import DEFAULT_VARIETY, Teller, Told, option, title_in, title_of
from console.visit import Visit, VisitHere
from store import alert_matches, course_edits, people
from store.clock import MOROCCO
from store.course_edits import CatalogueUnknown
from store.people import PersonUnknown
from store.tables import Course

#: Hours of the Moroccan day in which people are told of courses: nobody is woken by one.
FROM, UNTIL = 9, 20
BATCH = 50


def add_pages(pages: Pages) -> None:
    @pages.get("/courses/{course_id}/notify")
    def preview(visit: VisitHere, course_id: str) -> Response:
        return _preview(visit, course_id)

    @pages.post("/courses/{course_id}/notify")
    def notify(visit: VisitHere, course_id: str) -> Response:
        with visit.services.database.session() as session:
            course = _course(session, course_id)
            if course.status != "open" or course.withdrawn_at is not None:
                raise Refusal(409, "refused-course-closed")
            if visit.text("sure", 10) == str(alert_matches.audience(session, course).total):
                put = alert_matches.queue(session, course, visit.adviser.id, visit.now)
                visit.audit(session, "course-told", course=course_id, persons=put)
                return visit.go(f"/console/courses/{course_id}/notify")
        return _preview(visit, course_id, 409, counted_anew=True)


def _preview(visit: Visit, course_id: str, status: int = 200, *, counted_anew: bool = False) -> Response:
    with visit.services.database.session() as session:
        course = _course(session, course_id)
        audience = alert_matches.audience(session, course)
        return visit.page(
            "courses/notify.html",
            status,
            course=course,
            title=title(visit, course),
            audience=audience,
            segments=_segments(visit.teller, course, audience.groups),
            sample=_sample(visit, course),
            told=alert_matches.progress(session, course_id),
            counted_anew=counted_anew,
            hours=(FROM, UNTIL),
        )


def _course(session: Session, course_id: str) -> Course:
    try:
        course: Course = course_edits.find(session, Course, course_id)
    except CatalogueUnknown:
        raise not_found() from None
    return course


def _segments(teller: Teller, course: Course, groups: Mapping[tuple[str, str], int]) -> int:
    """How many SMS it takes: the same words for all of one variety."""
    count = 0
    for (channel, variety), many in groups.items():
        if channel == "sms":
            told = course_told(course, variety)
            record = teller.render(told.key, told.args, variety, channel, told.options)
            count += many * (record.segments or 0)
    return count


def _sample(visit: Visit, course: Course) -> str:
    told = course_told(course, visit.words.language)
    return visit.services.render(told.key, told.args, visit.words.language, "sms", told.options).text


def course_told(course: Course, variety: str) -> Told:
    """What somebody of a variety is told of a course."""
    return Told(
        key="course-alert",
        args={"course": title_of(course), "stop": {"$": "reply", "reply": "alert-stop-line"}},
        template="course_alert",
        values=[title_in(course, variety)],
        options=[
            option("option-see-course", "course_details", course.id),
            option("option-register", "register", course.id),
        ],
    )


def tell_due(session: Session, teller: Teller, now: datetime, limit: int = BATCH) -> int:
    """Tells the next of those who are to be told, if the hour allows; how many were settled."""
    if not FROM <= now.astimezone(MOROCCO).hour < UNTIL:
        return 0
    due = alert_matches.due(session, limit)
    for telling in due:
        reason: str | None
        try:
            reason = alert_matches.hindrance(session, telling) or _tell(session, teller, telling)
        except PersonUnknown:
            continue
        alert_matches.settle(session, telling.id, reason, now)
    return len(due)


def _tell(session: Session, teller: Teller, telling: Any) -> str | None:
    course: Course = course_edits.find(session, Course, telling.course_id)
    variety = people.get(session, telling.person_id).variety or DEFAULT_VARIETY
    return teller.tell(session, telling.person_id, course_told(course, variety), None)
