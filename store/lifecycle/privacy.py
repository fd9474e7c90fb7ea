"""A person's data as theirs: a copy of it, and its end."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.conversations.messages import history
from store.conversations.tombstones import forget_messages
from store.core.clock import utc_now
from store.core.ids import new_reference
from store.engine import erasures as engine_erasures
from store.figures import rollup as figure_rolling
from store.people.addresses import addresses_of
from store.people.people import get, lock
from store.registrations import registrations
from store.tables import (
    Address,
    AdviserRequest,
    Alert,
    Base,
    Consent,
    Conversation,
    Erasure,
    Feedback,
    LinkCode,
    Message,
    Note,
    Person,
    Registration,
    Tagging,
)

_ABOUT_PERSONS: tuple[type[Any], ...] = (
    Address, Consent, Conversation, Message, Registration, Alert, AdviserRequest, Feedback, LinkCode, Note,
    Tagging,
)  # fmt: skip
#: Columns that say something to nobody but the program.
INTERNAL = {"provider_id_digest", "provider_id_encrypted", "raw_encrypted", "request_id", "code_digest"}
_ALL = 1_000_000


@dataclass(frozen=True)
class ErasureReceipt:
    """That a person's data are gone from the store: when, how many rows of each kind, and a reference to quote.

    `person_id` is what the engine knows them by: the caller has it forget them at once, and what it misses is noted.
    """

    reference: str
    person_id: uuid.UUID
    at: datetime
    erased: dict[str, int]


def erase_person(session: Session, person_id: uuid.UUID, now: datetime | None = None) -> ErasureReceipt:
    """Deletes everything about a person; places they held go to those who wait. Raises PersonUnknown.

    What stays is that an erasure took place, without who it was.
    """
    at = now or utc_now()
    lock(session, person_id)
    for registration in registrations.of_person(session, person_id, active_only=True):
        registrations.cancel(session, registration.id, registrations.PERSON, at)
    erased = {table.__tablename__: _count(session, table, person_id) for table in _ABOUT_PERSONS}
    session.flush()
    figure_rolling.roll_up_person(session, person_id, at)
    forget_messages(session, person_id, at)
    engine_erasures.note(session, person_id, at)
    session.execute(delete(Person).where(Person.id == person_id))
    session.expire_all()
    receipt = ErasureReceipt(_keep(session, erased, at), person_id, at, erased)
    return receipt


def export_person(session: Session, person_id: uuid.UUID) -> dict[str, Any]:
    """Everything kept about a person, as values that JSON can say. Raises PersonUnknown."""
    person = get(session, person_id)
    own = _mine(session)
    return {
        "exported_at": utc_now().isoformat(),
        "person": _plain(person),
        "addresses": [
            {"channel": address.channel, "provider_id": address.provider_id, "state": address.state}
            for address in addresses_of(session, person_id)
        ],
        "consents": own(select(Consent).where(Consent.person_id == person_id).order_by(Consent.at)),
        "messages": [_plain(message) for message in history(session, person_id, limit=_ALL)],
        "registrations": [
            {
                **_plain(registration),
                "changes": [_plain(change) for change in registrations.changes_of(session, registration.id)],
            }
            for registration in reversed(registrations.of_person(session, person_id))
        ],
        "alerts": own(select(Alert).where(Alert.person_id == person_id).order_by(Alert.created_at)),
        "adviser_requests": own(select(AdviserRequest).where(AdviserRequest.person_id == person_id)),
        "feedback": own(select(Feedback).where(Feedback.person_id == person_id)),
    }


def _mine(session: Session) -> Any:
    def rows(statement: Select[Any]) -> list[dict[str, Any]]:
        return [_plain(row) for row in session.scalars(statement)]

    return rows


def _plain(row: Base) -> dict[str, Any]:
    """The columns of a row that are filled, as JSON values."""
    columns = [column.key for column in row.__mapper__.column_attrs if column.key not in INTERNAL]
    values = {name: getattr(row, name) for name in columns}
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else str(value)
        if isinstance(value, uuid.UUID)
        else value
        for name, value in values.items()
        if value is not None
    }


def _count(session: Session, table: type[Any], person_id: uuid.UUID) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.person_id == person_id)) or 0


def _keep(session: Session, erased: dict[str, int], at: datetime) -> str:
    """The reference of the erasure, once kept."""
    while True:
        reference = new_reference()
        try:
            with session.begin_nested():
                session.add(Erasure(reference=reference, erased=dict(erased), at=at))
        except IntegrityError:
            continue
        return reference
