"""Periodic work as tasks of Procrastinate, on a queue of its own: it takes none of the worker's turns.

Of several processes one does each work, since Procrastinate defers it once for each of its times. The same work is
never done twice at once, nor does it pile up behind itself; different works do not wait for each other.
"""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor

from procrastinate import App
from procrastinate.connector import BaseConnector

from channels.contract.periodic import Periodic, Stopping
from channels.queue.deferrer import RESCUE, UPKEEP_QUEUE

log = logging.getLogger(__name__)


def build_upkeep(
    connector: BaseConnector,
    periodic: Sequence[Periodic],
    rescue: Callable[[], Awaitable[object]],
    rescue_at: str,
    stopping: Stopping,
    threads: Executor,
) -> App:
    """Procrastinate's app with the periodic work, and `rescue` at each time of `rescue_at`."""
    app = App(connector=connector)

    # Without a lock: that of a worker which died at it would keep the others from looking for dead workers.
    @app.periodic(cron=rescue_at)
    @app.task(name=RESCUE, queue=UPKEEP_QUEUE, queueing_lock=_lock(RESCUE))
    async def look_for_dead_workers(timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are given one
        await _logged(RESCUE, rescue())

    for each in periodic:
        _register(app, each, stopping, threads)
    return app


def _register(app: App, each: Periodic, stopping: Stopping, threads: Executor) -> None:
    @app.periodic(cron=each.cron)
    @app.task(name=each.name, queue=UPKEEP_QUEUE, lock=_lock(each.name), queueing_lock=_lock(each.name))
    async def task(timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are given one
        await _logged(each.name, _done(each, stopping, threads))


async def _done(each: Periodic, stopping: Stopping, threads: Executor) -> None:
    if inspect.iscoroutinefunction(each.work):
        await each.work(stopping)
    else:
        await asyncio.get_running_loop().run_in_executor(threads, each.work, stopping)


async def _logged(name: str, work: Awaitable[object]) -> None:
    """Only the type of what went wrong: the text of an exception may hold a person's words."""
    try:
        await work
    except Exception as error:
        log.error("periodic work failed: %s: %s", name, type(error).__name__)


def _lock(name: str) -> str:
    return f"periodic:{name}"
