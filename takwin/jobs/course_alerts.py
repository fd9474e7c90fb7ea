"""People who asked for such courses are told of one."""

from datetime import datetime

from console.courses.telling import tell_pending
from store.core.clock import utc_now
from store.core.database import Database
from store.outreach.notifier import Notifier

CRON = "* * * * * */20"


def tell_of_courses(database: Database, notifier: Notifier, now: datetime | None = None) -> int:
    """Tells the next of those who are to be told of a course; how many were settled."""
    with database.session() as session:
        return tell_pending(session, notifier, now or utc_now())
