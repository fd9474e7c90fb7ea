"""Jobs that wait in the queue: what they wait for changes where two persons, or two conversations, become one."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def rename_lock(session: Session, before: str, after: str) -> int:
    """Has the jobs that wait for one lock wait for another, so that they do not run beside those of that other.

    Returns how many there were. A job that runs already is left to end.
    """
    changed = session.execute(
        text(
            "update procrastinate_jobs set lock = :after where lock = :before and status = 'todo' returning id"
        ),
        {"before": before, "after": after},
    )
    return len(changed.all())
