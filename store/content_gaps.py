"""Content gaps: what people asked for and the service had nothing to answer with."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.orm import Session, aliased

from store.advisers import Scope
from store.inbox import in_scope
from store.tables import Message, Person
from store.tables.conversations import EMPTY_HANDED, EMPTY_HANDED_PATTERN

#: So many answers at most are looked at, the latest.
DEPTH = 2_500
_SHOWN = 3
_TOPIC = '$.entities[*] ? (@.entity == "topic").value'
_WHOLE = text("'{}'")


@dataclass
class Gap:
    """What was asked in vain: the reply it got, the topic (None: none that is known), the person's city and variety.
    `said` has the latest ways it was asked.
    """

    reply: str
    topic: str | None
    city: str | None
    variety: str | None
    last_at: datetime
    asked: int = 0
    conversations: set[uuid.UUID] = field(default_factory=set)
    said: list[str] = field(default_factory=list)


def gaps(session: Session, scope: Scope, since: datetime) -> list[Gap]:
    """What people of a scope asked in vain since a time; what most conversations lack first.

    The topic is the last one named in the conversation up to the message that nothing was found for.
    """
    found: dict[tuple[str | None, ...], Gap] = {}
    for reply, said, conversation_id, at, city, variety, named in session.execute(_rows(scope, since)):
        key = next((each for each in EMPTY_HANDED if each in (reply or "").split(" + ")), None)
        if key is None:
            continue
        topic = named if key != "agency-unknown" else None
        gap = found.setdefault((key, topic, city, variety), Gap(key, topic, city, variety, last_at=at))
        gap.asked += 1
        gap.conversations.add(conversation_id)
        if said and said not in gap.said and len(gap.said) < _SHOWN:
            gap.said.append(said)
    return sorted(found.values(), key=lambda gap: (-len(gap.conversations), -gap.last_at.timestamp()))


def _rows(scope: Scope, since: datetime) -> Select[Any]:
    """The latest answers of this kind, each with what was asked and the topic named last before."""
    answer, asked, named = aliased(Message), aliased(Message), aliased(Message)
    within = in_scope(scope)
    latest = (
        select(answer.reply, asked.text, asked.conversation_id, asked.created_at, Person.city, Person.variety)
        .join(asked, asked.id == answer.in_reply_to)
        .join(Person, Person.id == asked.person_id)
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
    return answer.reply.op("~", is_comparison=True)(literal_column(f"'{EMPTY_HANDED_PATTERN}'"))
