"""The door that every provider's webhook goes through: stored first, acknowledged then.

A provider's routes verify and parse; what they parsed they give to the door. Where the store cannot be reached the
door answers 503, and the provider sends again what it has.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from fastapi import HTTPException

from channels.contract.messages import AddressUpdate, Inbound, Preference, StatusUpdate
from channels.contract.metrics import REFUSED
from channels.intake.inbox import Receipt, receive
from channels.intake.statuses import note_address, note_preference, note_status
from channels.queue.deferrer import Deferrer
from store.core.database import Database, is_conflict, is_outage

log = logging.getLogger(__name__)

Update = StatusUpdate | AddressUpdate | Preference

_T = TypeVar("_T")


class Webhook:
    """What routes call. Each call is one transaction or none: after it returns, nothing is lost any more."""

    def __init__(self, database: Database, deferrer: Deferrer, executor: Executor | None = None) -> None:
        self._database = database
        self._deferrer = deferrer
        self._executor = executor

    async def take(self, messages: Sequence[Inbound]) -> list[Receipt]:
        """Store messages, oldest first by the provider's clock, each in its own transaction.

        Raises HTTPException 503 where one could not be stored; the others are, and are known when they come again.
        """
        return await self._run(self._take, sorted(messages, key=_written_at))

    async def note(self, updates: Sequence[Update]) -> None:
        """Keep what a provider says of deliveries and addresses. Raises HTTPException 503."""
        await self._run(self._note, list(updates))

    def _take(self, messages: Sequence[Inbound]) -> list[Receipt]:
        failure: Exception | None = None
        receipts = []
        for message in messages:
            try:
                receipts.append(self._receive(message))
            except Exception as error:
                failure = error
        if failure is not None:
            raise failure
        return receipts

    def _receive(self, message: Inbound) -> Receipt:
        try:
            return receive(self._database, self._deferrer, message)
        except Exception as error:
            if not (is_outage(error) or is_conflict(error)):
                raise
            # A connection from before the database's last restart: the next one is new. Or a writer who was joined
            # to another, or erased, while this was stored.
            return receive(self._database, self._deferrer, message)

    def _note(self, updates: Sequence[Update]) -> None:
        with self._database.session() as session:
            for update in updates:
                match update:
                    case StatusUpdate():
                        note_status(session, update)
                    case AddressUpdate():
                        note_address(session, update)
                    case Preference():
                        note_preference(session, update)

    async def _run(self, work: Callable[..., _T], items: object) -> _T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work, items)
        except Exception as error:
            log.error("not stored: %s", type(error).__name__)
            REFUSED.inc()
            raise HTTPException(503, "It could not be stored. Send it again.") from None


def _written_at(message: Inbound) -> float:
    return (message.sent_at or message.received_at).timestamp()
