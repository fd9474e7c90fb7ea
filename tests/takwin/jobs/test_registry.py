"""What the worker does by itself, and how often."""

from itertools import pairwise

import pytest
from croniter import croniter

from channels.contract.periodic import Periodic
from channels.queue.deferrer import DELIVERY, RESCUE, TURN, Deferrer
from channels.twilio import backfill
from channels.wording.render import Renderer
from store.core.database import Database
from store.engine.tracker import TrackerStore
from takwin.jobs.registry import periodic_work
from takwin.jobs.retention import periods_of
from takwin.settings import ROOT, Settings

#: Seconds from one time to the next.
CADENCE = {
    "give-back": 20,
    "share-out": 20,
    "search-index": 20,
    "review-intake": 20,
    "figures": 20,
    "course-alerts": 20,
    "link-check": 20,
    "retention": 3600,
    "engine-erasures": 60,
}


@pytest.fixture
def periodic(database: Database, database_url: str) -> tuple[Periodic, ...]:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    words = Renderer(ROOT / "data" / "replies")
    return periodic_work(database, words, Deferrer(), TrackerStore(database_url), periods_of(settings))


def seconds_between(cron: str) -> set[float]:
    times = croniter(cron, start_time=1_800_000_000.0, ret_type=float)
    return {later - earlier for earlier, later in pairwise([times.get_next() for _ in range(200)])}


def test_each_is_done_as_often_as_is_stated(periodic: tuple[Periodic, ...]) -> None:
    assert {each.name: seconds_between(each.cron) for each in periodic} == {
        name: {seconds} for name, seconds in CADENCE.items()
    }
    assert seconds_between(backfill.CRON) == {10}


def test_no_two_tasks_of_the_queue_have_one_name(periodic: tuple[Periodic, ...]) -> None:
    names = [TURN, DELIVERY, RESCUE, *(each.name for each in periodic)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", sorted(CADENCE.keys() - {"retention", "engine-erasures"}))
def test_each_finds_nothing_to_do_in_an_empty_installation(periodic: tuple[Periodic, ...], name: str) -> None:
    [work] = [each.work for each in periodic if each.name == name]
    assert work(lambda: False) in (0, (0, 0))
