"""What people told of themselves, where they agreed that it is kept."""

import uuid
from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from store.core.vocabulary import CITIES, EDUCATION, EMPLOYMENT_STATUS
from store.people.consents import require_consent
from store.people.people import clean_name, get, lock
from store.tables import Person

_ACCEPTED = {"city": CITIES, "education": EDUCATION, "employment_status": EMPLOYMENT_STATUS}


@dataclass(frozen=True)
class Profile:
    """What a person told of themselves, None where they did not; the contract's values, `name` and `region` free."""

    name: str | None = None
    city: str | None = None
    education: str | None = None
    employment_status: str | None = None
    region: str | None = None


TOLD = tuple(getattr(Person, field.name) for field in fields(Profile))
"""The columns of a person that a profile is."""


def profile(session: Session, person_id: uuid.UUID) -> Profile:
    """What the person told of themselves. Raises PersonUnknown."""
    person = get(session, person_id)
    return Profile(**{field.name: getattr(person, field.name) for field in fields(Profile)})


def update_profile(session: Session, person_id: uuid.UUID, **known: str | None) -> Profile:
    """Keeps what the person told of themselves; None forgets it. Returns the whole profile.

    Raises ConsentMissing where they did not agree to it, ValueError for a field or a value the contract does not
    have, PersonUnknown.
    """
    # Held, and read anew: retention may have emptied it a moment ago.
    person = lock(session, person_id, key_share=True)
    require_consent(session, person_id, "registration")
    for field, value in known.items():
        if field not in {each.name for each in fields(Profile)}:
            raise ValueError(f"a profile has no {field!r}")
        accepted = _ACCEPTED.get(field)
        if value is not None and accepted is not None and value not in accepted:
            raise ValueError(f"{field} {value!r} is none of {', '.join(accepted)}")
        setattr(person, field, clean_name(value) if accepted is None else value)
    return profile(session, person_id)


def forget(session: Session, person_id: uuid.UUID) -> None:
    """Keeps nothing any more of what the person told of themselves. Raises PersonUnknown."""
    person = lock(session, person_id, key_share=True)
    for field in fields(Profile):
        setattr(person, field.name, None)
