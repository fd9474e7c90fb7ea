"""New messages enter the queue of review."""

from functools import partial

from bot.nlu.folding import fold
from channels.contract.periodic import Stopping, never
from store.core.database import Database
from store.review import intake
from takwin.jobs.batches import in_batches
from takwin.reviewing import complains

CRON = "* * * * * */20"


def take_into_review(database: Database, stopping: Stopping = never) -> int:
    """Takes every message of the backlog into the queue of review; how many there were."""
    return in_batches(database, partial(intake.take_in, fold=fold, complains=complains), stopping)
