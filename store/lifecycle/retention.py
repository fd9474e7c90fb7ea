"""What is kept no longer: each kind of data (`kinds/`) has its time, and goes then without anybody asking.

Figures are kept: rows of those who lapsed or are gone lead to nobody (`store/figures/rollup.py`). Everything is done
in batches, each in a transaction of its caller's, so that nobody waits long for it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.core.advisory_locks import AdvisoryLock, try_lock
from store.core.clock import moroccan_day
from store.figures import rollup as figure_rolling
from store.lifecycle.kinds import kinds
from store.lifecycle.kinds.profiles import agreed_at
from store.people import people
from store.people.profiles import TOLD
from store.tables import Address, Person, Registration

KINDS = {kind.name: kind for kind in kinds()}
#: How long each kind is kept, by its name.
Periods = Mapping[str, timedelta]
#: Until when each kind had its time.
Limits = Mapping[str, datetime]


def limits(session: Session, periods: Periods, now: datetime) -> Limits:
    """Before which instants things are kept no longer. What the figures have not yet added up stays until they have."""
    rolled = figure_rolling.rolled_until(session)
    before = {name: now - periods[name] for name in KINDS}
    return {name: min(at, rolled) if KINDS[name].after_figures else at for name, at in before.items()}


def expired(session: Session, until: Limits) -> dict[str, int]:
    """How many rows of each kind had their time; nothing is changed."""
    return {name: kind.count(session, until[name]) for name, kind in KINDS.items()}


def drop(session: Session, kind: str, until: Limits, most: int = 500) -> int:
    """Drops some rows of a kind (but people) that had their time, about so many; how many, 0 when none is left, or
    another process is at it.
    """
    drop_some = KINDS[kind].drop
    if drop_some is None or not try_lock(session, AdvisoryLock.RETENTION):
        return 0
    return drop_some(session, until[kind], most)


@dataclass(frozen=True)
class KeptUntil:
    """The days on which a person is erased if nothing more is heard of them, and on which what they told of themselves
    goes if they do not agree to it again; None where nothing is kept of that.
    """

    everything: date
    profile: date | None


def kept_until(session: Session, person_id: uuid.UUID, periods: Periods) -> KeptUntil:
    """Until when a person is kept. Raises PersonUnknown."""
    person = people.get(session, person_id)
    heard = session.execute(
        select(
            select(func.max(Address.last_inbound_at)).where(Address.person_id == person_id).scalar_subquery(),
            select(func.max(Registration.created_at))
            .where(Registration.person_id == person_id)
            .scalar_subquery(),
        )
    ).one()
    last = max(instant for instant in (person.created_at, *heard) if instant is not None)
    agreed = session.scalar(select(agreed_at()).where(Person.id == person_id))
    told = any(getattr(person, column.key) is not None for column in TOLD)
    return KeptUntil(
        everything=moroccan_day(last + periods["people"]),
        profile=moroccan_day(agreed + periods["profiles"]) if told and agreed is not None else None,
    )
