"""Filters of the inbox as values, and the condition in SQL that each becomes.

A condition about messages holds for a conversation when one of its messages meets it.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise, product

from sqlalchemy import ColumnElement, and_, cast, exists, false, func, not_, or_, select, true, union_all
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import aliased

from store.core.clock import MOROCCO
from store.handover.requests import URGENT
from store.inbox.search_index import STEPS
from store.tables import (
    Adviser,
    AdviserRequest,
    Conversation,
    ConversationIndex,
    ConversationRead,
    Mention,
    Message,
    Note,
    Person,
    Registration,
    Tag,
    Tagging,
)

#: A text to the ways each of its words is looked for.
QueryWords = Callable[[str], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Words:
    """Words somewhere in the conversation; as a `phrase`, one after the other in one message."""

    text: str
    phrase: bool = False


@dataclass(frozen=True)
class Where:
    """A field that has one of these values: `state` `channel` `variety` `region` `city` `tag` `topic` `intent` `reply`
    `adviser` (a login) `is` (see FLAGS) `mentions` (`me`, or `new`: those the reader has not seen yet)."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Confidence:
    """A message understood with a confidence below (or from) a share, of these intents where any are named."""

    below: bool
    share: float
    intents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Day:
    """Conversations whose last message is from this Moroccan day on, or from before it."""

    day: date
    before: bool


@dataclass(frozen=True)
class All:
    """Every one of these."""

    items: "tuple[Filter, ...]"


@dataclass(frozen=True)
class Any:
    """One of these."""

    items: "tuple[Filter, ...]"


@dataclass(frozen=True)
class Not:
    """Not this."""

    item: "Filter"


Filter = Words | Where | Confidence | Day | All | Any | Not

FLAGS = (
    "mine", "unread", "unassigned", "fallback", "out-of-scope", "flagged", "media", "request", "registered",
    "urgent",
)  # fmt: skip
#: Conversations beside those that a list is of.
_Of = aliased(Conversation)
_FACT_FLAGS = ("fallback", "out-of-scope", "flagged", "media")
_FACT_FIELDS = {"intent": "i:", "topic": "t:", "reply": "r:"}


@dataclass(frozen=True)
class Reader:
    """For whom the filter is read: `mine` and `unread` mean theirs."""

    adviser_id: uuid.UUID
    query_words: QueryWords


#: A filter that parts into more than this is asked as a whole.
_MOST_WAYS = 8


def ways(wanted: Filter, reader: Reader) -> list[Filter]:
    """Filters of which one must be met for this one to be: an "or" between what the facts know and what they do not.

    No index answers such an "or" as a whole, but each way has its own.
    """
    found = list(_ways(wanted, reader))
    return found if len(found) <= _MOST_WAYS else [wanted]


def _ways(wanted: Filter, reader: Reader) -> list[Filter]:
    if _facts(wanted, reader) is not None:
        return [wanted]
    match wanted:
        case Any(items) if items:
            known = [item for item in items if _facts(item, reader) is not None]
            rest = [way for item in items if item not in known for way in _ways(item, reader)]
            return [*([Any(tuple(known))] if known else []), *rest]
        case All(items) if items:
            parted = [_ways(item, reader) for item in items]
            return [All(each) for each in product(*parted)]
    return [wanted]


def condition(wanted: Filter, reader: Reader) -> ColumnElement[bool]:
    """The filter as a condition on conversations joined with their persons."""
    facts = _facts(wanted, reader)
    if facts is not None:
        return _found(facts)
    match wanted:
        case All(items):
            return _combined(items, reader, "&", and_)
        case Any(items):
            return _combined(items, reader, "|", or_)
        case Not(Where("is", ("unread",))):
            return _read(reader.adviser_id)
        case Not(item):
            return not_(condition(item, reader))
        case Day(day, before):
            start = datetime.combine(day, time.min, MOROCCO)
            moment = Conversation.last_message_at
            return moment < start if before else moment >= start
        case Where("is", values):
            return or_(*(_flag(value, reader) for value in values))
        case Where("mentions", values):
            return _mentioned(reader.adviser_id, new_only="me" not in values)
        case Where(field, values):
            return _column(field, values)
    return true()


def _combined(items: Sequence[Filter], reader: Reader, sign: str, join: Callable[..., ColumnElement[bool]]) -> (
    ColumnElement[bool]
):  # fmt: skip
    """The items, with all that is asked of the facts asked at once."""
    if not items:
        return true()
    present = [(item, _facts(item, reader)) for item in items]
    if join is and_ and any(facts for _, facts in present):
        # What must not be there is looked for in the same place, instead of gathering all that have it.
        present = [(item, facts or _absent(item, reader)) for item, facts in present]
    together = f" {sign} ".join(f"({facts})" for _, facts in present if facts is not None)
    others = [condition(item, reader) for item, facts in present if facts is None]
    return join(*([_found(together)] if together else []), *others)


def _absent(wanted: Filter, reader: Reader) -> str | None:
    facts = _facts(wanted.item, reader) if isinstance(wanted, Not) else None
    return None if facts is None else f"!({facts})"


def _facts(wanted: Filter, reader: Reader) -> str | None:
    """The filter as a query of the facts alone; None where it asks for more than they know."""
    match wanted:
        case Words(text, phrase):
            return _words(reader.query_words(text), phrase)
        case Where("is", values) if all(value in _FACT_FLAGS for value in values):
            return " | ".join(_lexeme(f"is:{value}") for value in values)
        case Where(field, values) if field in _FACT_FIELDS:
            return " | ".join(_lexeme(f"{_FACT_FIELDS[field]}{value}") for value in values)
        case Confidence(below, share, intents):
            edge = round(share * STEPS)
            steps = range(0, edge) if below else range(edge, STEPS)
            prefixes = [f"i:{intent}/" for intent in intents] or ["c:"]
            named = [_lexeme(f"{prefix}{step:02}") for prefix in prefixes for step in steps]
            return " | ".join(named) or _lexeme("none")
    return None


def _words(words: Sequence[Sequence[str]], phrase: bool) -> str | None:
    if phrase and len(words) > 1:
        pairs = [f"{first[0]} {second[0]}" for first, second in pairwise(words)]
        return " & ".join(map(_lexeme, pairs))
    each = ["(" + " | ".join(_lexeme(form) for form in forms) + ")" for forms in words if forms]
    return " & ".join(each) or _lexeme("none")


def _lexeme(value: str) -> str:
    """A lexeme as the text form of a query takes it; a final `*` stands for any ending."""
    starred = value.endswith("*") and len(value) > 1
    bare = value.rstrip("*") if starred else value
    return "'" + bare.replace("\\", "\\\\").replace("'", "''") + "'" + (":*" if starred else "")


def _found(query: str) -> ColumnElement[bool]:
    wanted = cast(query, TSQUERY)
    facts = select(ConversationIndex.conversation_id).where(ConversationIndex.facts.op("@@")(wanted))
    return Conversation.id.in_(facts)


def _flag(value: str, reader: Reader) -> ColumnElement[bool]:
    match value:
        case "mine":
            return Conversation.adviser_id == reader.adviser_id
        case "unassigned":
            return Conversation.adviser_id.is_(None)
        case "unread":
            return unread(reader.adviser_id)
        case "request":
            return exists().where(
                AdviserRequest.person_id == Conversation.person_id, AdviserRequest.state != "closed"
            )
        case "urgent":
            return exists().where(
                AdviserRequest.person_id == Conversation.person_id,
                AdviserRequest.reason == URGENT,
                AdviserRequest.state != "closed",
            )
        case "registered":
            return exists().where(Registration.person_id == Conversation.person_id)
    return _found(_lexeme(f"is:{value}")) if value in _FACT_FLAGS else false()


def _mentioned(adviser_id: uuid.UUID, *, new_only: bool) -> ColumnElement[bool]:
    """A note beside the conversation calls the adviser."""
    called = (
        select(Note.conversation_id)
        .join(Mention, Mention.note_id == Note.id)
        .where(Mention.adviser_id == adviser_id, Note.conversation_id.is_not(None))
    )
    return Conversation.id.in_(called.where(Mention.seen_at.is_(None)) if new_only else called)


def unread(adviser_id: uuid.UUID) -> ColumnElement[bool]:
    """Whether something was said since the adviser last looked."""
    return ~_read(adviser_id)


def _read(adviser_id: uuid.UUID) -> ColumnElement[bool]:
    return exists().where(
        ConversationRead.adviser_id == adviser_id,
        ConversationRead.conversation_id == Conversation.id,
        ConversationRead.read_at >= Conversation.last_message_at,
    )


def _column(field: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    match field:
        case "state":
            return Conversation.state.in_(values)
        case "channel":
            return Conversation.channel.in_(values)
        case "variety":
            return Person.variety.in_(values)
        case "city":
            return Person.city.in_(values)
        case "region":
            return func.lower(Person.region).in_([value.lower() for value in values])
        case "adviser":
            logins = select(Adviser.id).where(Adviser.login.in_([value.casefold() for value in values]))
            return Conversation.adviser_id.in_(logins)
        case "tag":
            return _tagged(values)
    return false()


def _tagged(values: tuple[str, ...]) -> ColumnElement[bool]:
    """Tagged itself, or by one of its messages, or by its person."""
    named = select(Tag.id).where(Tag.name.in_(values))
    persons = select(Tagging.person_id).where(Tagging.tag_id.in_(named), Tagging.target == "person")
    own = select(Tagging.conversation_id).where(Tagging.tag_id.in_(named), Tagging.target == "conversation")
    by_message = (
        select(Message.conversation_id)
        .join(Tagging, Tagging.message_id == Message.id)
        .where(Tagging.tag_id.in_(named))
    )
    by_person = select(_Of.id).where(_Of.person_id.in_(persons))
    return Conversation.id.in_(union_all(own, by_message, by_person))
