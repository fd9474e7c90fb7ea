"""Conversations by SMS that cost more than they should."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from store.core.regions import CITIES_OF_REGION
from store.figures.filters import FigureFilter
from store.figures.rollup import start_of
from store.tables import Conversation, Person


@dataclass(frozen=True)
class ExpensiveConversation:
    """A conversation, and the segments sent in it so far."""

    conversation_id: uuid.UUID
    segments: int
    last_message_at: datetime


def over_budget(
    session: Session, figure_filter: FigureFilter, budget: int, limit: int = 20
) -> tuple[int, list[ExpensiveConversation]]:
    """How many conversations that went on in the period took more segments than the budget, and the costliest."""
    if budget <= 0 or (figure_filter.channel and figure_filter.channel != "sms"):
        return 0, []
    conditions: list[ColumnElement[bool]] = [
        Conversation.channel == "sms",
        Conversation.segments_sent > budget,
        Conversation.last_message_at >= start_of(figure_filter.since),
    ]
    for column, value in ((Person.variety, figure_filter.variety), (Person.city, figure_filter.city)):
        if value:
            conditions.append(column == value)
    if figure_filter.region:
        conditions.append(Person.city.in_(CITIES_OF_REGION[figure_filter.region]))
    within = figure_filter.scope.condition()
    if within is not None:
        conditions.append(within)
    found = (
        select(Conversation.id, Conversation.segments_sent, Conversation.last_message_at)
        .join(Person, Person.id == Conversation.person_id)
        .where(*conditions)
    )
    many = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    worst = found.order_by(Conversation.segments_sent.desc(), Conversation.id).limit(limit)
    return many, [ExpensiveConversation(row[0], row[1], row[2]) for row in session.execute(worst)]
