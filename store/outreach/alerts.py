"""Alerts: who wants to be told of new courses, on which topics, in which city."""

import uuid
from collections.abc import Iterable

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.ids import new_id
from store.core.vocabulary import CITIES, TOPICS
from store.people.consents import require_consent
from store.tables import Alert


def subscribe(
    session: Session, person_id: uuid.UUID, topics: Iterable[str], city: str | None = None
) -> Alert:
    """Asks to be told of new courses; no topic means any. Asked twice for the same, it is one alert.

    Raises ConsentMissing where the person did not agree to alerts, ValueError for a value the contract does not have.
    """
    wanted = sorted(set(topics))
    unknown = [topic for topic in wanted if topic not in TOPICS]
    if unknown or (city is not None and city not in CITIES):
        raise ValueError(f"not in the contract: {', '.join(unknown) or city}")
    require_consent(session, person_id, "alerts")
    session.execute(
        insert(Alert)
        .values(id=new_id(), person_id=person_id, topics=wanted, city=city)
        .on_conflict_do_nothing(
            index_elements=[Alert.person_id, Alert.topics, func.coalesce(Alert.city, "")],
            index_where=Alert.ended_at.is_(None),
        )
    )
    same = Alert.city.is_(None) if city is None else Alert.city == city
    return session.scalars(
        select(Alert).where(
            Alert.person_id == person_id, Alert.topics == wanted, same, Alert.ended_at.is_(None)
        )
    ).one()


def unsubscribe_all(session: Session, person_id: uuid.UUID) -> int:
    """Ends every alert of a person; returns how many there were."""
    ended = session.scalars(
        update(Alert)
        .where(Alert.person_id == person_id, Alert.ended_at.is_(None))
        .values(ended_at=utc_now())
        .returning(Alert.id)
    )
    return len(ended.all())


def of_person(session: Session, person_id: uuid.UUID) -> list[Alert]:
    """The alerts of a person that are not ended, oldest first."""
    wanted = select(Alert).where(Alert.person_id == person_id, Alert.ended_at.is_(None))
    return list(session.scalars(wanted.order_by(Alert.created_at, Alert.id)))
