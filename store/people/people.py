"""People: who writes, found by their address, and the variety they are answered in."""

import unicodedata
import uuid
from collections.abc import Sequence
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.core.encryption import cipher_of
from store.core.ids import new_id
from store.core.vocabulary import VARIETIES
from store.tables import Address, Person

VarietySource = Literal["detected", "chosen"]

#: The longest name kept, in characters; profile names are written by anybody.
NAME_LIMIT = 80


class PersonUnknown(LookupError):
    """There is nobody of this id, or they had their data erased."""


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


def lock(session: Session, person_id: uuid.UUID, *, key_share: bool = False) -> Person:
    """The person, held and read anew until this transaction ends: whoever else asks for the lock waits. With
    `key_share`, what they write is stored meanwhile. Raises PersonUnknown.
    """
    locked = select(Person).where(Person.id == person_id).with_for_update(key_share=key_share)
    person = session.scalar(locked, execution_options={"populate_existing": True})
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
