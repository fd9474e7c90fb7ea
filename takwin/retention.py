"""Retention at work: what had its time is dropped each hour, and whom the engine is still to forget is forgotten."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from store import engine_erasures, retention
from store.clock import utc_now
from store.database import Database
from store.retention import KINDS, Kind, Periods
from store.tracker import TrackerStore
from takwin.settings import Settings

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
FORGET_EVERY = timedelta(minutes=1)
#: Longer than any turn: one that was under way while its person was erased has told the engine what it had to.
TURN_IS_OVER = timedelta(minutes=5)
EVENTS = "events"


def periods_of(settings: Settings) -> Periods:
    """How long each kind is kept in an installation."""
    days: dict[Kind, int] = {
        "people": settings.keep_people_days,
        "profiles": settings.keep_profiles_days,
        "said": settings.keep_messages_days,
        "raw": settings.keep_raw_days,
        "audit": settings.keep_audit_days,
    }
    return {kind: timedelta(days=count) for kind, count in days.items()}


class Retention:
    """What is done of it by itself, in the worker. Any number of processes may do this at once."""

    def __init__(self, database: Database, tracker: TrackerStore, periods: Periods) -> None:
        self._database = database
        self._tracker = tracker
        self._periods = periods

    async def run(self, stop: asyncio.Event) -> None:
        """Goes on until the event is set. A failure is logged, and tried again next time."""
        next_drop = utc_now()
        while not stop.is_set():
            await self._tried(self.forget)
            if utc_now() >= next_drop:
                await self._tried(self.drop)
                next_drop = utc_now() + EVERY
            try:
                await asyncio.wait_for(stop.wait(), FORGET_EVERY.total_seconds())
            except TimeoutError:
                continue

    async def _tried(self, work: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(work)
        except Exception as error:
            log.error("retention failed: %s", type(error).__name__)

    def due(self, now: datetime | None = None) -> dict[str, int]:
        """How many rows of each kind, and events of the engine, had their time; nothing is changed."""
        with self._database.session() as session:
            until = retention.limits(session, self._periods, now or utc_now())
            counts = retention.due(session, until)
        return {EVENTS: self._tracker.count_old(until.said)} | {kind: counts[kind] for kind in KINDS}

    def drop(self, now: datetime | None = None) -> dict[str, int]:
        """Drops what had its time; how many rows of each kind, and events of the engine."""
        with self._database.session() as session:
            until = retention.limits(session, self._periods, now or utc_now())
        dropped: dict[str, int] = {kind: self._drop(kind, until) for kind in KINDS}
        dropped[EVENTS] = self._tracker.drop_old(until.said)
        if any(dropped.values()):
            log.info("kept no longer: %s", ", ".join(f"{kind} {count}" for kind, count in dropped.items()))
        return dropped

    def _drop(self, kind: Kind, until: retention.Limits) -> int:
        dropped = 0
        while True:
            with self._database.session() as session:
                some = retention.drop(session, kind, until)
            if not some:
                return dropped
            dropped += some

    def forget(self, now: datetime | None = None) -> int:
        """Has the engine forget whom it is still to forget; how many there were. What failed stays due."""
        with self._database.session() as session:
            due = engine_erasures.due(session, (now or utc_now()) - TURN_IS_OVER)
        for person_id in due:
            self._tracker.erase(person_id)
            with self._database.session() as session:
                engine_erasures.settle(session, [person_id])
        return len(due)
