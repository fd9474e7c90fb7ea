"""What a worker that died was doing: found by its heartbeat, and done again by another."""

import logging
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from channels.queue.deferrer import TURN, UPKEEP_QUEUE

log = logging.getLogger(__name__)


class Tries(Protocol):
    """What counts the tries of a message: turns, or deliveries."""

    async def count_try(self, message_id: UUID) -> bool: ...


async def put_back(app: App, dead_after: float, turns: Tries, outbox: Tries) -> int:
    """Have the jobs of workers without a heartbeat for so many seconds done again; how many there were.

    It counts as a try of the message: one that kills whoever takes it is put aside in the end. Periodic work is not put
    back but ended, since its next time comes by itself.
    """
    put = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after):
        try:
            if job.queue == UPKEEP_QUEUE:
                await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
                continue
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        except ConnectorException:
            continue  # another worker was quicker, or the job ended after all; the others are still to be put back
        put += 1
        await _count(job, turns, outbox)
    if put:
        log.warning("jobs of a dead worker put back: %d", put)
    return put


async def _count(job: Job, turns: Tries, outbox: Tries) -> None:
    message_id = job.task_kwargs.get("message_id")
    if isinstance(message_id, str):
        await (turns if job.task_name == TURN else outbox).count_try(UUID(message_id))
