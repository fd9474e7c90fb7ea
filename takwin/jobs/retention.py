"""Retention at work: what had its time is dropped each hour."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from channels.contract.periodic import Stopping, never
from store.core.clock import utc_now
from store.core.database import Database
from store.engine.tracker import TrackerStore
from store.lifecycle import retention
from store.lifecycle.kinds.people import erase_if_silent, silent_people
from store.lifecycle.retention import KINDS, Limits, Periods
from takwin.jobs.batches import in_batches
from takwin.settings import Settings

log = logging.getLogger(__name__)

CRON = "0 * * * *"
EVENTS = "events"


def periods_of(settings: Settings) -> Periods:
    """How long each kind is kept in an installation."""
    return {name: timedelta(days=getattr(settings, kind.setting)) for name, kind in KINDS.items()}


class RetentionFailed(Exception):
    """Some kinds could not be dropped; their names. The others were."""


class Retention:
    """Drops what had its time. Any number of processes may do this at once."""

    def __init__(self, database: Database, tracker: TrackerStore, periods: Periods) -> None:
        self._database = database
        self._tracker = tracker
        self._periods = periods

    def expired(self, now: datetime | None = None) -> dict[str, int]:
        """How many rows of each kind, and events of the engine, had their time; nothing is changed."""
        with self._database.session() as session:
            until = retention.limits(session, self._periods, now or utc_now())
            counts = retention.expired(session, until)
        return {**counts, EVENTS: self._tracker.count_old(until["messages"])}

    def drop(self, now: datetime | None = None, stopping: Stopping = never) -> dict[str, int]:
        """Drops what had its time; how many rows of each kind, and events of the engine.

        Raises RetentionFailed where some kinds could not be, after the others.
        """
        with self._database.session() as session:
            until = retention.limits(session, self._periods, now or utc_now())
        works: dict[str, Callable[[], int]] = {
            "people": partial(self._erase_silent, until, stopping),
            **{
                kind: partial(self._drop, kind, until, stopping)
                for kind, each in KINDS.items()
                if each.drop is not None
            },
            EVENTS: partial(self._tracker.drop_old, until["messages"]),
        }
        dropped, failed = {}, []
        for kind, work in works.items():
            if stopping():
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

    def _erase_silent(self, until: Limits, stopping: Stopping) -> int:
        erased = 0
        while not stopping():
            with self._database.session() as session:
                silent = silent_people(session, until["people"])
            before = erased
            for person_id in silent:
                if stopping():
                    break
                with self._database.session() as session:
                    erased += erase_if_silent(session, person_id, until["people"])
            if erased == before:  # there are none, or somebody else holds them
                break
        return erased

    def _drop(self, kind: str, until: Limits, stopping: Stopping) -> int:
        return in_batches(self._database, partial(retention.drop, kind=kind, until=until), stopping)
