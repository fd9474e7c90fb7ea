"""What tests of the store make: people who agreed, courses, sessions; and things done at the same moment."""

import re
import threading
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from store.catalogue.columns import AGENCIES, COURSES, PROVIDERS, Column
from store.catalogue.files import Catalogue
from store.catalogue.importing import ImportReport, apply
from store.people import consents, people

Result = TypeVar("Result")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def plain_fold(text: str) -> str:
    """A fold of one script only: letters without accents or case."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare))


def person(session: Session, address: str = "session-1", *purposes: consents.Purpose) -> uuid.UUID:
    """Somebody on the web, who agreed to these purposes."""
    made = people.find_or_create(session, "web", address)
    for purpose in purposes:
        consents.record_consent(session, made.id, purpose, "1", True, NOW)
    return made.id


def course(course_id: str, **values: Any) -> dict[str, Any]:
    """A row of courses.csv, read; free, open and about programming unless said otherwise."""
    given = {
        "title": course_id.replace("-", " ").title(),
        "title_language": "en",
        "provider": "google",
        "topics": ["programming"],
        "source": "a test",
        "status": "open",
        **values,
    }
    return {"id": course_id, **_filled(COURSES, given)}


def provider(provider_id: str, **values: Any) -> dict[str, Any]:
    """A row of providers.csv, read."""
    return {"id": provider_id, **_filled(PROVIDERS, {"name": provider_id.title(), **values})}


def agency(agency_id: str, **values: Any) -> dict[str, Any]:
    """A row of agencies.csv, read."""
    return {"id": agency_id, **_filled(AGENCIES, {"source": "a test", **values})}


def load(
    session: Session,
    *courses: dict[str, Any],
    providers: Sequence[dict[str, Any]] = (),
    agencies: Sequence[dict[str, Any]] = (),
    fold: Callable[[str], str] = plain_fold,
) -> ImportReport:
    """Imports these rows, with Google, Coursera and ADD as providers unless others are given."""
    rows = tuple(providers) or (provider("google"), provider("coursera"), provider("add"))
    return apply(session, Catalogue(rows, courses, tuple(agencies)), fold)


def _filled(columns: Sequence[Column], given: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {c.name: [] if c.many else None for c in columns if c.name != "id"}
    assert given.keys() <= empty.keys()
    return {**empty, **given}


def at_once(*actions: Callable[[], Result]) -> list[Result]:
    """Does all of it in threads that start together; raises what any of them raised."""
    gate = threading.Barrier(len(actions))

    def wait_and_do(action: Callable[[], Result]) -> Result:
        gate.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(wait_and_do, actions))
