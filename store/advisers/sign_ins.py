"""Sign-ins: the sessions of browsers, and how often a sign-in may fail before one has to wait."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import any_, delete, func, literal, select, update
from sqlalchemy.orm import Session

from store.core.advisory_locks import ManyLocks, lock_one_of
from store.core.encryption import cipher_of
from store.tables import Adviser, AdviserSession, SignInFailure

#: How exactly it is known when somebody was last there: each page would write a row otherwise.
_SEEN_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class Lasting:
    """How long a session lasts: without being used, and at most."""

    idle: timedelta = timedelta(minutes=60)
    at_most: timedelta = timedelta(hours=12)


@dataclass(frozen=True)
class Throttle:
    """How many failures within `window` are borne, by account and by network address."""

    window: timedelta = timedelta(minutes=15)
    by_account: int = 8
    by_address: int = 40


@dataclass(frozen=True)
class SignedIn:
    """Whose session a token opens."""

    session_id: uuid.UUID
    adviser: Adviser
    second_step_done: bool
    pending_totp: str | None


def begin(
    session: Session, adviser_id: uuid.UUID, now: datetime, lasting: Lasting, *, second_step_done: bool
) -> str:
    """Begins a session; the token is told once and only its digest kept."""
    session.execute(delete(AdviserSession).where(AdviserSession.expires_at < now))
    token = secrets.token_urlsafe(32)
    session.add(
        AdviserSession(
            token_digest=_digest(token),
            adviser_id=adviser_id,
            second_step_done=second_step_done,
            created_at=now,
            last_seen_at=now,
            expires_at=now + lasting.at_most,
        )
    )
    session.flush()
    return token


def signed_in(session: Session, token: str, now: datetime, lasting: Lasting) -> SignedIn | None:
    """Whose session this is; None where there is none, it has run out, or its adviser was disabled."""
    row = session.execute(
        select(AdviserSession, Adviser)
        .join(Adviser, Adviser.id == AdviserSession.adviser_id)
        .where(AdviserSession.token_digest == _digest(token))
    ).first()
    if row is None:
        return None
    found, adviser = row
    if found.expires_at <= now or found.last_seen_at + lasting.idle <= now or adviser.disabled_at:
        return None
    if now - found.last_seen_at > _SEEN_EVERY:
        session.execute(update(AdviserSession).where(AdviserSession.id == found.id).values(last_seen_at=now))
        session.execute(update(Adviser).where(Adviser.id == adviser.id).values(last_seen_at=now))
    pending = found.pending_totp_encrypted
    return SignedIn(
        session_id=found.id,
        adviser=adviser,
        second_step_done=found.second_step_done,
        pending_totp=None if pending is None else cipher_of(session).decrypt(pending),
    )


def is_open(session: Session, token: str, now: datetime, lasting: Lasting) -> bool:
    """Whether a token still opens something. Looking so does not keep the session from running out."""
    row = session.execute(
        select(AdviserSession.expires_at, AdviserSession.last_seen_at)
        .join(Adviser, Adviser.id == AdviserSession.adviser_id)
        .where(AdviserSession.token_digest == _digest(token), Adviser.disabled_at.is_(None))
    ).first()
    return row is not None and now < row.expires_at and now < row.last_seen_at + lasting.idle


def end(session: Session, session_id: uuid.UUID) -> None:
    """Ends a session; once ended, it opens nothing."""
    session.execute(delete(AdviserSession).where(AdviserSession.id == session_id))


def failed(session: Session, subjects: list[str], now: datetime) -> None:
    """Counts a failed sign-in against each subject: an account, a network address."""
    digest = cipher_of(session).digest
    session.add_all(SignInFailure(subject_digest=digest("sign-in", each), at=now) for each in subjects)
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - timedelta(days=1)))
    session.flush()


def failures(session: Session, subject: str, since: datetime) -> int:
    """How many sign-ins of this subject failed since then."""
    digest = cipher_of(session).digest("sign-in", subject)
    counted = select(func.count()).where(SignInFailure.subject_digest == digest, SignInFailure.at > since)
    return session.scalar(counted) or 0


def forgive(session: Session, subject: str) -> None:
    """Forgets the failures of a subject, once they signed in."""
    digest = cipher_of(session).digest("sign-in", subject)
    session.execute(delete(SignInFailure).where(SignInFailure.subject_digest == digest))


def lock_subject(session: Session, subject: str) -> None:
    """Lets one sign-in of a subject be decided at a time, until this transaction ends: guesses in parallel wait."""
    lock_one_of(session, ManyLocks.SIGN_IN, cipher_of(session).digest("sign-in", subject))


def propose_totp(session: Session, session_id: uuid.UUID, secret: str | None) -> None:
    """Keeps a second-step secret that its adviser has not yet shown to have; None drops it."""
    token = None if secret is None else cipher_of(session).encrypt(secret)
    session.execute(
        update(AdviserSession).where(AdviserSession.id == session_id).values(pending_totp_encrypted=token)
    )


def set_totp(session: Session, adviser: Adviser, secret: str | None, recovery_codes: list[str]) -> None:
    """Turns the second step on with its recovery codes, or off with None."""
    stored = session.get_one(Adviser, adviser.id)
    stored.totp_encrypted = None if secret is None else cipher_of(session).encrypt(secret)
    stored.totp_last = None
    stored.recovery_digests = [_digest(code) for code in recovery_codes]


def totp_secret(session: Session, adviser: Adviser) -> str | None:
    """The secret of the second step; None where the adviser has none."""
    return None if adviser.totp_encrypted is None else cipher_of(session).decrypt(adviser.totp_encrypted)


def use_step(session: Session, adviser_id: uuid.UUID, step: int) -> bool:
    """Takes a time step of the second step for used; False where it, or a later one, was used before."""
    taken = session.scalar(
        update(Adviser)
        .where(Adviser.id == adviser_id, func.coalesce(Adviser.totp_last, -1) < step)
        .values(totp_last=step)
        .returning(Adviser.id)
    )
    return taken is not None


def use_recovery_code(session: Session, adviser_id: uuid.UUID, code: str) -> bool:
    """Takes a recovery code for used; False where it is none, or was used before."""
    digest = _digest(code)
    taken = session.scalar(
        update(Adviser)
        .where(Adviser.id == adviser_id, literal(digest) == any_(Adviser.recovery_digests))
        .values(recovery_digests=func.array_remove(Adviser.recovery_digests, digest))
        .returning(Adviser.id)
    )
    return taken is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
