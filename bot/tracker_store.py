"""Where the engine keeps its trackers: Rasa's own table of events, read and written with one statement each.

Rasa's SQLTrackerStore counts the stored events before it saves and builds its three queries anew each time: a third
of a turn's processor time. This one remembers with a tracker how far it was stored when it was read, and the statement
that saves also sees to it that nobody else has saved since.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import DBAPIError

_WHOLE = "select id, data from events where sender_id = %(person)s order by id"
_LAST_SESSION = """
select id, data from events
where sender_id = %(person)s and id >= coalesce(
    (select max(id) from events where sender_id = %(person)s and type_name = 'session_started'), 0)
order by id
"""
_SAVE = """
insert into events (sender_id, type_name, timestamp, intent_name, action_name, data)
select %(person)s, type_name, at, intent_name, action_name, data
from unnest(%(types)s::text[], %(times)s::float8[], %(intents)s::text[], %(actions)s::text[], %(data)s::text[])
    with ordinality as new (type_name, at, intent_name, action_name, data, n)
where coalesce((select max(id) from events where sender_id = %(person)s), 0) = %(last)s
order by n
returning id
"""


class SavedElsewhere(Exception):
    """Another engine has saved this person's tracker since it was read: the turn is to be taken again."""


class OneStatementStore(SQLTrackerStore):
    """Rasa's table, and its columns, as they are."""

    engine: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each statement is whole by itself.
        self.engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        query = _WHOLE if fetch_events_from_all_sessions else _LAST_SESSION
        rows = self._rows(query, {"person": sender_id})
        if not rows or not self.domain:
            return None
        tracker = DialogueStateTracker.from_dict(
            sender_id, [json.loads(data) for _, data in rows], self.domain.slots
        )
        _note_stored(tracker, rows[-1][0])
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what came to a tracker since it was read. Raises SavedElsewhere."""
        await self.stream_events(tracker)
        stored, last = getattr(tracker, "stored", (0, 0))
        new = list(tracker.events)[stored:]
        if not new:
            return
        dicts = [event.as_dict() for event in new]
        values = {
            "person": tracker.sender_id,
            "last": last,
            "types": [event.type_name for event in new],
            "times": [each.get("timestamp") for each in dicts],
            "intents": [((each.get("parse_data") or {}).get("intent") or {}).get("name") for each in dicts],
            "actions": [each.get("name") for each in dicts],
            "data": [json.dumps(each) for each in dicts],
        }
        ids = [row[0] for row in self._rows(_SAVE, values)]
        if not ids:
            raise SavedElsewhere(tracker.sender_id)
        _note_stored(tracker, max(ids))

    def _rows(self, statement: str, values: dict[str, Any]) -> list[Any]:
        """What a statement answers. Asked twice where the connection had died, as all do when the server was restarted.

        That is safe: a save that was stored, and whose answer was lost, is refused the second time as if by another
        engine, and the turn that is then taken again is answered from what was stored.
        """
        try:
            return self._ask(statement, values)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return self._ask(statement, values)

    def _ask(self, statement: str, values: dict[str, Any]) -> list[Any]:
        with self.engine.connect() as connection:
            rows: list[Any] = connection.exec_driver_sql(statement, values).all()
            return rows


def _note_stored(tracker: DialogueStateTracker, last_id: int) -> None:
    """How many of its events are stored, and the id of the last one."""
    tracker.stored = (len(tracker.events), last_id)
