"""Procrastinate's worker, prompter: it looks for the next job as soon as one ends that another waited for, goes on with
the job that the last one began, and leaves alone the jobs that ended with what they stored.
"""

import asyncio
import time
from typing import Any, Literal

from procrastinate import JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.worker import Worker

from store.queue.job_claims import Ended

ENDED = "ended"
"""In a job's context: how it ended, where it left the queue in the transaction of what it did."""
NEXT = "next"
"""In a job's context: a job of this worker that the job began, and what is given to it."""
GIVEN = "given"
"""In a job's context: what the job that began it gave to it."""


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


class PromptWorker(Worker):
    """Looks for the next job as soon as one ends: the next message of the same person waited for its lock. Where it is
    known that none did, it does not look.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._new_job_event = _Bell()

    async def _process_job(self, context: JobContext) -> None:
        try:
            await super()._process_job(context)
        finally:
            ended: Ended | None = context.additional_context.get(ENDED)
            if ended is None or ended.awaited:
                self._new_job_event.set()
        following = context.additional_context.pop(NEXT, None)
        if following is not None:
            await self._process_job(self._go_on(context, *following))

    def _go_on(self, context: JobContext, job: Job, given: object) -> JobContext:
        """The context of a job that is done in the place of the one that began it."""
        following = context.evolve(
            job=job,
            start_timestamp=time.time(),
            additional_context={GIVEN: given},
            abort_reason=lambda: self._job_ids_to_abort.get(job.id) if job.id else None,
        )
        running = asyncio.current_task()
        if running in self._running_jobs:
            # So that stopping the worker stops it under its own number.
            self._running_jobs[running] = following
        return following

    def _log_extra(self, *arguments: Any, **named: Any) -> dict[str, Any]:  # noqa: ARG002
        """Nothing: what a job was goes into no log, and it would be put together for each line that is not written."""
        return {}

    async def _persist_job_status(self, *arguments: Any, **named: Any) -> None:
        job, context = named["job"], named["context"]
        if context.additional_context.get(ENDED) is not None:
            self._job_ids_to_abort.pop(job.id, None)
            return
        try:
            await super()._persist_job_status(*arguments, **named)
        except ConnectorException:
            # The job stays marked as being done, with its person waiting behind it, for as long as this worker lives.
            self.stop()  # type: ignore[no-untyped-call]
            raise
