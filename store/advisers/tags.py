"""Tags: one set of words of the service, on people, conversations and messages."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Literal

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.ids import new_id
from store.people.people import clean_name
from store.tables import Conversation, Message, Tag, Tagging

Target = Literal["person", "conversation", "message"]

#: The longest name of a tag, in characters.
LONGEST = 40


class TargetUnknown(LookupError):
    """There is no such person, conversation or message."""


def written_tag(name: str) -> str | None:
    """The tag in its one written form: small letters, hyphens for spaces; None where nothing is left."""
    cleaned = (clean_name(name) or "").casefold().replace('"', "").replace(",", " ")
    return "-".join(cleaned.split())[:LONGEST].strip("-") or None


def put(
    session: Session, target: Target, target_id: uuid.UUID, name: str, adviser_id: uuid.UUID
) -> str | None:
    """Puts a tag on something; twice is once. Returns the tag as written, None for no name. Raises TargetUnknown."""
    written = written_tag(name)
    if written is None:
        return None
    session.execute(insert(Tag).values(id=new_id(), name=written).on_conflict_do_nothing())
    tag_id = session.scalars(select(Tag.id).where(Tag.name == written)).one()
    session.execute(
        insert(Tagging)
        .values(
            id=new_id(),
            tag_id=tag_id,
            target=target,
            person_id=_person_of(session, target, target_id),
            conversation_id=target_id if target == "conversation" else None,
            message_id=target_id if target == "message" else None,
            adviser_id=adviser_id,
        )
        .on_conflict_do_nothing()
    )
    return written


def take_off(session: Session, target: Target, target_id: uuid.UUID, name: str) -> None:
    """Takes a tag off something; nothing happens where it has none."""
    tag = select(Tag.id).where(Tag.name == name).scalar_subquery()
    session.execute(delete(Tagging).where(Tagging.tag_id == tag, *_on(target, target_id)))


def of_target(session: Session, target: Target, target_id: uuid.UUID) -> list[str]:
    """The tags of something, by name."""
    wanted = select(Tag.name).join(Tagging, Tagging.tag_id == Tag.id).where(*_on(target, target_id))
    return list(session.scalars(wanted.order_by(Tag.name)))


def of_messages(session: Session, message_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The tags of many messages at once."""
    rows = session.execute(
        select(Tagging.message_id, Tag.name)
        .join(Tag, Tag.id == Tagging.tag_id)
        .where(Tagging.message_id.in_(message_ids))
        .order_by(Tag.name)
    )
    return _gathered((row[0], row[1]) for row in rows if row[0] is not None)


def of_conversations(session: Session, conversation_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The tags of many conversations at once, without those of their people and messages."""
    rows = session.execute(
        select(Tagging.conversation_id, Tag.name)
        .join(Tag, Tag.id == Tagging.tag_id)
        .where(Tagging.conversation_id.in_(conversation_ids))
        .order_by(Tag.name)
    )
    return _gathered((row[0], row[1]) for row in rows if row[0] is not None)


def known(session: Session, limit: int = 200) -> list[str]:
    """The tags in use, the most used first."""
    counted = (
        select(Tag.name)
        .join(Tagging, Tagging.tag_id == Tag.id)
        .group_by(Tag.name)
        .order_by(func.count().desc(), Tag.name)
    )
    return list(session.scalars(counted.limit(limit)))


def _person_of(session: Session, target: Target, target_id: uuid.UUID) -> uuid.UUID:
    if target == "person":
        return target_id
    table = Conversation if target == "conversation" else Message
    person_id = session.scalar(select(table.person_id).where(table.id == target_id))
    if person_id is None:
        raise TargetUnknown(str(target_id))
    return person_id


def _on(target: Target, target_id: uuid.UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    column = {
        "person": Tagging.person_id,
        "conversation": Tagging.conversation_id,
        "message": Tagging.message_id,
    }
    return (Tagging.target == target, column[target] == target_id)


def _gathered(pairs: Iterable[tuple[uuid.UUID, str]]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = {}
    for target_id, name in pairs:
        found.setdefault(target_id, []).append(name)
    return found
