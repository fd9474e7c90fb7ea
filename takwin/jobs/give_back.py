"""Conversations go back to the assistant where an adviser has been silent for too long."""

from datetime import datetime

from store.core.clock import utc_now
from store.core.database import Database
from store.handover import takeover
from store.outreach.notifier import Notice, Notifier

CRON = "* * * * * */20"
GAVE_BACK = "adviser-gave-back"


def give_back_overdue(database: Database, notifier: Notifier, now: datetime | None = None) -> int:
    """Gives back what advisers have been silent on too long, and tells its people; how many there were."""
    with database.session() as session:
        given = takeover.give_back_overdue(session, now or utc_now())
        for conversation in given:
            notifier.notify_in(session, conversation, Notice(GAVE_BACK), utc_now())
        return len(given)
