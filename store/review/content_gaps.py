"""Content gaps: what people asked for and the service had nothing to answer with."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.orm import Session, aliased

from store.advisers.access_scope import AccessScope
from store.tables import Message, Person
from store.tables.conversations import UNANSWERED_PATTERN, UNANSWERED_REPLIES

#: So many answers at most are looked at, the latest.
DEPTH = 2_500
_SHOWN = 3
_TOPIC = '$.entities[*] ? (@.entity == "topic").value'
_WHOLE = text("'{}'")


@dataclass
class Gap:
    """What was asked in vain: the reply it got, the topic (None: none that is known), the person's city and variety.
    `examples` has the latest ways it was put.
    """

    reply: str
    topic: str | None
    city: str | None
    variety: str | None
    last_at: datetime
    times: int = 0
    conversations: set[uuid.UUID] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)


def gaps(session: Session, scope: AccessScope, since: datetime) -> list[Gap]:
    """What people of a scope asked in vain since a time; what most conversations lack first.

    The topic is the last one named in the conversation up to the message that nothing was found for.
    """
    found: dict[tuple[str | None, ...], Gap] = {}
    for keys, question, conversation_id, at, city, variety, named in session.execute(_rows(scope, since)):
        key = next((each for each in UNANSWERED_REPLIES if each in (keys or ())), None)
        if key is None:
            continue
        topic = named if key != "agency-unknown" else None
        gap = found.setdefault((key, topic, city, variety), Gap(key, topic, city, variety, last_at=at))
        gap.times += 1
        gap.conversations.add(conversation_id)
        if question and question not in gap.examples and len(gap.examples) < _SHOWN:
            gap.examples.append(question)
    return sorted(found.values(), key=lambda gap: (-len(gap.conversations), -gap.last_at.timestamp()))


def _rows(scope: AccessScope, since: datetime) -> Select[Any]:
    """The latest answers of this kind, each with what was asked and the topic named last before."""
    answer, question, named = aliased(Message), aliased(Message), aliased(Message)
    within = scope.condition()
    latest = (
        select(
            answer.reply_keys,
            question.text,
            question.conversation_id,
            question.created_at,
            Person.city,
            Person.variety,
        )
        .join(question, question.id == answer.in_reply_to)
        .join(Person, Person.id == question.person_id)
        .where(
            answer.created_at >= since,
            _in_vain(answer),
            *([] if within is None else [within]),
        )
        .order_by(answer.created_at.desc())
        .limit(DEPTH)
        .subquery("latest")
    )
    topic = func.jsonb_path_query_first(named.understanding, cast(_TOPIC, JSONPATH)).op("#>>")(_WHOLE)
    told = (
        select(topic)
        .where(
            named.conversation_id == latest.c.conversation_id,
            named.direction == "in",
            named.created_at <= latest.c.created_at,
            named.understanding["entities"].contains([{"entity": "topic"}]),
        )
        .order_by(named.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(*latest.c, told).order_by(latest.c.created_at.desc())


def _in_vain(answer: type[Message]) -> ColumnElement[bool]:
    """As the index says it, word for word: it would not be taken otherwise."""
    return answer.reply.op("~", is_comparison=True)(literal_column(f"'{UNANSWERED_PATTERN}'"))
