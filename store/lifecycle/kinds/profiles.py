"""What people told of themselves, so long after they last agreed to it, and that agreement."""

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.engine import erasures as engine_erasures
from store.figures import rollup as figure_rolling
from store.lifecycle.kinds.base import Kind, count_rows, some_ids
from store.people.profiles import TOLD
from store.tables import Consent, Person


def agreed_at() -> ScalarSelect[datetime]:
    """When a person last agreed that what they tell of themselves is kept."""
    agreed = (Consent.person_id == Person.id, Consent.purpose == "registration", Consent.given)
    return select(func.max(Consent.at)).where(*agreed).correlate(Person).scalar_subquery()


def _lapsed(before: datetime) -> ColumnElement[bool]:
    told = or_(*(column.is_not(None) for column in TOLD))
    agreed = agreed_at()
    # Nobody agreed to anything before they came; the rest need not be looked at.
    return and_(Person.created_at < before, told, or_(agreed.is_(None), agreed < before))


def _count(session: Session, before: datetime) -> int:
    return count_rows(session, Person, _lapsed(before))


def _drop(session: Session, before: datetime, most: int) -> int:
    found = session.scalars(some_ids(Person, _lapsed(before), most)).all()
    emptied = update(Person).where(Person.id.in_(found), _lapsed(before)).values(dict.fromkeys(TOLD))
    lapsed = session.scalars(
        emptied.returning(Person.id), execution_options={"synchronize_session": False}
    ).all()
    # What the engine knows of them from what they said goes as well, and their days in the figures lead to nobody.
    for person_id in lapsed:
        engine_erasures.note(session, person_id, utc_now())
    figure_rolling.detach_people(session, lapsed)
    # Without it they are asked anew; what they agreed to besides stands.
    session.execute(
        delete(Consent).where(
            Consent.person_id.in_(lapsed), Consent.purpose == "registration", Consent.at < before
        )
    )
    return len(found)


KIND = Kind("profiles", "keep_profiles_days", _count, _drop)
