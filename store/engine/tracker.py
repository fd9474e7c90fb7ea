"""The engine's own record of conversations, in its own database: we only ever erase from it."""

import logging
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from store.core.database import driver_url

log = logging.getLogger(__name__)

EVENTS = "events"

# Events are numbered as they happen: from the first new one on nobody looks any further. A session that goes on stays
# whole, since the engine reads it whole.
_OLD = """
id < coalesce(
    (select id from events where timestamp >= :before order by id limit 1), (select max(id) + 1 from events))
and timestamp < :before
and (not exists (select from events later where later.sender_id = events.sender_id and later.timestamp >= :before)
    or exists (select from events later where later.sender_id = events.sender_id and later.id > events.id
        and later.type_name = 'session_started'))
"""
_COUNT_OLD = text(f"select count(*) from {EVENTS} where {_OLD}")  # noqa: S608 - constants
_DROP_OLD = text(f"delete from {EVENTS} where {_OLD}")  # noqa: S608 - constants


class TrackerStore:
    """The table that Rasa's SQLTrackerStore writes: one row an event, `sender_id` is our person's id."""

    def __init__(self, url: str) -> None:
        # Erasures are rare: no connection is kept open for them.
        self._engine = create_engine(driver_url(url), poolclass=NullPool)

    def erase(self, person_id: uuid.UUID) -> int:
        """Delete all that the engine remembers of a person; returns the number of events. None yet is no error."""
        if not self._is_there():
            return 0
        with self._engine.begin() as connection:
            deleted = connection.execute(
                text(f"delete from {EVENTS} where sender_id = :person"),  # noqa: S608 - a constant
                {"person": str(person_id)},
            )
            return deleted.rowcount

    def forget(self, person_id: uuid.UUID) -> bool:
        """Erase a person whose erasure is noted already (`store/engine/erasures.py`): False where it could not be done
        now, and is done later.
        """
        try:
            self.erase(person_id)
        except SQLAlchemyError as error:
            log.error("the engine forgets somebody later: %s", type(error).__name__)
            return False
        return True

    def count_old(self, before: datetime) -> int:
        """How many events are from sessions that were over before this time."""
        if not self._is_there():
            return 0
        with self._engine.connect() as connection:
            return int(connection.execute(_COUNT_OLD, {"before": before.timestamp()}).scalar_one())

    def drop_old(self, before: datetime) -> int:
        """Delete the events of sessions that were over before this time; returns how many there were."""
        if not self._is_there():
            return 0
        with self._engine.begin() as connection:
            deleted: Any = connection.execute(_DROP_OLD, {"before": before.timestamp()})
            return int(deleted.rowcount)

    def _is_there(self) -> bool:
        return inspect(self._engine).has_table(EVENTS)
