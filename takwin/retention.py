"""Retention at work: what had its time is dropped each hour, and whom the engine is still to forget is forgotten."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from channels.waiting import sleep_unless
from store import engine_erasures, retention
from store.clock import utc_now
from store.database import Database
from store.retention import KINDS, Kind, Limits, Periods
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


class RetentionFailed(Exception):
    """Some kinds could not be dropped; their names. The others were."""


class Retention:
    """What is done of it by itself, in the worker. Any number of processes may do this at once."""

    def __init__(self, database: Database, tracker: TrackerStore, periods: Periods) -> None:
        self._database = database
        self._tracker = tracker
        self._periods = periods
        self._stopping: Callable[[], bool] = lambda: False

    async def run(self, stop: asyncio.Event) -> None:
        """Goes on until the event is set. A failure is logged, and tried again next time."""
        self._stopping = stop.is_set
        next_drop = utc_now()
        while not stop.is_set():
            await self._tried(self.forget)
            if utc_now() >= next_drop:
                await self._tried(self.drop)
                next_drop = utc_now() + EVERY
            await sleep_unless(stop, FORGET_EVERY.total_seconds())

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
        return {**counts, EVENTS: self._tracker.count_old(until["said"])}

    def drop(self, now: datetime | None = None) -> dict[str, int]:
        """Drops what had its time; how many rows of each kind, and events of the engine.

        Raises RetentionFailed where some kinds could not be, after the others.
        """
        with self._database.session() as session:
            until = retention.limits(session, self._periods, now or utc_now())
        works: dict[str, Callable[[], int]] = {
            "people": partial(self._erase_silent, until),
            **{kind: partial(self._drop, kind, until) for kind in KINDS if kind != "people"},
            EVENTS: partial(self._tracker.drop_old, until["said"]),
        }
        dropped, failed = {}, []
        for kind, work in works.items():
            if self._stopping():
                break
            try:
                dropped[kind] = work()
            except Exception as error:
                log.error("retention of %s failed: %s", kind, type(error).__name__)
                failed.append(kind)
        if any(dropped.values()):
            log.info("kept no longer: %s", ", ".join(f"{kind} {count}" for kind, count in dropped.items()))
        if failed:
            raise RetentionFailed(", ".join(failed))
        return dropped

    def _erase_silent(self, until: Limits) -> int:
        erased = 0
        while not self._stopping():
            with self._database.session() as session:
                silent = retention.silent(session, until)
            before = erased
            for person_id in silent:
                if self._stopping():
                    break
                with self._database.session() as session:
                    erased += retention.erase_silent(session, person_id, until)
            if erased == before:  # there are none, or somebody else holds them
                break
        return erased

    def _drop(self, kind: Kind, until: Limits) -> int:
        dropped = 0
        while not self._stopping():
            with self._database.session() as session:
                some = retention.drop(session, kind, until)
            if not some:
                break
            dropped += some
        return dropped

    def forget(self, now: datetime | None = None) -> int:
        """Has the engine forget whom it is still to forget; how many there were. What failed stays due."""
        with self._database.session() as session:
            due = engine_erasures.due(session, (now or utc_now()) - TURN_IS_OVER)
        for person_id in due:
            self._tracker.erase(person_id)
            with self._database.session() as session:
                engine_erasures.settle(session, [person_id])
        return len(due)
