"""What was read of the catalogue is kept while nothing is written to it, and not longer."""

from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from store.catalogue import courses as catalogue
from store.catalogue.cache import kept
from store.core.database import Database
from store.search.search import Criteria, search_courses
from store.tables import CatalogueState, Course, CourseSession, Provider
from tests.store.making import TODAY, course, load, plain_fold


class Reads:
    """Counts how often something had to be read."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        return self.count


def _filled(database: Database) -> None:
    with database.session() as session:
        load(session, course("one", starts_on=TODAY), course("other"))


def _ask(session: Session, reads: Reads) -> int:
    return kept(session).get("question", reads)


def test_a_second_session_is_answered_without_reading(database: Database) -> None:
    _filled(database)
    reads = Reads()
    for _ in range(2):
        with database.session() as session:
            assert _ask(session, reads) == 1
            assert kept(session).get("another question", lambda: "another answer") == "another answer"


@pytest.mark.parametrize(
    "change",
    [
        update(Course).where(Course.id == "one").values(title="Another"),
        update(CourseSession).values(capacity=3),
        update(Provider).values(name="Another"),
        delete(CourseSession),
        text("truncate course_sessions cascade"),
    ],
)
def test_whatever_is_written_it_is_read_again(database: Database, change: Any) -> None:
    _filled(database)
    reads = Reads()
    with database.session() as session:
        assert _ask(session, reads) == 1
        session.execute(change)
        assert _ask(session, reads) == 2
    with database.session() as session:
        assert _ask(session, reads) == 2


def _status(session: Session) -> str:
    found = catalogue.get_course(session, "one")
    assert found is not None
    return found.status


def _close_in_vain(database: Database) -> None:
    with database.session() as session:
        session.execute(update(Course).where(Course.id == "one").values(status="closed"))
        assert _status(session) == "closed"
        raise ZeroDivisionError


def test_what_was_rolled_back_is_not_kept(database: Database) -> None:
    _filled(database)
    with pytest.raises(ZeroDivisionError):
        _close_in_vain(database)
    with database.session() as session:
        assert _status(session) == "open"


def test_a_search_sees_what_another_closed(database: Database) -> None:
    _filled(database)

    def found() -> list[str]:
        with database.session() as session:
            result = search_courses(session, Criteria(), limit=9, today=TODAY, fold=plain_fold)
            return sorted(match.course.id for match in result.matches)

    assert found() == ["one", "other"]
    with database.session() as session:
        session.get_one(Course, "one").status = "closed"
    assert found() == ["other"]


def test_without_a_count_nothing_is_kept(database: Database) -> None:
    _filled(database)
    reads = Reads()
    with database.session() as session:
        session.execute(delete(CatalogueState))
        assert (_ask(session, reads), _ask(session, reads)) == (1, 2)
