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

from store import queued

TURN = "turn"
DELIVERY = "delivery"
RESCUE = "rescue"

TURNS_QUEUE = "turns"
DELIVERIES_QUEUE = "deliveries"
UPKEEP_QUEUE = "upkeep"


@dataclass(frozen=True)
class Place:
    """Where a job is being done: its number, and the worker's."""

    job_id: int
    worker_id: int

    @classmethod
    def of(cls, job: Job) -> "Place | None":
        """None for a job that nobody is doing."""
        if job.id is None or job.worker_id is None:
            return None
        return cls(job.id, job.worker_id)


class Deferrer:
    """Puts jobs into the queue, on the connection of a session: they exist if and when it commits."""

    def __init__(self) -> None:
        # Never opened: every job is deferred on the caller's connection.
        self._app = App(connector=SyncPsycopgConnector())

    def turn(
        self, session: Session, *, message_id: UUID, person_id: UUID, not_before: float | None = None
    ) -> None:
        """Have an inbound message answered, after those of the same person that came before.

        `not_before` (seconds since 1970): until then an earlier one of the person may still come in.
        """
        held = {} if not_before is None else {"not_before": not_before}
        self._defer(
            session, TURN, TURNS_QUEUE, lock=f"person:{person_id}", message_id=str(message_id), **held
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

    def begin_delivery(
        self, session: Session, *, message_id: UUID, conversation_id: UUID, worker_id: int
    ) -> Job | None:
        """Have an outbound message delivered by this worker as soon as the session commits, without anybody looking
        for the job; None, and there is none, where it is not this message's turn yet.
        """
        lock = _delivery_lock(conversation_id)
        arguments = {"message_id": str(message_id)}
        job_id = queued.start(
            session,
            queue=DELIVERIES_QUEUE,
            task=DELIVERY,
            lock=lock,
            arguments=arguments,
            worker_id=worker_id,
        )
        if job_id is None:
            return None
        return Job(
            id=job_id,
            status=Status.DOING.value,
            queue=DELIVERIES_QUEUE,
            lock=lock,
            queueing_lock=None,
            task_name=DELIVERY,
            task_kwargs=dict(arguments),
            worker_id=worker_id,
        )

    def _defer(self, session: Session, task: str, queue: str, lock: str, **arguments: Any) -> None:
        connection: Any = session.connection().connection.driver_connection
        self._app.configure_task(task, queue=queue, lock=lock, connection=connection).defer(**arguments)


def _delivery_lock(conversation_id: UUID) -> str:
    return f"conversation:{conversation_id}"
