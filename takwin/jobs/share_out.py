"""Conversations that wait for an adviser are shared out, and handed on where one lets somebody wait."""

from datetime import datetime, timedelta

from store.advisers import audit
from store.advisers.hours import Hours
from store.core.clock import utc_now
from store.core.database import Database
from store.handover import takeover

CRON = "* * * * * */20"
#: An adviser who lets somebody wait so long, in opening hours, loses the conversation to the next.
IDLE_AFTER = timedelta(minutes=30)


def share_out(
    database: Database, hours: Hours, now: datetime | None = None, idle_after: timedelta = IDLE_AFTER
) -> tuple[int, int]:
    """Shares out what waits for nobody in particular, and hands on what advisers have not answered for
    `idle_after` (0 for never), while the service is open; how many of each.
    """
    now = now or utc_now()
    if not hours.general.is_open(now):
        return 0, 0
    with database.session() as session:
        shared = takeover.assign_waiting(session, now)
        moved = takeover.reassign_idle(session, now, idle_after) if idle_after else []
        for conversation, before in moved:
            audit.record(
                session, None, "reassigned", person_id=conversation.person_id,
                conversation_id=conversation.id, now=now,
                was=str(before), to=str(conversation.adviser_id),
            )  # fmt: skip
        return shared, len(moved)
