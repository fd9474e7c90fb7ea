"""The queue: Procrastinate's tables, in the same PostgreSQL and the same transactions as the messages.

A job carries an id and nothing of what people said. `lock` gives exact order: one turn at a time for a
person, one delivery at a time in a conversation, and people beside each other.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from procrastinate import App, SyncPsycopgConnector
from procrastinate.jobs import Job, Status
from sqlalchemy.orm import Session

from store.queue import job_claims
from store.queue.job_claims import Ended, JobClaim

TURN = "turn"
DELIVERY = "delivery"
RESCUE = "rescue"

TURNS_QUEUE = "turns"
DELIVERIES_QUEUE = "deliveries"
UPKEEP_QUEUE = "upkeep"

#: So many characters of a message are served as late as one more message that waits.
_AS_MUCH_AS_ONE = 1000


@dataclass(frozen=True)
class HandedOn:
    """How a job ended that was to be handed on: None where it was not this worker's any more; and the job instead."""

    ended: Ended | None
    job: Job | None = None


def claim_of(job: Job) -> JobClaim | None:
    """Where a job is being done; None for one that nobody is doing."""
    return None if job.id is None or job.worker_id is None else JobClaim(job.id, job.worker_id)


class Deferrer:
    """Puts jobs into the queue, on the connection of a session: they exist if and when it commits."""

    def __init__(self) -> None:
        # Never opened: every job is deferred on the caller's connection.
        self._app = App(connector=SyncPsycopgConnector())

    def turn(
        self,
        session: Session,
        *,
        message_id: UUID,
        person_id: UUID,
        not_before: float | None = None,
        waiting: int = 0,
        length: int = 0,
    ) -> None:
        """Have an inbound message answered, after those of the same person that came before.

        `not_before` (seconds since 1970): until then an earlier one of the person may still come in. `waiting`: how
        many others of the person wait for an answer; `length`: of the message, in characters. Whoever has fewer and
        shorter ones is served first, so that nobody waits behind a crowd of somebody else's.
        """
        debounce = {} if not_before is None else {"not_before": not_before}
        self._defer(
            session,
            TURN,
            TURNS_QUEUE,
            lock=f"person:{person_id}",
            priority=-(waiting + length // _AS_MUCH_AS_ONE),
            message_id=str(message_id),
            **debounce,
        )

    def delivery(self, session: Session, *, message_id: UUID, conversation_id: UUID) -> None:
        """Have an outbound message delivered, after those of the same conversation that came before."""
        self._defer(
            session,
            DELIVERY,
            DELIVERIES_QUEUE,
            lock=_delivery_lock(conversation_id),
            message_id=str(message_id),
        )

    def hand_on(
        self, session: Session, claim: JobClaim, *, message_id: UUID, conversation_id: UUID
    ) -> HandedOn:
        """End the claimed job, and have its worker deliver an outbound message as soon as the
        session commits, without anybody looking for the job. There is none where it is not this message's turn yet.
        """
        lock = _delivery_lock(conversation_id)
        arguments = {"message_id": str(message_id)}
        handed = job_claims.hand_on(
            session, claim, queue=DELIVERIES_QUEUE, task=DELIVERY, lock=lock, arguments=arguments
        )
        if handed is None:
            return HandedOn(None)
        ended, job_id = handed
        if job_id is None:
            return HandedOn(ended)
        job = Job(
            id=job_id,
            status=Status.DOING.value,
            queue=DELIVERIES_QUEUE,
            lock=lock,
            queueing_lock=None,
            task_name=DELIVERY,
            task_kwargs=dict(arguments),
            worker_id=claim.worker_id,
        )
        return HandedOn(ended, job)

    def _defer(
        self, session: Session, task: str, queue: str, lock: str, priority: int = 0, **arguments: Any
    ) -> None:
        connection: Any = session.connection().connection.driver_connection
        self._app.configure_task(
            task, queue=queue, lock=lock, priority=priority, connection=connection
        ).defer(**arguments)


def _delivery_lock(conversation_id: UUID) -> str:
    return f"conversation:{conversation_id}"
