"""Advisers: who they are, what they may do, and whom they serve. Passwords come here hashed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.advisers.roles import ROLES, Role
from store.core.advisory_locks import AdvisoryLock, lock
from store.core.clock import utc_now
from store.core.vocabulary import CITIES
from store.people.people import clean_name
from store.tables import Adviser, AdviserSession


class AdviserUnknown(LookupError):
    """There is no adviser of this id or login."""


class LoginTaken(Exception):
    """Another adviser has this login."""


class LastAdministrator(Exception):
    """Nobody would be left who may do everything."""


@dataclass(frozen=True)
class NewAdviser:
    """An adviser to be added. `login` is kept in small letters; `cities` are those of the contract."""

    login: str
    display_name: str
    password_hash: str
    role: Role = "adviser"
    agency_id: str | None = None
    cities: Sequence[str] = field(default=())
    region: str | None = None
    language: str = "fr"
    must_change: bool = True
    password_expires_at: datetime | None = None


def add(session: Session, new: NewAdviser) -> Adviser:
    """Adds an adviser. Raises LoginTaken, ValueError for a role, a city or a login that is none."""
    login = written_login(new.login)
    _check(new.role, new.cities)
    if by_login(session, login) is not None:
        raise LoginTaken(login)
    adviser = Adviser(
        login=login,
        display_name=clean_name(new.display_name) or login,
        password_hash=new.password_hash,
        must_change=new.must_change,
        password_expires_at=new.password_expires_at,
        role=new.role,
        agency_id=new.agency_id,
        cities=list(new.cities),
        region=new.region,
        language=new.language,
    )
    session.add(adviser)
    session.flush()
    return adviser


def written_login(login: str) -> str:
    """The login in its one written form. Raises ValueError for one that is empty, too long or has spaces."""
    written = login.strip().casefold()
    if not written or len(written) > 80 or not written.isprintable() or " " in written:
        raise ValueError("a login has 1 to 80 characters and no space")
    return written


def _check(role: str, cities: Sequence[str]) -> None:
    unknown = [city for city in cities if city not in CITIES]
    if role not in ROLES or unknown:
        raise ValueError(f"not known: {', '.join(unknown) or role}")


def get(session: Session, adviser_id: uuid.UUID) -> Adviser:
    """The adviser of this id, disabled ones too. Raises AdviserUnknown."""
    adviser = session.get(Adviser, adviser_id)
    if adviser is None:
        raise AdviserUnknown(str(adviser_id))
    return adviser


def by_login(session: Session, login: str) -> Adviser | None:
    return session.scalar(select(Adviser).where(Adviser.login == login.strip().casefold()))


def everyone(session: Session, *, active_only: bool = False) -> list[Adviser]:
    """Every adviser by name; with `active_only` those who may sign in."""
    wanted = select(Adviser).order_by(Adviser.display_name, Adviser.id)
    return list(session.scalars(wanted.where(Adviser.disabled_at.is_(None)) if active_only else wanted))


def names(session: Session) -> dict[uuid.UUID, str]:
    """What each adviser is called, disabled ones too."""
    return {row.id: row.display_name for row in session.execute(select(Adviser.id, Adviser.display_name))}


def nobody_yet(session: Session) -> bool:
    """Whether there is no adviser at all."""
    return session.scalar(select(Adviser.id).limit(1)) is None


def lock_first_adviser(session: Session) -> None:
    """Lets one process at a time look whether there is nobody yet, until its transaction ends."""
    lock(session, AdvisoryLock.FIRST_ADVISER)


def set_password(
    session: Session,
    adviser_id: uuid.UUID,
    password_hash: str,
    *,
    must_change: bool = False,
    expires_at: datetime | None = None,
) -> None:
    """Sets the password and signs the adviser out everywhere. Raises AdviserUnknown."""
    adviser = get(session, adviser_id)
    adviser.password_hash = password_hash
    adviser.must_change = must_change
    adviser.password_expires_at = expires_at
    _sign_out_all(session, adviser_id)


def disable(session: Session, adviser_id: uuid.UUID, now: datetime | None = None) -> Adviser:
    """Takes an adviser's access away, at once. Raises AdviserUnknown, LastAdministrator."""
    adviser = get(session, adviser_id)
    if adviser.disabled_at is None:
        _not_the_last(session, adviser)
        adviser.disabled_at = now or utc_now()
        _sign_out_all(session, adviser_id)
    return adviser


def enable(session: Session, adviser_id: uuid.UUID) -> Adviser:
    """Gives access back. Raises AdviserUnknown."""
    adviser = get(session, adviser_id)
    adviser.disabled_at = None
    return adviser


def change(
    session: Session,
    adviser_id: uuid.UUID,
    *,
    display_name: str,
    role: Role,
    cities: Sequence[str],
    region: str | None = None,
    agency_id: str | None = None,
    takes_new: bool = True,
) -> Adviser:
    """Changes who an adviser is. Raises AdviserUnknown, LastAdministrator, ValueError."""
    _check(role, cities)
    adviser = get(session, adviser_id)
    if role != adviser.role:
        if role != "administrator":
            _not_the_last(session, adviser)
        _sign_out_all(session, adviser_id)
    adviser.display_name = clean_name(display_name) or adviser.display_name
    adviser.role = role
    adviser.cities = list(dict.fromkeys(cities))
    adviser.region = region or None
    adviser.agency_id = agency_id or None
    adviser.takes_new = takes_new
    return adviser


def _not_the_last(session: Session, adviser: Adviser) -> None:
    if adviser.role != "administrator" or adviser.disabled_at is not None:
        return
    others = select(func.count()).where(
        Adviser.role == "administrator", Adviser.disabled_at.is_(None), Adviser.id != adviser.id
    )
    if not session.scalar(others):
        raise LastAdministrator(adviser.login)


def _sign_out_all(session: Session, adviser_id: uuid.UUID) -> None:
    session.flush()
    for signed_in in session.scalars(select(AdviserSession).where(AdviserSession.adviser_id == adviser_id)):
        session.delete(signed_in)
    session.flush()
