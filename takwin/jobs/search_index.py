"""New messages and names become found by the console's search."""

from sqlalchemy.orm import Session

from channels.contract.periodic import Stopping, never
from store.core.database import Database
from store.inbox import people as person_lists
from store.inbox import search_index
from takwin.jobs.batches import in_batches
from takwin.search_words import index_words

CRON = "* * * * * */20"


def take_into_search(database: Database, stopping: Stopping = never) -> int:
    """Takes every message and name of the backlog into the search; how many there were."""
    return in_batches(database, _take, stopping)


def _take(session: Session) -> int:
    return search_index.take_in(session, index_words) + person_lists.take_in(session, index_words)
