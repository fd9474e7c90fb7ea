"""Days that are over are added up for the figures."""

from datetime import datetime
from functools import partial

from channels.contract.periodic import Stopping, never
from store.core.clock import utc_now
from store.core.database import Database
from store.figures import rollup
from takwin.jobs.batches import in_batches

CRON = "* * * * * */20"


def roll_up(database: Database, stopping: Stopping = never, now: datetime | None = None) -> int:
    """Adds up every day that is over; how many there were."""
    return in_batches(database, partial(rollup.roll_up, until=now or utc_now()), stopping)
