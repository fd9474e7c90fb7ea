"""People: who writes, what they agreed to, what they told of themselves."""

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.clock import utc_now
from store.encryption import cipher_of
from store.ids import new_id
from store.tables import Address, Consent, Person
from store.vocabulary import CITIES, EDUCATION, EMPLOYMENT_STATUS, VARIETIES

Purpose = Literal["registration", "alerts", "adviser"]
VarietySource = Literal["detected", "chosen"]
AddressState = Literal["active", "opted_out", "blocked", "unreachable"]

#: The longest name kept, in characters; profile names are written by anybody.
NAME_LIMIT = 80


class PersonUnknown(LookupError):
    """There is nobody of this id, or they had their data erased."""


class ConsentMissing(Exception):
    """Something personal was to be stored for a purpose the person did not agree to."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        super().__init__(f"no consent for: {purpose}")


@dataclass(frozen=True)
class Profile:
    """What a person told of themselves, None where they did not; the contract's values, `name` and `region` free."""

    name: str | None = None
    city: str | None = None
    education: str | None = None
    employment_status: str | None = None
    region: str | None = None


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


_ACCEPTED = {"city": CITIES, "education": EDUCATION, "employment_status": EMPLOYMENT_STATUS}


def find_or_create(
    session: Session,
    channel: str,
    provider_id: str,
    profile_name: str | None = None,
    aliases: Sequence[str] = (),
) -> Person:
    """The person who writes from this address, made the first time. Two at once make one person.

    `aliases` are other ids of theirs on the channel: by any of them they are known, and all are kept.
    """
    digest = cipher_of(session).digest(channel, provider_id)
    found = _person_at(session, channel, digest) or _adopted(session, channel, (provider_id, *aliases))
    if found is None:
        try:
            with session.begin_nested():
                found = _create(session, channel, provider_id, digest)
        except IntegrityError:
            # Somebody else stored the same address at the same moment: theirs is there now.
            found = _person_at(session, channel, digest)
            if found is None:
                raise
    if aliases:
        _adopted(session, channel, (provider_id, *aliases), found)
    name = clean_name(profile_name)
    if name is not None and name != found.profile_name:
        found.profile_name = name
    return found


def _person_at(session: Session, channel: str, digest: str) -> Person | None:
    return session.scalar(
        select(Person)
        .join(Address, Address.person_id == Person.id)
        .where(Address.channel == channel, Address.provider_id_digest == digest)
    )


def _adopted(
    session: Session, channel: str, provider_ids: Sequence[str], person: Person | None = None
) -> Person | None:
    """Whoever has one of these ids; the ids that nobody has become theirs too."""
    cipher = cipher_of(session)
    digests = {cipher.digest(channel, each): each for each in dict.fromkeys(provider_ids)}
    known = session.scalars(
        select(Address)
        .where(Address.channel == channel, Address.provider_id_digest.in_(digests))
        .order_by(Address.id)
    ).all()
    if person is None and known:
        person = session.get(Person, known[0].person_id)
    if person is None:
        return None
    taken = {address.provider_id_digest for address in known}
    for digest, provider_id in digests.items():
        if digest not in taken:
            session.execute(
                insert(Address)
                .values(
                    id=new_id(),
                    person_id=person.id,
                    channel=channel,
                    provider_id_digest=digest,
                    provider_id_encrypted=cipher.encrypt(provider_id),
                    # Who opted out did so under all their ids.
                    state=known[0].state if known else "active",
                )
                .on_conflict_do_nothing(index_elements=["channel", "provider_id_digest"])
            )
    return person


def _create(session: Session, channel: str, provider_id: str, digest: str) -> Person:
    person = Person()
    session.add(person)
    session.flush()
    session.add(
        Address(
            person_id=person.id,
            channel=channel,
            provider_id_digest=digest,
            provider_id_encrypted=cipher_of(session).encrypt(provider_id),
        )
    )
    session.flush()
    return person


def get(session: Session, person_id: uuid.UUID) -> Person:
    """The person of this id. Raises PersonUnknown where there is none."""
    person = session.get(Person, person_id)
    if person is None:
        raise PersonUnknown(str(person_id))
    return person


def lock(session: Session, person_id: uuid.UUID) -> Person:
    """The person, held until this transaction ends: whoever else asks for the lock waits. Raises PersonUnknown."""
    person = session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    if person is None:
        raise PersonUnknown(str(person_id))
    return person


def set_variety(session: Session, person_id: uuid.UUID, variety: str, source: VarietySource) -> bool:
    """Sets the variety to reply in; False, and nothing changed, where one detected would replace one chosen.

    Raises ValueError for another variety or source than the contract's, PersonUnknown.
    """
    if variety not in VARIETIES:
        raise ValueError(f"variety {variety!r} is none of {', '.join(VARIETIES)}")
    if source not in get_args(VarietySource):
        raise ValueError(f"source {source!r} is none of {', '.join(get_args(VarietySource))}")
    person = get(session, person_id)
    if source == "detected" and person.variety_source == "chosen":
        return False
    person.variety = variety
    person.variety_source = source
    return True


def profile(session: Session, person_id: uuid.UUID) -> Profile:
    """What the person told of themselves. Raises PersonUnknown."""
    person = get(session, person_id)
    return Profile(**{field.name: getattr(person, field.name) for field in fields(Profile)})


def update_profile(session: Session, person_id: uuid.UUID, **known: str | None) -> Profile:
    """Keeps what the person told of themselves; None forgets it. Returns the whole profile.

    Raises ConsentMissing where they agreed to nothing, ValueError for a field or a value the contract does not
    have, PersonUnknown.
    """
    person = get(session, person_id)
    if not any(has_consent(session, person_id, purpose) for purpose in get_args(Purpose)):
        raise ConsentMissing("registration")
    for field, value in known.items():
        if field not in {each.name for each in fields(Profile)}:
            raise ValueError(f"a profile has no {field!r}")
        accepted = _ACCEPTED.get(field)
        if value is not None and accepted is not None and value not in accepted:
            raise ValueError(f"{field} {value!r} is none of {', '.join(accepted)}")
        setattr(person, field, clean_name(value) if accepted is None else value)
    return profile(session, person_id)


def record_consent(
    session: Session,
    person_id: uuid.UUID,
    purpose: Purpose,
    wording_version: str,
    given: bool,
    at: datetime | None = None,
) -> Consent:
    """Keeps an answer about a purpose, yes or no. Earlier answers stay; the last one counts. Raises ValueError."""
    if purpose not in get_args(Purpose):
        raise ValueError(f"purpose {purpose!r} is none of {', '.join(get_args(Purpose))}")
    consent = Consent(
        person_id=get(session, person_id).id,
        purpose=purpose,
        wording_version=wording_version,
        given=given,
        at=at or utc_now(),
    )
    session.add(consent)
    session.flush()
    return consent


def has_consent(
    session: Session,
    person_id: uuid.UUID,
    purpose: Purpose,
    wording_version: str | None = None,
    since: datetime | None = None,
) -> bool:
    """Whether the person's last answer about this purpose was yes; to this wording, and since this time, if given."""
    last = session.execute(
        select(Consent.given, Consent.wording_version, Consent.at)
        .where(Consent.person_id == person_id, Consent.purpose == purpose)
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(1)
    ).first()
    return (
        last is not None
        and last.given
        and wording_version in (None, last.wording_version)
        and (since is None or last.at >= since)
    )


def require_consent(session: Session, person_id: uuid.UUID, purpose: Purpose) -> None:
    """Raises ConsentMissing where the person did not agree to this purpose."""
    if not has_consent(session, person_id, purpose):
        raise ConsentMissing(purpose)


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


def clean_name(name: str | None) -> str | None:
    """A name as it can be shown: one line of at most NAME_LIMIT, nothing invisible in it; None where none is left."""
    if name is None:
        return None
    visible = "".join(map(_visible, name[: NAME_LIMIT * 4]))
    return " ".join(visible.split())[:NAME_LIMIT].rstrip() or None


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    # Line ends and tabs part words; marks of direction stand inside them.
    return " " if category == "Cc" else "" if category.startswith("C") else character
