"""Places in the sessions of a course: which session, and whether it has one left."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.registrations.states import SEATED, Refused
from store.tables import CourseSession, Registration


def open_runs(
    session: Session, course_id: str, session_id: str | None, today: date
) -> list[CourseSession] | Refused:
    """The sessions one can still register in, earliest first; empty for a course that has no sessions."""
    wanted = select(CourseSession).where(
        CourseSession.course_id == course_id, CourseSession.withdrawn_at.is_(None)
    )
    if session_id is not None:
        wanted = wanted.where(CourseSession.id == session_id)
    runs = session.scalars(
        wanted.order_by(CourseSession.starts_on.asc().nulls_last(), CourseSession.id)
    ).all()
    if not runs:
        return [] if session_id is None else Refused("unknown")
    still_open = [run for run in runs if run.open_until is None or run.open_until >= today]
    return still_open or Refused("expired")


def choose(
    session: Session, course_id: str, session_id: str | None, today: date
) -> CourseSession | Refused | None:
    """The session to register in, locked; None for a course that has none."""
    runs = open_runs(session, course_id, session_id, today)
    if isinstance(runs, Refused):
        return runs
    for run in runs:
        if has_seat(session, locked_session(session, run.id).id):
            return run
    return runs[0] if runs else None


def locked_session(session: Session, session_id: str) -> CourseSession:
    wanted = select(CourseSession).where(CourseSession.id == session_id).with_for_update(key_share=True)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def has_seat(session: Session, session_id: str | None) -> bool:
    if session_id is None:
        return True
    left = seats_left(session, session_id)
    return left is None or left > 0


def seats_left(session: Session, session_id: str) -> int | None:
    """How many places a session has left; None where it has no limit."""
    capacity = session.scalar(select(CourseSession.capacity).where(CourseSession.id == session_id))
    return None if capacity is None else max(0, capacity - taken(session, session_id))


def taken(session: Session, session_id: str) -> int:
    count = select(func.count()).select_from(Registration)
    taken = session.scalar(count.where(Registration.session_id == session_id, Registration.state.in_(SEATED)))
    return taken or 0
