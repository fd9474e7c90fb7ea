"""Work that is done a batch at a time, each in a transaction of its own, until nothing is left."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from channels.contract.periodic import Stopping
from store.core.database import Database


def in_batches(database: Database, take: Callable[[Session], int], stopping: Stopping) -> int:
    """How many there were. `take` does the next of them and returns how many, 0 where none is left."""
    taken = 0
    while not stopping():
        with database.session() as session:
            some = take(session)
        taken += some
        if not some:
            break
    return taken
