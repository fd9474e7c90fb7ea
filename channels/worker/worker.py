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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.jobs import DeleteJobCondition, Job

from channels.contract.errors import ChannelError, GiveUp, RetryLater
from channels.contract.periodic import Periodic
from channels.contract.waiting import sleep_unless
from channels.delivery.outbox import Outbox
from channels.queue.deferrer import (
    DELIVERIES_QUEUE,
    DELIVERY,
    TURN,
    TURNS_QUEUE,
    UPKEEP_QUEUE,
    claim_of,
)
from channels.turn.turn import Turns
from channels.worker.pace import AT_ONCE
from channels.worker.prompt_worker import ENDED, GIVEN, NEXT, PromptWorker
from channels.worker.rescue import Tries, put_back
from channels.worker.upkeep import build_upkeep
from store.core.database import connection_string, is_outage
from store.queue.pool import answers, queue_pool

log = logging.getLogger(__name__)

_T = TypeVar("_T")

#: To the queue: each of the two workers listens on one of its own.
_CONNECTIONS = 5


@dataclass(frozen=True)
class Pace:
    """The worker's numbers. Times are in seconds."""

    at_once: int = AT_ONCE
    worth: float = 24 * 3600.0  # how old a message may become while servers are down, and still be answered
    first_wait: float = 1.0  # doubled with each try
    longest_wait: float = 60.0
    heartbeat: float = 5.0
    dead_after: float = 20.0  # without a heartbeat
    rescue_at: str = "* * * * * */10"  # cron, seconds last
    poll: float = 1.0  # for waits that have ended; new jobs announce themselves
    longest_debounce: float = 0.5  # for a message that may have been overtaken by the one being held
    drain: float = 10.0  # given to what is running when asked to stop
    restart_wait: float = 2.0
    look_again: float = 0.5  # for a database that is away


class PutAsideError(Exception):
    """The message was put aside with its reason: the job is over, and is kept as failed for operators to
    see.
    """


@dataclass(frozen=True)
class Messaging:
    """What the worker works with. `alone`: no other worker has this database, so whatever was being done is
    not. `periodic` is done from time to time, beside the messages.
    """

    database_url: str
    turns: Turns
    outbox: Outbox
    pace: Pace = Pace()
    alone: bool = False
    periodic: Sequence[Periodic] = ()


async def run_worker(messaging: Messaging, stop: asyncio.Event) -> None:
    """Work until `stop` is set, then finish what is running. A lost database is waited for."""
    while not stop.is_set():
        try:
            await _work(messaging, stop)
        except Exception as error:
            log.error("worker stopped: %s", type(error).__name__)
        if not stop.is_set():
            log.warning("worker starts again")
            await sleep_unless(stop, messaging.pace.restart_wait)
            await _database_back(messaging, stop)


async def _database_back(messaging: Messaging, stop: asyncio.Event) -> None:
    """Waits for the database: a pool that is opened while it is away asks for it ever more seldom."""
    url = connection_string(messaging.database_url)
    while not stop.is_set() and not await answers(url):
        await sleep_unless(stop, messaging.pace.look_again)


def build_app(messaging: Messaging) -> App:
    """Procrastinate's app with turns and deliveries, on a pool of its own."""
    pace = messaging.pace
    url = connection_string(messaging.database_url)
    app = App(
        connector=PsycopgConnector(pool_factory=queue_pool, conninfo=url, min_size=1, max_size=_CONNECTIONS)
    )
    retry = _Retry(pace)

    @app.task(name=TURN, queue=TURNS_QUEUE, retry=retry, pass_context=True)
    async def turn(context: JobContext, message_id: str, not_before: float | None = None) -> None:
        if not_before is not None:
            # One written before it may still be on its way.
            await asyncio.sleep(max(0.0, min(not_before - time.time(), pace.longest_debounce)))
        take = partial(messaging.turns.take, claim=claim_of(context.job))
        taken = await _try(messaging.turns, take, UUID(message_id), pace)
        context.additional_context[ENDED] = taken.job
        if taken.delivery is not None:
            context.additional_context[NEXT] = (taken.delivery.job, taken.delivery.leaving)

    @app.task(name=DELIVERY, queue=DELIVERIES_QUEUE, retry=retry, pass_context=True)
    async def delivery(context: JobContext, message_id: str) -> None:
        given = context.additional_context.get(GIVEN)
        deliver = partial(messaging.outbox.deliver, claim=claim_of(context.job), begun=given)
        context.additional_context[ENDED] = await _try(messaging.outbox, deliver, UUID(message_id), pace)

    return app


async def _work(messaging: Messaging, stop: asyncio.Event) -> None:
    pace = messaging.pace
    app = build_app(messaging)
    rescue = partial(put_back, app, pace.dead_after, messaging.turns, messaging.outbox)
    threads = ThreadPoolExecutor(max(1, len(messaging.periodic)), "periodic")
    upkeep = build_upkeep(app.connector, messaging.periodic, rescue, pace.rescue_at, stop.is_set, threads)
    try:
        async with app.open_async():
            if messaging.alone:
                # Also after a lost database: what was being done could not be marked as ended.
                await put_back(app, 0, messaging.turns, messaging.outbox)
            turns = _worker(app, pace, (TURNS_QUEUE, DELIVERIES_QUEUE), pace.at_once)
            # A worker of its own, with room for all of it: what takes long holds up neither turns nor the rest.
            beside = _worker(upkeep, pace, (UPKEEP_QUEUE,), len(messaging.periodic) + 1, keep_failed=False)
            await _run((turns, beside), stop)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _worker(
    app: App, pace: Pace, queues: Sequence[str], at_once: int, *, keep_failed: bool = True
) -> PromptWorker:
    return PromptWorker(
        app=app,
        queues=list(queues),
        name="takwin",
        concurrency=at_once,
        fetch_job_polling_interval=pace.poll,
        shutdown_graceful_timeout=pace.drain,
        delete_jobs=DeleteJobCondition.SUCCESSFUL if keep_failed else DeleteJobCondition.ALWAYS,
        install_signal_handlers=False,
        update_heartbeat_interval=pace.heartbeat,
        stalled_worker_timeout=pace.dead_after,
    )


async def _run(workers: Sequence[PromptWorker], stop: asyncio.Event) -> None:
    """Until `stop` is set or one of them ends: then all do. Raises what ended one."""
    running = [asyncio.create_task(worker.run()) for worker in workers]  # type: ignore[no-untyped-call]
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({*running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for worker in workers:
            worker.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait(running)
        for each in running:
            each.result()
    finally:
        for each in (stopping, *running):
            each.cancel()


class Work(Tries, Protocol):
    """Turns or deliveries, as far as failing goes."""

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
        # A crowd that failed together does not come back together.
        jitter = random.uniform(1.0, 1.2)  # noqa: S311 - no secret hangs on it
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait * jitter))
