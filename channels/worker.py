"""The worker: takes turns and delivers messages as the queue hands them out, and outlives what may happen
to it.

It runs inside `takwin serve`, or as a process of its own; any number of them share one queue. A worker that
dies leaves its jobs marked as being done; the others see its heartbeat stop and put them back.
"""

import asyncio
import logging
import random
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job

from channels.errors import ChannelError, GiveUp, RetryLater
from channels.outbox import Outbox
from channels.prompt_worker import ENDED, GIVEN, NEXT, PromptWorker
from channels.provider import Chore
from channels.queue import DELIVERIES_QUEUE, DELIVERY, RESCUE, TURN, TURNS_QUEUE, UPKEEP_QUEUE, place_of
from channels.turn import Turns
from channels.waiting import sleep_unless
from store.database import connection_string, is_outage
from store.queue_pool import queue_pool

log = logging.getLogger(__name__)

_T = TypeVar("_T")


@dataclass(frozen=True)
class Pace:
    """The worker's numbers. Times are in seconds."""

    # Turns and deliveries: with a provider that takes .3 s, 20 answers a second. Twice as many at once answer no more
    # where the processor is short, and have webhooks wait twice as long for the database (p99 at 50 a second).
    at_once: int = 8
    worth: float = 24 * 3600.0  # how old a message may become while servers are down, and still be answered
    first_wait: float = 1.0  # doubled with each try
    longest_wait: float = 60.0
    heartbeat: float = 5.0
    dead_after: float = 20.0  # without a heartbeat
    rescue_at: str = "* * * * * */10"  # cron, seconds last
    poll: float = 1.0  # for waits that have ended; new jobs announce themselves
    longest_hold: float = 0.5  # for a message that may have been overtaken by the one being held
    drain: float = 10.0  # given to what is running when asked to stop
    restart_wait: float = 2.0


class PutAsideError(Exception):
    """The message was put aside with its reason: the job is over, and is kept as failed for operators to
    see.
    """


@dataclass(frozen=True)
class Messaging:
    """What the worker works with. `alone`: no other worker has this database, so whatever was being done is
    not. `chores` are what providers do by themselves.
    """

    database_url: str
    turns: Turns
    outbox: Outbox
    pace: Pace = Pace()
    alone: bool = False
    chores: Sequence[Chore] = ()


async def run_worker(messaging: Messaging, stop: asyncio.Event) -> None:
    """Work until `stop` is set, then finish what is running. A lost database is waited for."""
    chores = [asyncio.create_task(_keep_doing(chore, stop, messaging.pace)) for chore in messaging.chores]
    try:
        await _keep_working(messaging, stop)
    finally:
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)


async def _keep_doing(chore: Chore, stop: asyncio.Event, pace: Pace) -> None:
    while not stop.is_set():
        try:
            await chore(stop)
        except Exception as error:
            log.error("chore stopped: %s", type(error).__name__)
        await sleep_unless(stop, pace.restart_wait)


async def _keep_working(messaging: Messaging, stop: asyncio.Event) -> None:
    alone = messaging.alone
    while not stop.is_set():
        try:
            await _work(messaging, stop, alone=alone)
            alone = False
        except Exception as error:
            log.error("worker stopped: %s", type(error).__name__)
        if not stop.is_set():
            log.warning("worker starts again")
            await sleep_unless(stop, messaging.pace.restart_wait)


def build_app(messaging: Messaging) -> App:
    """Procrastinate's app with our jobs, on a pool of its own."""
    pace = messaging.pace
    url = connection_string(messaging.database_url)
    app = App(connector=PsycopgConnector(pool_factory=queue_pool, conninfo=url, min_size=1, max_size=4))
    retry = _Retry(pace)

    @app.task(name=TURN, queue=TURNS_QUEUE, retry=retry, pass_context=True)
    async def turn(context: JobContext, message_id: str, not_before: float | None = None) -> None:
        if not_before is not None:
            # One written before it may still be on its way.
            await asyncio.sleep(max(0.0, min(not_before - time.time(), pace.longest_hold)))
        take = partial(messaging.turns.take, place=place_of(context.job))
        taken = await _try(messaging.turns, take, UUID(message_id), pace)
        context.additional_context[ENDED] = taken.job
        if taken.delivery is not None:
            context.additional_context[NEXT] = (taken.delivery.job, taken.delivery.leaving)

    @app.task(name=DELIVERY, queue=DELIVERIES_QUEUE, retry=retry, pass_context=True)
    async def delivery(context: JobContext, message_id: str) -> None:
        given = context.additional_context.get(GIVEN)
        deliver = partial(messaging.outbox.deliver, place=place_of(context.job), begun=given)
        context.additional_context[ENDED] = await _try(messaging.outbox, deliver, UUID(message_id), pace)

    @app.periodic(cron=pace.rescue_at)
    @app.task(name=RESCUE, queue=UPKEEP_QUEUE, pass_context=True)
    async def rescue(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - periodic tasks are given one
        await put_back(context.app, pace.dead_after, messaging)

    return app


async def put_back(app: App, dead_after: float, messaging: Messaging) -> int:
    """Have the jobs of workers without a heartbeat for so many seconds done again; how many there were.

    It counts as a try of the message: one that kills whoever takes it is put aside in the end.
    """
    put = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after):
        try:
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        except ConnectorException:
            continue  # another worker was quicker, or the job ended after all; the others are still to be put back
        put += 1
        message_id = job.task_kwargs.get("message_id")
        if isinstance(message_id, str):
            counted: Work = messaging.turns if job.task_name == TURN else messaging.outbox
            await counted.count_try(UUID(message_id))
    if put:
        log.warning("jobs of a dead worker put back: %d", put)
    return put


async def _work(messaging: Messaging, stop: asyncio.Event, *, alone: bool) -> None:
    pace = messaging.pace
    app = build_app(messaging)
    async with app.open_async():
        if alone:
            await put_back(app, 0, messaging)
        worker = PromptWorker(
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


class Work(Protocol):
    """Turns or deliveries, as far as failing goes."""

    async def count_try(self, message_id: UUID) -> bool: ...

    async def worth_answering(self, message_id: UUID, seconds: float) -> bool: ...

    async def give_up(self, message_id: UUID, reason: str) -> None: ...


async def _try(work: Work, do: Callable[[UUID], Awaitable[_T]], message_id: UUID, pace: Pace) -> _T:
    """One try of a job. The last one that fails puts the message aside, so that the person's next one is
    served.
    """
    try:
        return await do(message_id)
    except ChannelError as error:
        failure = error
    except Exception as error:
        # Only where, not what: the message of an exception may hold a person's words.
        log.error(
            "job failed: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
        )
        failure = RetryLater(f"internal-{type(error).__name__}", counts=not is_outage(error))
    failing = failure.message_id or message_id
    if await _is_last(work, failing, failure, pace):
        await work.give_up(failing, failure.reason)
        raise PutAsideError(failure.reason)
    raise failure


async def _is_last(work: Work, message_id: UUID, failure: ChannelError, pace: Pace) -> bool:
    if isinstance(failure, GiveUp):
        return True
    if isinstance(failure, RetryLater) and failure.counts:
        return await work.count_try(message_id)
    return not await work.worth_answering(message_id, pace.worth)


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
        if isinstance(exception, RetryLater) and exception.after is not None:
            wait = exception.after
        jitter = random.uniform(1.0, 1.2)  # so that a crowd that failed together does not come back together
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait * jitter))
