"""Where people are reached: a channel and the provider's id there, and whether one may write to it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session

from store.core.clock import utc_now
from store.core.encryption import cipher_of
from store.tables import Address

AddressState = Literal["active", "opted_out", "blocked", "unreachable"]


@dataclass(frozen=True)
class AddressView:
    """An address in clear: for sending, never for a log."""

    id: uuid.UUID
    person_id: uuid.UUID
    channel: str
    provider_id: str
    state: str
    last_inbound_at: datetime | None
    provider: str | None = None
    state_reason: str | None = None


def addresses_of(session: Session, person_id: uuid.UUID) -> tuple[AddressView, ...]:
    """Where the person is reached, in clear, oldest first."""
    rows = session.scalars(select(Address).where(Address.person_id == person_id).order_by(Address.id))
    return tuple(view_of(session, row) for row in rows)


def view_of(session: Session, row: Address) -> AddressView:
    """An address in clear. Raises CipherError where it was stored with another secret."""
    return AddressView(
        id=row.id,
        person_id=row.person_id,
        channel=row.channel,
        provider_id=cipher_of(session).decrypt(row.provider_id_encrypted),
        state=row.state,
        last_inbound_at=row.last_inbound_at,
        provider=row.provider,
        state_reason=row.state_reason,
    )


def last_written_from(person_id: Any, channel: Any) -> Select[uuid.UUID]:
    """In a statement: the id of the address where a person is reached on a channel, of several the one they last wrote
    from.
    """
    return (
        select(Address.id)
        .where(Address.person_id == person_id, Address.channel == channel)
        .order_by(Address.last_inbound_at.desc().nulls_last(), Address.id)
        .limit(1)
    )


_LAST_WRITTEN_FROM = select(Address).where(
    Address.id
    == last_written_from(bindparam("person_id"), bindparam("channel")).correlate(None).scalar_subquery()
)


def address_on(session: Session, person_id: uuid.UUID, channel: str) -> AddressView | None:
    """Where the person is reached on a channel: of several, the one they last wrote from."""
    found = session.scalar(_LAST_WRITTEN_FROM, {"person_id": person_id, "channel": channel})
    return None if found is None else view_of(session, found)


def set_address_state(
    session: Session, address_id: uuid.UUID, state: AddressState, reason: str | None = None
) -> None:
    """Marks an address: opted out, blocked, unreachable, or active again, and why (a code). Raises ValueError."""
    if state not in get_args(AddressState):
        raise ValueError(f"state {state!r} is none of {', '.join(get_args(AddressState))}")
    session.execute(
        update(Address)
        .where(Address.id == address_id, Address.state != state)
        .values(state=state, state_at=utc_now(), state_reason=reason)
    )


def refuse_address(
    session: Session, person_id: uuid.UUID, channel: str, state: AddressState, reason: str
) -> None:
    """Marks the address a person is written to on a channel, after its provider refused it."""
    address = address_on(session, person_id, channel)
    # A person who opted out stays so, whatever else becomes of the address.
    if address is not None and address.state != "opted_out":
        set_address_state(session, address.id, state, reason)


def set_state_of(session: Session, channel: str, provider_id: str, state: AddressState, reason: str) -> bool:
    """Marks an address by the provider's id of it; False where nobody has it, or they opted out."""
    digest = cipher_of(session).digest(channel, provider_id)
    found = session.execute(
        select(Address.id, Address.state).where(
            Address.channel == channel, Address.provider_id_digest == digest
        )
    ).first()
    # Who opted out with a word comes back with a word.
    if found is None or found.state == "opted_out":
        return False
    set_address_state(session, found.id, state, reason)
    return True
