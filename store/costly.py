"""Conversations by SMS that cost more than they should."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from store.figure_filter import Asked
from store.figure_rolling import start_of
from store.inbox import in_scope
from store.regions import CITIES_OF_REGION
from store.tables import Conversation, Person


@dataclass(frozen=True)
class Costly:
    """A conversation, and the segments sent in it so far."""

    conversation_id: uuid.UUID
    segments: int
    last_message_at: datetime


def over_budget(session: Session, asked: Asked, budget: int, limit: int = 20) -> tuple[int, list[Costly]]:
    """How many conversations that went on in the period took more segments than the budget, and the costliest."""
    if budget <= 0 or (asked.channel and asked.channel != "sms"):
        return 0, []
    conditions: list[ColumnElement[bool]] = [
        Conversation.channel == "sms",
        Conversation.segments_sent > budget,
        Conversation.last_message_at >= start_of(asked.since),
    ]
    for column, value in ((Person.variety, asked.variety), (Person.city, asked.city)):
        if value:
            conditions.append(column == value)
    if asked.region:
        conditions.append(Person.city.in_(CITIES_OF_REGION[asked.region]))
    within = in_scope(asked.scope)
    if within is not None:
        conditions.append(within)
    found = (
        select(Conversation.id, Conversation.segments_sent, Conversation.last_message_at)
        .join(Person, Person.id == Conversation.person_id)
        .where(*conditions)
    )
    many = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    worst = found.order_by(Conversation.segments_sent.desc(), Conversation.id).limit(limit)
    return many, [Costly(row[0], row[1], row[2]) for row in session.execute(worst)]
