"""Content gaps: what people asked for and the service had nothing to answer with."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, or_, select, true
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session, aliased

from store.advisers import Scope
from store.inbox import in_scope
from store.tables import ConversationFacts, Message, Person

#: The replies that say so: no course, a subject that nobody knows, no agency.
EMPTY_HANDED = ("nothing-found", "topic-not-recognised", "agency-unknown")
#: So many answers at most are looked at, the latest.
_DEPTH = 20_000
_SHOWN = 3


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
    for reply, asked, city, variety, told in session.execute(_rows(scope, since)):
        key = next((each for each in EMPTY_HANDED if each in (reply or "").split(" + ")), None)
        if key is None:
            continue
        topic = _topic(told) if key != "agency-unknown" else None
        gap = found.setdefault(
            (key, topic, city, variety), Gap(key, topic, city, variety, last_at=asked.created_at)
        )
        gap.asked += 1
        gap.conversations.add(asked.conversation_id)
        if asked.text and asked.text not in gap.said and len(gap.said) < _SHOWN:
            gap.said.append(asked.text)
    return sorted(found.values(), key=lambda gap: (-len(gap.conversations), -gap.last_at.timestamp()))


def _rows(scope: Scope, since: datetime) -> Select[Any]:
    answer, asked, named = aliased(Message), aliased(Message), aliased(Message)
    told = (
        select(named.understanding)
        .where(
            named.conversation_id == asked.conversation_id,
            named.direction == "in",
            named.created_at <= asked.created_at,
            named.understanding["entities"].contains([{"entity": "topic"}]),
        )
        .order_by(named.created_at.desc())
        .limit(1)
        .lateral("told")
    )
    within = in_scope(scope)
    return (
        select(answer.reply, asked, Person.city, Person.variety, told.c.understanding)
        .join(asked, asked.id == answer.in_reply_to)
        .join(Person, Person.id == asked.person_id)
        .outerjoin(told, true())
        .where(
            answer.conversation_id.in_(_conversations()),
            answer.created_at >= since,
            or_(*(answer.reply.contains(key) for key in EMPTY_HANDED)),
            *([] if within is None else [within]),
        )
        .order_by(answer.created_at.desc())
        .limit(_DEPTH)
    )


def _conversations() -> Select[uuid.UUID]:
    """Conversations in which such a reply was given, by the index of what they are found by."""
    asked = " | ".join(f"'r:{key}'" for key in EMPTY_HANDED)
    matches: ColumnElement[bool] = ConversationFacts.facts.op("@@")(cast(asked, TSQUERY))
    return select(ConversationFacts.conversation_id).where(matches)


def _topic(understanding: Mapping[str, Any] | None) -> str | None:
    entities: Iterable[Mapping[str, Any]] = (understanding or {}).get("entities") or ()
    return next((str(each.get("value")) for each in entities if each.get("entity") == "topic"), None)
