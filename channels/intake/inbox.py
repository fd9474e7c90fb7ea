"""The inbox: a message is stored once, its turn deferred in the same transaction, and only then acknowledged.

Whatever happens afterwards, a message that was acknowledged is answered; one that a provider sends again is
not answered twice.
"""

import time
from dataclasses import dataclass
from uuid import UUID

from channels.contract.capabilities import CAPABILITIES
from channels.contract.messages import Inbound
from channels.contract.metrics import INBOUND, REPEATED
from channels.intake.cleaning import storable
from channels.queue.deferrer import Deferrer
from store.conversations import next_message
from store.conversations.inbound import InboundRecord, MessageErased, store_inbound
from store.core.database import Database

DEBOUNCE = 0.05
"""Seconds for which a message waits for one that was written before it. Every answer is later by as much."""


@dataclass(frozen=True)
class Receipt:
    """What the channel acknowledges. `duplicate`: the message had been received before; without an id, it was erased
    since.
    """

    message_id: UUID | None
    duplicate: bool


def receive(database: Database, deferrer: Deferrer, inbound: Inbound) -> Receipt:
    """Store a message and defer its turn. Raises when it could not be stored: do not acknowledge it then."""
    record = InboundRecord(
        channel=inbound.channel,
        provider_id=inbound.sender,
        provider_message_id=inbound.provider_message_id,
        text=None if inbound.text is None else storable(inbound.text),
        option=None if inbound.option_id is None else {"id": inbound.option_id},
        profile_name=inbound.profile_name,
        raw=inbound.raw or None,
        received_at=inbound.received_at,
        aliases=inbound.aliases,
        media=None if inbound.media is None else inbound.media.stored(),
        provider=inbound.provider or None,
        sent_at=inbound.sent_at,
        opt_word=inbound.opt_word,
        forwarded=inbound.forwarded,
    )
    with database.session() as session:
        try:
            stored = store_inbound(session, record)
        except MessageErased:
            return Receipt(None, duplicate=True)
        if not stored.duplicate:
            # Storing leaves the conversation's row changed: a second request of this person waits here until
            # the first has committed, so jobs are numbered in the order in which they can be seen.
            session.flush()
            deferrer.turn(
                session,
                message_id=stored.message_id,
                person_id=stored.person_id,
                not_before=_debounced_until(inbound),
                waiting=next_message.others(session, stored.person_id, stored.message_id),
                length=len(record.text or ""),
            )
    (REPEATED if stored.duplicate else INBOUND).labels(inbound.channel).inc()
    return Receipt(stored.message_id, stored.duplicate)


def _debounced_until(inbound: Inbound) -> float | None:
    """Two messages written one after the other may come the other way round: for a moment the first to come waits."""
    if not CAPABILITIES[inbound.channel].may_arrive_disordered or inbound.sent_at is None:
        return None
    return time.time() + DEBOUNCE
