"""The outbox: messages to people, handed to the provider of their channel once they are stored."""

import asyncio
import logging
from collections.abc import Mapping
from uuid import UUID

from channels.contract import Option, Outbound
from channels.errors import GiveUp
from channels.provider import Sender, Sent
from store import conversations, deliveries, people
from store.conversations import MessageUnknown
from store.database import Database

log = logging.getLogger(__name__)

_OPEN = ("pending", "sending", "unknown")


class Outbox:
    """Delivers stored messages; `senders` has one for each channel that is on and pushes."""

    def __init__(self, database: Database, senders: Mapping[str, Sender]) -> None:
        self._database = database
        self._senders = dict(senders)

    async def deliver(self, message_id: UUID) -> None:
        """Send a message, unless a provider has it. Raises RetryLater, GiveUp."""
        message = await asyncio.to_thread(self._take, message_id)
        if message is None:
            return
        sender = self._senders.get(message.channel)
        if sender is None:
            raise GiveUp("channel-off")
        sent = await sender.send(message)
        await asyncio.to_thread(self._record, message_id, sent)

    async def give_up(self, message_id: UUID, reason: str) -> None:
        """Record that a message will not be delivered, and why."""
        log.error("delivery given up", extra={"message_id": str(message_id), "reason": reason})
        await asyncio.to_thread(self._fail, message_id, reason)

    def _take(self, message_id: UUID) -> Outbound | None:
        with self._database.session() as session:
            try:
                message = conversations.get_message(session, message_id)
            except MessageUnknown:
                return None  # erased with the person it was for
            if message.delivery_state not in _OPEN:
                return None
            address = people.address_on(session, message.person_id, message.channel)
            if address is None or address.state != "active":
                raise GiveUp("no-address" if address is None else f"address-{address.state}")
            deliveries.record_delivery(session, message_id, "sending")
            return Outbound(
                message_id=str(message_id),
                channel=message.channel,
                to=address.provider_id,
                text=message.text or "",
                options=tuple(_option(option) for option in message.options or ()),
                conversation_id=str(message.conversation_id),
            )

    def _record(self, message_id: UUID, sent: Sent) -> None:
        with self._database.session() as session:
            deliveries.record_delivery(
                session, message_id, "sent", provider_message_id=sent.provider_message_id
            )

    def _fail(self, message_id: UUID, reason: str) -> None:
        with self._database.session() as session:
            try:
                deliveries.record_delivery(session, message_id, "failed", detail=reason)
            except MessageUnknown:
                return


def _option(stored: Mapping[str, object]) -> Option:
    return Option(id=str(stored["id"]), title=str(stored["title"]), intent=str(stored["intent"]))
