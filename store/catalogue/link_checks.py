"""Links of the catalogue: which are to be checked, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.tables import Agency, Course, LinkCheck, Provider

#: A longer one is no link of a course, and no key of an index.
_LONGEST = 2000


@dataclass(frozen=True)
class Checked:
    """What came of one check: the HTTP status of the answer, or a code where there was none."""

    url: str
    status: int | None = None
    problem: str | None = None


def ask(session: Session, now: datetime) -> int:
    """Asks for every link of the catalogue to be checked; how many there are."""
    links = union(
        *(
            select(table.url).where(table.url.is_not(None), table.withdrawn_at.is_(None))
            for table in (Course, Provider, Agency)
        )
    )
    found = sorted({url for url in session.scalars(links) if url and len(url) <= _LONGEST})
    for start in range(0, len(found), 500):
        rows = [{"url": url, "requested_at": now} for url in found[start : start + 500]]
        requested = insert(LinkCheck).values(rows)
        session.execute(requested.on_conflict_do_update(index_elements=["url"], set_={"requested_at": now}))
    gone = update(LinkCheck).where(LinkCheck.url.not_in(found)).values(requested_at=None)
    session.execute(gone)
    return len(found)


def next_to_check(session: Session, limit: int) -> list[str]:
    """Links that wait to be checked, asked for longest ago first."""
    wanted = select(LinkCheck.url).where(LinkCheck.requested_at.is_not(None))
    return list(session.scalars(wanted.order_by(LinkCheck.requested_at, LinkCheck.url).limit(limit)))


def record(session: Session, checked: Sequence[Checked], now: datetime) -> None:
    """Keeps what came of checks; these links wait no more."""
    for each in checked:
        session.execute(
            update(LinkCheck)
            .where(LinkCheck.url == each.url)
            .values(requested_at=None, checked_at=now, status=each.status, problem=each.problem)
        )


def checked(session: Session, since: datetime) -> list[LinkCheck]:
    """The links that were checked since a time, by their address; older ones may be of no course any more."""
    wanted = select(LinkCheck).where(LinkCheck.checked_at >= since)
    return list(session.scalars(wanted.order_by(LinkCheck.url)))
