"""Periodic work beside the messages: none waits for another, and no turn for any."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from channels.contract.periodic import Periodic, Stopping
from channels.queue.deferrer import UPKEEP_QUEUE
from channels.worker.worker import run_worker
from tests.channels.conftest import QUICK, World

EACH_SECOND = "* * * * * *"


class Work:
    """Counts how often it was done, and how many at once."""

    def __init__(self, then: Callable[[Stopping], object] = lambda _: None) -> None:
        self.done, self.at_once, self.most = 0, 0, 0
        self._then = then
        self._lock = threading.Lock()

    def __call__(self, stopping: Stopping) -> None:
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        try:
            self._then(stopping)
        finally:
            with self._lock:
                self.at_once -= 1
                self.done += 1


def fail(_: Stopping) -> None:
    raise RuntimeError("Fatima 0600000000")


def until_stopped(stopping: Stopping) -> None:
    while not stopping():
        time.sleep(0.02)


def jobs(world: World) -> list[Any]:
    with world.database.session() as session:
        query = text(
            "select task_name from procrastinate_jobs where queue_name = :queue and task_name <> 'rescue'"
        )
        return list(session.scalars(query, {"queue": UPKEEP_QUEUE}))


def test_one_that_fails_stops_no_other_and_is_tried_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    failing, other = Work(fail), Work()
    world.periodic = (Periodic("failing", EACH_SECOND, failing), Periodic("other", EACH_SECOND, other))
    world.work_until(lambda: failing.done >= 2 and other.done >= 2)
    assert "periodic work failed: failing: RuntimeError" in caplog.text
    assert "Fatima" not in caplog.text
    assert "failing" not in jobs(world), "nothing is kept of what is tried again by itself"


def test_a_slow_one_holds_up_neither_turns_nor_the_others(world: World) -> None:
    slow, other = Work(until_stopped), Work()
    world.pace = replace(QUICK, at_once=1)
    world.periodic = (Periodic("slow", EACH_SECOND, slow), Periodic("other", EACH_SECOND, other))

    async def talk() -> float:
        async with world.working():
            while not slow.at_once:
                await asyncio.sleep(0.01)
            began = time.monotonic()
            world.write("un")
            while not world.replies():
                await asyncio.sleep(0.01)
            took = time.monotonic() - began
            before = other.done
            while other.done < before + 2:
                await asyncio.sleep(0.01)
            assert slow.at_once == 1
            return took

    assert asyncio.run(talk()) < 5
    assert slow.most == 1, "never twice at once"


def test_it_does_not_pile_up_behind_itself(world: World) -> None:
    slow = Work(until_stopped)
    world.periodic = (Periodic("slow", EACH_SECOND, slow),)

    async def wait() -> list[Any]:
        async with world.working():
            while not slow.at_once:
                await asyncio.sleep(0.01)
            await asyncio.sleep(3.5)
            return jobs(world)

    # The one that is being done, and the next.
    assert asyncio.run(wait()) == ["slow", "slow"]


def test_a_coroutine_runs_in_the_loop_of_the_worker(world: World) -> None:
    seen: list[threading.Thread] = []

    async def work(_: Stopping) -> None:
        await asyncio.sleep(0)
        seen.append(threading.current_thread())

    world.periodic = (Periodic("look", EACH_SECOND, work),)
    world.work_until(lambda: bool(seen))
    assert seen[0] is threading.main_thread()


def test_several_workers_do_each_work_once_at_each_time(world: World) -> None:
    ticks: list[int] = []

    def work(_: Stopping) -> None:
        ticks.append(int(time.time()))

    world.periodic = (Periodic("work", EACH_SECOND, work),)

    async def both() -> float:
        began = time.monotonic()
        stop = asyncio.Event()
        worlds = [world.messaging() for _ in range(2)]
        running = [asyncio.create_task(run_worker(messaging, stop)) for messaging, _ in worlds]
        await asyncio.sleep(4)
        stop.set()
        await asyncio.gather(*running)
        for _, client in worlds:
            await client.close()
        return time.monotonic() - began

    seconds = asyncio.run(both())
    # Each second once, and the one before the workers began.
    assert 2 <= len(ticks) <= seconds + 2


def test_a_stop_ends_what_goes_on_in_batches(world: World) -> None:
    slow = Work(until_stopped)
    world.periodic = (Periodic("slow", EACH_SECOND, slow),)
    began = time.monotonic()
    world.work_until(lambda: slow.at_once == 1)
    assert time.monotonic() - began < QUICK.drain
    assert slow.at_once == 0


def test_what_a_dead_worker_was_at_is_ended_and_done_at_its_next_time(world: World) -> None:
    work = Work()
    world.periodic = (Periodic("work", EACH_SECOND, work),)
    with world.database.session() as session:
        session.execute(
            text(
                "insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status)"
                " values (:queue, 'work', 'periodic:work', 'periodic:work', 'doing')"
            ),
            {"queue": UPKEEP_QUEUE},
        )
    world.work_until(lambda: work.done >= 1)
