"""The engine forgets whom it is still to forget."""

from datetime import datetime, timedelta

from channels.contract.periodic import Stopping, never
from store.core.clock import utc_now
from store.core.database import Database
from store.engine import erasures
from store.engine.tracker import TrackerStore

CRON = "* * * * *"
#: Longer than any turn: one that was under way while its person was erased has told the engine what it had to.
TURN_IS_OVER = timedelta(minutes=5)


def forget_erased(
    database: Database, tracker: TrackerStore, stopping: Stopping = never, now: datetime | None = None
) -> int:
    """Has the engine forget whom it is still to forget; how many there were. What failed is tried again later."""
    with database.session() as session:
        pending = erasures.pending(session, (now or utc_now()) - TURN_IS_OVER)
    erased = 0
    for person_id in pending:
        if stopping():
            break
        tracker.erase(person_id)
        with database.session() as session:
            erasures.settle(session, [person_id])
        erased += 1
    return erased
