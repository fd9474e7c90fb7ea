"""What the engine remembers of a person's dialogue, read from its own database."""

import json
import logging
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from store.core.database import driver_url

log = logging.getLogger(__name__)

#: Only these say something to a reader; the rest is the dialogue's own bookkeeping.
SHOWN = ("criteria", "course", "person", "expecting", "offer")
_LAST = text(
    "select distinct on (data::jsonb ->> 'name') data from ("
    "  select id, data from events where sender_id = :person and type_name = 'slot' order by id desc limit 400"
    ") recent order by data::jsonb ->> 'name', id desc"
)


class TrackerSlots:
    """Reads slots from the table that Rasa's SQLTrackerStore writes: one row an event."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            driver_url(url), poolclass=QueuePool, pool_size=1, max_overflow=2, pool_pre_ping=True,
            hide_parameters=True,
        )  # fmt: skip

    def of_person(self, person_id: uuid.UUID) -> Mapping[str, Any]:
        """The slots of SHOWN that are filled; none where the engine's database does not answer."""
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(_LAST, {"person": str(person_id)}).scalars().all()
        except SQLAlchemyError as error:
            log.warning("slots not read: %s", type(error).__name__)
            return {}
        slots = (json.loads(row) for row in rows)
        return {slot["name"]: slot.get("value") for slot in slots if slot.get("name") in SHOWN}
