"""Courses: listed the stale first, edited, published and closed; their sessions; what imports may say again."""

from collections.abc import Callable
from typing import Any

from fastapi.responses import Response
from sqlalchemy.orm import Session

from console.courses import forms
from console.web.page_group import PageGroup
from console.web.permissions import Need
from console.web.refusals import not_found
from console.web.visit import Visit, VisitHere
from store.catalogue import edits as course_edits
from store.catalogue import link_checks
from store.catalogue import lists as course_lists
from store.catalogue.edits import COURSE_COLUMNS, RUN_FORM, CatalogueUnknown, EditRefused
from store.catalogue.lists import CourseFilter
from store.core.clock import moroccan_day
from store.core.vocabulary import CITIES, COURSE_STATUS, TOPICS
from store.outreach import alert_matches
from store.tables import Course, CourseSession

_PAGE = 50
ONLY = ("stale", "dead", "edited", "withdrawn")
_LIST = "/console/courses"

pages = PageGroup()


@pages.get("/courses", Need.READER, bar="nav-courses")
def courses_page(visit: VisitHere) -> Response:
    today = moroccan_day(visit.now)
    words = visit.query("q", 200)
    folded = tuple(visit.services.fold(words).split()) if words else ()
    wanted = CourseFilter(
        status=visit.query("status", 20),
        provider=visit.query("provider", 80),
        topic=visit.query("topic", 40),
        city=visit.query("city", 40),
        words=folded,
        only=visit.query("only", 20),
    )
    written = {
        name: value
        for name in ("q", "status", "provider", "topic", "city", "only")
        if (value := visit.query(name, 200))
    }
    start = _start(visit)
    with visit.services.database.session() as session:
        rows, total = course_lists.listing(session, wanted, today, offset=start, limit=_PAGE)
        return visit.page(
            "courses/courses.html",
            rows=rows,
            total=total,
            written=written,
            start=start,
            further=start + _PAGE if total > start + _PAGE else None,
            attention=course_lists.attention(session, today),
            requested=_number(visit.query("links", 6)),
            choices={
                "status": [(each, visit.words.name("course-status", each)) for each in COURSE_STATUS],
                "provider": list(course_lists.provider_names(session).items()),
                "topic": [(each, visit.words.name("topic", each)) for each in TOPICS],
                "city": [(each, visit.words.name("city", each)) for each in CITIES],
                "only": [(each, visit.words.say(f"only-{each}")) for each in ONLY],
            },
            title=lambda course: title(visit, course),
        )


@pages.post("/courses/links", Need.ADVISER)
def check_links(visit: VisitHere) -> Response:
    with visit.services.database.session() as session:
        requested = link_checks.ask(session, visit.now)
        visit.audit(session, "links-asked", links=requested)
    return visit.go(f"{_LIST}?links={requested}")


@pages.get("/courses/new", Need.SUPERVISOR)
def new_course_page(visit: VisitHere) -> Response:
    return _new_page(visit)


@pages.post("/courses/new", Need.SUPERVISOR)
def make_course(visit: VisitHere) -> Response:
    course_id = visit.text("id", 100).strip()
    try:
        with visit.services.database.session() as session:
            course_edits.new_course(session, course_id, forms.given(visit), visit.services.fold, visit.now)
            visit.audit(session, "course-made", course=course_id)
    except EditRefused as refused:
        return _new_page(visit, 422, refused)
    return visit.go(f"{_LIST}/{course_id}")


@pages.get("/courses/{course_id}", Need.READER)
def course_page(visit: VisitHere, course_id: str) -> Response:
    return _course_page(visit, course_id)


@pages.post("/courses/{course_id}", Need.SUPERVISOR)
def edit_course(visit: VisitHere, course_id: str) -> Response:
    def work(session: Session) -> dict[str, Any]:
        changed = course_edits.edit_course(
            session, course_id, forms.given(visit), visit.services.fold, visit.now
        )
        return {"columns": ",".join(changed)}

    return _changed(visit, course_id, "course-edited", work)


@pages.post("/courses/{course_id}/status", Need.SUPERVISOR)
def set_status(visit: VisitHere, course_id: str) -> Response:
    wanted = visit.text("status", 20)

    def work(session: Session) -> dict[str, Any]:
        course_edits.find(session, Course, course_id)
        if wanted not in COURSE_STATUS:
            raise EditRefused([course_edits.Fault("status", "unknown")])
        course_edits.set_status(session, course_id, wanted, visit.now)
        return {"to": wanted}

    return _changed(visit, course_id, "course-status", work)


@pages.post("/courses/{course_id}/checked", Need.SUPERVISOR)
def mark_checked(visit: VisitHere, course_id: str) -> Response:
    def work(session: Session) -> dict[str, Any]:
        course_edits.mark_checked(session, Course, course_id, visit.now)
        return {}

    return _changed(visit, course_id, "course-checked", work)


@pages.post("/courses/{course_id}/release", Need.SUPERVISOR)
def release_column(visit: VisitHere, course_id: str) -> Response:
    column = visit.text("column", 40)

    def work(session: Session) -> dict[str, Any]:
        course_edits.release(session, Course, course_id, column)
        return {"columns": column if column in {each.name for each in COURSE_COLUMNS} else ""}

    return _changed(visit, course_id, "course-released", work)


@pages.post("/courses/{course_id}/sessions", Need.SUPERVISOR)
def put_session(visit: VisitHere, course_id: str) -> Response:
    def work(session: Session) -> dict[str, Any]:
        run_id = visit.text("session", 200) or None
        run, made = course_edits.put_run(session, course_id, run_id, forms.given(visit), visit.now)
        return {"run": run.id, "made": made}

    return _changed(visit, course_id, "session-edited", work, part="sessions")


def _changed(
    visit: Visit, course_id: str, action: str, work: Callable[[Session], dict[str, Any]], part: str = "course"
) -> Response:
    """Does something to a course, and comes back to it; with what was wrong where it was refused."""
    try:
        with visit.services.database.session() as session:
            visit.audit(session, action, course=course_id, **work(session))
    except CatalogueUnknown:
        raise not_found() from None
    except EditRefused as refused:
        return _course_page(visit, course_id, 422, refused, part)
    return visit.go(f"{_LIST}/{course_id}" + ("#sessions" if part == "sessions" else ""))


def title(visit: Visit, course: Course) -> str:
    """The title in the adviser's language, else the course's own."""
    return (course.title_ar if visit.words.language == "ar" else course.title_fr) or course.title


def _new_page(visit: Visit, status: int = 200, refused: EditRefused | None = None) -> Response:
    with visit.services.database.session() as session:
        providers = course_lists.provider_names(session)
    faults = refused.faults if refused else ()
    values = forms.sent(visit, COURSE_COLUMNS) if refused else {"source": "console", "title_language": "fr"}
    return visit.page(
        "courses/new.html",
        status,
        kind="courses",
        fields=forms.fields(visit, COURSE_COLUMNS, values, faults=faults, providers=providers),
        id_given=visit.text("id", 100),
        id_wrong=next((fault.code for fault in faults if fault.column == "id"), None),
        refused=bool(faults),
    )


def _course_page(
    visit: Visit, course_id: str, status: int = 200, refused: EditRefused | None = None, part: str = "course"
) -> Response:
    """One course with its form; refused edits are shown as they were written."""
    with visit.services.database.session() as session:
        try:
            course: Course = course_edits.find(session, Course, course_id)
        except CatalogueUnknown:
            raise not_found() from None
        wrong = refused.faults if refused else ()
        edits = part == "course" and refused is not None
        values = forms.sent(visit, COURSE_COLUMNS) if edits else forms.shown(COURSE_COLUMNS, course)
        runs = course_lists.runs_of(session, course_id)
        return visit.page(
            "courses/course.html",
            status,
            course=course,
            title=title(visit, course),
            provider_names=(providers := course_lists.provider_names(session)),
            fields=forms.fields(
                visit, COURSE_COLUMNS, values, row=course, faults=wrong if edits else (), providers=providers
            ),
            link=(link := course_lists.link_of(session, course.url)),
            dead=link is not None and course_lists.is_dead(link),
            stale=course_lists.is_stale(course.checked_on, moroccan_day(visit.now)),
            runs=[(run, many, _run_fields(visit, run, wrong, part)) for run, many in runs],
            new_run=_run_fields(visit, None, wrong, part),
            statuses=[each for each in COURSE_STATUS if each != course.status or course.withdrawn_at],
            told=alert_matches.progress(session, course_id),
            refused=bool(wrong),
        )


def _run_fields(visit: Visit, run: CourseSession | None, wrong: Any, part: str) -> list[dict[str, Any]]:
    """The form of a session; the one that was sent shows what was written."""
    mine = part == "sessions" and bool(wrong) and visit.text("session", 200) == (run.id if run else "")
    values = forms.sent(visit, RUN_FORM) if mine else forms.shown(RUN_FORM, run)
    return forms.fields(visit, RUN_FORM, values, row=run, faults=wrong if mine else ())


def _start(visit: Visit) -> int:
    return _number(visit.query("start", 6)) or 0


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
