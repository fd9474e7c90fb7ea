"""A course told to those who asked for such ones: counted first, then told in small batches."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.courses.routes import title
from console.web.course_titles import title_in, title_of
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import Refusal, not_found
from console.web.visit import Visit, VisitHere
from store.catalogue import edits as course_edits
from store.catalogue.edits import CatalogueUnknown
from store.conversations.outbound import ContentTemplate
from store.core.clock import MOROCCO
from store.core.vocabulary import DEFAULT_VARIETY
from store.outreach import alert_matches
from store.outreach.notifier import Notice, Notifier, Render
from store.people import people
from store.people.people import PersonUnknown
from store.tables import Course

#: Hours of the Moroccan day in which people are told of courses: nobody is woken by one.
FROM, UNTIL = 9, 20
BATCH = 50

pages = PageGroup()


@pages.get("/courses/{course_id}/notify", Need.SUPERVISOR)
def notify_page(visit: VisitHere, course_id: str) -> Response:
    return _preview(visit, course_id)


@pages.post("/courses/{course_id}/notify", Need.SUPERVISOR)
def notify_people(visit: VisitHere, course_id: str) -> Response:
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
            segments=_segments(visit.services.notifier.render, course, audience.groups),
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


def _segments(render: Render, course: Course, groups: Mapping[tuple[str, str], int]) -> int:
    """How many SMS it takes: the same words for all of one variety."""
    count = 0
    for (channel, variety), many in groups.items():
        if channel == "sms":
            notice = course_notice(course, variety)
            record = render(notice.key, notice.args, variety, channel, notice.options)
            count += many * (record.segments or 0)
    return count


def _sample(visit: Visit, course: Course) -> str:
    language = visit.words.language
    notice = course_notice(course, language)
    return visit.services.notifier.render(notice.key, notice.args, language, "sms", notice.options).text


def course_notice(course: Course, variety: str) -> Notice:
    """What somebody of a variety is told of a course."""
    return Notice(
        key="course-alert",
        args={"course": title_of(course), "stop": {"$": "reply", "reply": "alert-stop-line"}},
        options=[
            _option("option-see-course", "course_details", course.id),
            _option("option-register", "register", course.id),
        ],
        template=ContentTemplate("course_alert", [title_in(course, variety)]),
    )


def _option(title_key: str, intent: str, course_id: str) -> dict[str, Any]:
    """A choice about a course, as the assistant reads it when it is made."""
    return {
        "id": secrets.token_urlsafe(6),
        "title_key": title_key,
        "title_args": {},
        "intent": intent,
        "entities": [{"entity": "course", "value": course_id}],
        "in_text": False,
    }


def tell_pending(session: Session, notifier: Notifier, now: datetime, limit: int = BATCH) -> int:
    """Tells the next of those who are to be told, if the hour allows; how many were settled."""
    if not FROM <= now.astimezone(MOROCCO).hour < UNTIL:
        return 0
    pending_alerts = alert_matches.pending(session, limit)
    for telling in pending_alerts:
        reason: str | None
        try:
            reason = alert_matches.hindrance(session, telling) or _tell(session, notifier, telling)
        except PersonUnknown:
            continue
        alert_matches.settle(session, telling.id, reason, now)
    return len(pending_alerts)


def _tell(session: Session, notifier: Notifier, telling: Any) -> str | None:
    course: Course = course_edits.find(session, Course, telling.course_id)
    variety = people.get(session, telling.person_id).variety or DEFAULT_VARIETY
    return notifier.notify(session, telling.person_id, course_notice(course, variety))
