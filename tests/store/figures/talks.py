"""Talks to make figures of, and the figures of them."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from store.advisers.access_scope import AccessScope
from store.conversations.inbound import InboundRecord, store_inbound
from store.conversations.messages import record_understanding
from store.conversations.outbound import OutboundRecord, store_replies
from store.core.database import Database
from store.figures.figures import Figures, figures
from store.figures.filters import FigureFilter
from store.figures.rollup import roll_up
from store.people import people
from store.tables import Message

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)


def says(
    database: Database, text: str, sender: str = "+212600000001", at: datetime = NOON, **more: Any
) -> tuple[uuid.UUID, uuid.UUID]:
    """Somebody writes, is understood, and is answered two seconds later."""
    channel = more.pop("channel", "sms")
    understanding = {
        "intent": more.pop("intent", "greet"),
        "confidence": 0.9,
        "entities": more.pop("entities", []),
    }
    reply = more.pop("reply", "greet")
    with database.session() as session:
        record = InboundRecord(channel, sender, str(uuid.uuid4()), text, received_at=at)
        stored = store_inbound(session, record)
        record_understanding(session, stored.message_id, understanding)
        person = people.get(session, stored.person_id)
        person.created_at = min(person.created_at, at)
        for name, value in more.pop("known", {}).items():
            setattr(person, name, value)
        records = [
            OutboundRecord(
                reply_keys=reply.split(" + "), text="...", options=more.pop("options", []), segments=2
            )
        ]
        for message in store_replies(session, stored.message_id, records):
            message.created_at = at + timedelta(seconds=2)
        session.get_one(Message, stored.message_id).created_at = at
        return stored.person_id, stored.message_id


def of_days(since: date = DAY, until: date = DAY, **narrowed: Any) -> FigureFilter:
    return FigureFilter(since, until, narrowed.pop("scope", AccessScope()), **narrowed)


def seen(database: Database, wanted: FigureFilter, now: datetime = NOON + timedelta(days=5)) -> Figures:
    return figures(database, wanted, now)


def added_up(database: Database, until: datetime = NOON + timedelta(days=5)) -> int:
    days = 0
    while True:
        with database.session() as session:
            some = roll_up(session, until)
        days += some
        if not some:
            return days
