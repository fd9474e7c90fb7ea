"""The worker: takes turns and delivers messages as the queue hands them out, and outlives what may happen
to it.

It runs inside `takwin serve`, or as a process of its own; any number of them share one queue. A worker that
dies leaves its jobs marked as being done; the others see its heartbeat stop and put them back.
"""

import asyncio
import logging
import random
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.jobs import DeleteJobCondition, Job
from procrastinate.worker import Worker

from channels.errors import ChannelError, GiveUp, RetryLater
from channels.outbox import Outbox
from channels.queue import DELIVERIES_QUEUE, DELIVERY, RESCUE, TURN, TURNS_QUEUE, UPKEEP_QUEUE
from channels.turn import Turns
from store.database import connection_string

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """The worker's numbers. Times are in seconds."""

    at_once: int = 16  # turns and deliveries; each may hold a database connection for some milliseconds
    tries: int = 8  # with the waits below about two minutes: an engine restarts in less
    first_wait: float = 1.0  # doubled with each try
    longest_wait: float = 60.0
    heartbeat: float = 5.0
    dead_after: float = 20.0  # without a heartbeat
    rescue_at: str = "*/10 * * * * *"  # cron, seconds last
    poll: float = 5.0  # for waits that have ended; new jobs announce themselves
    drain: float = 10.0  # given to what is running when asked to stop
    restart_wait: float = 2.0


class PutAsideError(Exception):
    """The message was put aside with its reason: the job is over, and is kept as failed for operators to
    see.
    """


@dataclass(frozen=True)
class Messaging:
    """What the worker works with. `alone`: no other worker has this database, so whatever was being done is
    not.
    """

    database_url: str
    turns: Turns
    outbox: Outbox
    pace: Pace = Pace()
    alone: bool = False


async def run_worker(messaging: Messaging, stop: asyncio.Event) -> None:
    """Work until `stop` is set, then finish what is running. A lost database is waited for."""
    alone = messaging.alone
    while not stop.is_set():
        try:
            await _work(messaging, stop, alone=alone)
            alone = False
        except Exception as error:
            log.error("worker stopped: %s", type(error).__name__)
        if not stop.is_set():
            log.warning("worker starts again")
            await _sleep_unless(stop, messaging.pace.restart_wait)


def build_app(messaging: Messaging) -> App:
    """Procrastinate's app with our jobs, on a pool of its own."""
    pace = messaging.pace
    url = connection_string(messaging.database_url)
    app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))
    retry = _Retry(pace)

    @app.task(name=TURN, queue=TURNS_QUEUE, retry=retry, pass_context=True)
    async def turn(context: JobContext, message_id: str) -> None:
        await _try(context, UUID(message_id), messaging.turns.take, messaging.turns.give_up, pace)

    @app.task(name=DELIVERY, queue=DELIVERIES_QUEUE, retry=retry, pass_context=True)
    async def delivery(context: JobContext, message_id: str) -> None:
        await _try(context, UUID(message_id), messaging.outbox.deliver, messaging.outbox.give_up, pace)

    @app.periodic(cron=pace.rescue_at)
    @app.task(name=RESCUE, queue=UPKEEP_QUEUE, pass_context=True)
    async def rescue(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are given one
        await put_back(context.app, pace.dead_after)

    return app


async def put_back(app: App, dead_after: float) -> int:
    """Have the jobs of workers without a heartbeat for so many seconds done again; how many there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after))
    for job in stalled:
        await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
    if stalled:
        log.warning("jobs of a dead worker put back: %d", len(stalled))
    return len(stalled)


async def _work(messaging: Messaging, stop: asyncio.Event, *, alone: bool) -> None:
    pace = messaging.pace
    app = build_app(messaging)
    async with app.open_async():
        if alone:
            await put_back(app, 0)
        worker = _PromptWorker(
            app=app,
            name="takwin",
            concurrency=pace.at_once,
            fetch_job_polling_interval=pace.poll,
            shutdown_graceful_timeout=pace.drain,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            install_signal_handlers=False,
            update_heartbeat_interval=pace.heartbeat,
            stalled_worker_timeout=pace.dead_after,
        )
        running = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
        asked = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, asked}, return_when=asyncio.FIRST_COMPLETED)
            worker.stop()  # type: ignore[no-untyped-call]
            await running
        finally:
            asked.cancel()
            running.cancel()


async def _try(
    context: JobContext,
    message_id: UUID,
    work: Callable[[UUID], Awaitable[None]],
    give_up: Callable[[UUID, str], Awaitable[None]],
    pace: Pace,
) -> None:
    """One try of a job. The last one that fails puts the message aside, so that the person's next one is
    served.
    """
    tries_before = context.job.attempts
    if tries_before >= pace.tries:
        # It never came to an end: each time the worker died.
        await give_up(message_id, "worker-died")
        raise PutAsideError("worker-died")
    try:
        await work(message_id)
        return
    except ChannelError as error:
        failure = error
    except Exception as error:
        # Only where, not what: the message of an exception may hold a person's words.
        log.error(
            "job failed: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
        )
        failure = RetryLater(f"internal-{type(error).__name__}")
    if isinstance(failure, GiveUp) or tries_before + 1 >= pace.tries:
        await give_up(message_id, failure.reason)
        raise PutAsideError(failure.reason)
    raise RetryLater(failure.reason)


class _Retry(BaseRetryStrategy):
    """Later and later, for ever: it is `_try` that says when it is enough. At once where the worker was
    stopped.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, PutAsideError):
            return None
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_at=datetime.now(UTC))
        wait = min(self._pace.longest_wait, self._pace.first_wait * 2.0 ** min(job.attempts, 16))
        jitter = random.uniform(0.8, 1.2)  # so that a crowd that failed together does not come back together
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait * jitter))


class _Bell(asyncio.Event):
    """Stays rung until somebody waited for it. Procrastinate's loop clears its event after looking for
    jobs, and so would miss one that came while it looked, until its next poll.
    """

    def clear(self) -> None:
        pass

    async def wait(self) -> Literal[True]:
        await super().wait()
        super().clear()
        return True


class _PromptWorker(Worker):
    """Looks for the next job as soon as one ends: the next message of the same person waited for its lock."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._new_job_event = _Bell()

    async def _process_job(self, context: JobContext) -> None:
        try:
            await super()._process_job(context)
        finally:
            self._new_job_event.set()


async def _sleep_unless(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
