"""PostgreSQL's advisory locks: a number for each purpose, all of them here, so that no two are the same.

A number that was released stays: app machines of two versions may run beside each other for a while.
"""

from enum import IntEnum, unique

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session


@unique
class AdvisoryLock(IntEnum):
    """Purposes that have one lock. Any number will do as long as nobody else uses it."""

    #: App machines that start together migrate one after the other.
    MIGRATION = 7_245_019_366
    #: Two imports of the catalogue at once would each undo what the other did.
    IMPORT = 7_245_019_367
    #: Of processes that start together one finds that there is no adviser yet.
    FIRST_ADVISER = 7_245_019_368
    #: Two that share out at once would give the same adviser the next one each.
    ASSIGNING = 7_245_019_369
    #: One process at a time drops what had its time.
    RETENTION = 7_265_746


@unique
class ManyLocks(IntEnum):
    """Purposes that have a lock for each of many things. PostgreSQL keeps these pairs apart from the single numbers."""

    #: One sign-in of a subject is decided at a time.
    SIGN_IN = 1


def lock(session: Session, purpose: AdvisoryLock) -> None:
    """Waits until nobody else holds the purpose's lock, and holds it until this transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(int(purpose))))


def try_lock(session: Session, purpose: AdvisoryLock) -> bool:
    """Holds the purpose's lock until this transaction ends; False at once where somebody else does."""
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(int(purpose)))))


def lock_one_of(session: Session, purpose: ManyLocks, digest: str) -> None:
    """As `lock`, for one of many things, known by hexadecimal digits. Two may share a lock, and then wait for each
    other.
    """
    key = int(digest[:8], 16) - 2**31
    session.execute(select(func.pg_advisory_xact_lock(int(purpose), cast(key, Integer))))
