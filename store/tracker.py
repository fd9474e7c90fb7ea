"""The engine's own record of conversations, in its own database: we only ever erase from it."""

import uuid

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from store.database import driver_url

EVENTS = "events"


class TrackerStore:
    """The table that Rasa's SQLTrackerStore writes: one row an event, `sender_id` is our person's id."""

    def __init__(self, url: str) -> None:
        # Erasures are rare: no connection is kept open for them.
        self._engine = create_engine(driver_url(url), poolclass=NullPool)

    def erase(self, person_id: uuid.UUID) -> int:
        """Delete all that the engine remembers of a person; returns the number of events. None yet is no error."""
        if not inspect(self._engine).has_table(EVENTS):
            return 0
        with self._engine.begin() as connection:
            deleted = connection.execute(
                text(f"delete from {EVENTS} where sender_id = :person"), {"person": str(person_id)}
            )
            return deleted.rowcount
