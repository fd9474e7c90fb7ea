"""The queue: Procrastinate's tables, in the same PostgreSQL and the same transactions as the messages.

A job carries an id and nothing of what people said. `lock` gives exact order: one turn at a time for a
person, one delivery at a time in a conversation, and people beside each other.
"""

from typing import Any
from uuid import UUID

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.orm import Session

TURN = "turn"
DELIVERY = "delivery"
RESCUE = "rescue"

TURNS_QUEUE = "turns"
DELIVERIES_QUEUE = "deliveries"
UPKEEP_QUEUE = "upkeep"


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
            lock=f"conversation:{conversation_id}",
            message_id=str(message_id),
        )

    def _defer(self, session: Session, task: str, queue: str, lock: str, **arguments: Any) -> None:
        connection: Any = session.connection().connection.driver_connection
        self._app.configure_task(task, queue=queue, lock=lock, connection=connection).defer(**arguments)
