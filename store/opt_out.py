"""Opting out: no more messages to an address, and back again."""

import uuid

from sqlalchemy import update
from sqlalchemy.orm import Session

from store import alerts
from store.clock import utc_now
from store.tables import Address


def opt_out(session: Session, person_id: uuid.UUID, channel: str, reason: str) -> bool:
    """Marks every address of a person on a channel as opted out, and ends their alerts. `reason` is a code.

    False, and nothing changed, where all of them were opted out before.
    """
    changed = session.scalars(
        update(Address)
        .where(Address.person_id == person_id, Address.channel == channel, Address.state != "opted_out")
        .values(state="opted_out", state_at=utc_now(), state_reason=reason)
        .returning(Address.id)
    ).all()
    if not changed:
        return False
    alerts.unsubscribe_all(session, person_id)
    return True


def opt_in(session: Session, person_id: uuid.UUID, channel: str, reason: str) -> bool:
    """Makes the addresses that a person opted out on a channel active again; False where none was. Ended alerts stay
    ended: they are asked for anew.
    """
    changed = session.scalars(
        update(Address)
        .where(Address.person_id == person_id, Address.channel == channel, Address.state == "opted_out")
        .values(state="active", state_at=utc_now(), state_reason=reason)
        .returning(Address.id)
    ).all()
    return bool(changed)
