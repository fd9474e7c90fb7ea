"""Opting out: no more messages to an address, and back again."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.encryption import cipher_of
from store.outreach import alerts
from store.tables import Address

#: How the reason begins where somebody stopped our messages in their channel's own settings, not with a word.
PREFERENCES = "preferences:"
_WISHES = (PREFERENCES, "word:", "provider:")


def opt_out(
    session: Session, person_id: uuid.UUID, channel: str, reason: str, at: datetime | None = None
) -> bool:
    """Marks every address of a person on a channel as opted out, and ends their alerts. `reason` is a code.

    False where all of them were opted out before: then nothing changes but that a word outweighs a setting.
    """
    _outweigh(session, person_id, channel, reason)
    changed = session.scalars(
        update(Address)
        .where(Address.person_id == person_id, Address.channel == channel, Address.state != "opted_out")
        .values(state="opted_out", state_at=at or utc_now(), state_reason=reason, told_return_at=None)
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


def prefer_none(session: Session, channel: str, provider_ids: Sequence[str], at: datetime) -> bool:
    """Opts out whoever has one of these addresses, as they set it with the provider at this time. False where nobody
    does, they were opted out already, or they came back since: providers bring what is old again.
    """
    reason = f"{PREFERENCES}{channel}"
    stopped = [
        opt_out(session, person_id, channel, reason, at)
        for person_id in _persons(session, channel, provider_ids)
        if not _back_since(session, person_id, channel, at)
    ]
    return any(stopped)


def prefer_again(session: Session, channel: str, provider_ids: Sequence[str], at: datetime) -> bool:
    """Takes back what `prefer_none` did before this time, and nothing else: who stopped with a word comes back with a
    word.
    """
    reason = f"{PREFERENCES}{channel}"
    changed = session.scalars(
        update(Address)
        .where(
            Address.person_id.in_(_persons(session, channel, provider_ids)),
            Address.channel == channel,
            Address.state == "opted_out",
            Address.state_reason == reason,
            Address.state_at <= at,
        )
        .values(state="active", state_at=at, state_reason=reason)
        .returning(Address.id)
    ).all()
    return bool(changed)


def _outweigh(session: Session, person_id: uuid.UUID, channel: str, reason: str) -> None:
    if reason.startswith(PREFERENCES):
        return
    session.execute(
        update(Address)
        .where(
            Address.person_id == person_id,
            Address.channel == channel,
            Address.state == "opted_out",
            Address.state_reason.startswith(PREFERENCES),
        )
        .values(state_reason=reason)
    )


def _persons(session: Session, channel: str, provider_ids: Sequence[str]) -> Sequence[uuid.UUID]:
    digests = [cipher_of(session).digest(channel, each) for each in provider_ids]
    found = select(Address.person_id).where(
        Address.channel == channel, Address.provider_id_digest.in_(digests)
    )
    return session.scalars(found.distinct()).all()


def _back_since(session: Session, person_id: uuid.UUID, channel: str, at: datetime) -> bool:
    since = select(Address.id).where(
        Address.person_id == person_id,
        Address.channel == channel,
        Address.state == "active",
        or_(*(Address.state_reason.startswith(wish) for wish in _WISHES)),
        Address.state_at > at,
    )
    return session.scalar(since.limit(1)) is not None


def tell_return_once(session: Session, address_id: uuid.UUID) -> bool:
    """Notes that who opted out was told how to come back; False where they were told before, since they opted out."""
    told = session.scalars(
        update(Address)
        .where(Address.id == address_id, Address.told_return_at.is_(None))
        .values(told_return_at=utc_now())
        .returning(Address.id)
    ).all()
    return bool(told)
