"""Advisory locks: each purpose has its own, and nobody makes one elsewhere."""

import re
from pathlib import Path

from sqlalchemy import text

from store.core.advisory_locks import AdvisoryLock, ManyLocks, lock, lock_one_of, try_lock
from store.core.database import Database

ROOT = Path(__file__).parents[3]
#: Migrating holds its lock across transactions, by a connection of its own.
MAY_LOCK = {"store/core/advisory_locks.py", "store/core/database.py"}


def test_no_two_purposes_have_the_same_lock() -> None:
    for locks in (AdvisoryLock, ManyLocks):
        numbers = [int(each) for each in locks.__members__.values()]
        assert len(set(numbers)) == len(numbers)


def test_locks_are_made_in_one_place_only() -> None:
    sources = [
        path
        for package in ("actions", "bot", "channels", "console", "store", "takwin")
        for path in (ROOT / package).rglob("*.py")
        if ".venv" not in path.parts and "migrations" not in path.parts
    ]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in sources
        if re.search(r"pg_(try_)?advisory", path.read_text(encoding="utf-8"))
    }
    assert found == MAY_LOCK, "give the lock a name in store/core/advisory_locks.py, and hold it by that"


def test_one_purpose_does_not_hold_up_another(database: Database) -> None:
    for purpose in AdvisoryLock:
        with database.session() as one, database.session() as other:
            lock(one, purpose)
            assert {each for each in AdvisoryLock if not try_lock(other, each)} == {purpose}


def test_one_of_many_is_apart_from_every_single_one(database: Database) -> None:
    with database.session() as one, database.session() as other:
        other.execute(text("set local lock_timeout = '2s'"))
        lock_one_of(one, ManyLocks.SIGN_IN, "ff" * 32)
        lock_one_of(other, ManyLocks.SIGN_IN, "00" * 32)
        for each in AdvisoryLock:
            lock(other, each)
