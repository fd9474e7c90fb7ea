"""A small catalogue and somebody registered in it, for tests of the console."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.nlu.folding import fold
from store.catalogue import drafts as catalogue_drafts
from store.catalogue.columns import AGENCIES, COURSES, PROVIDERS
from store.catalogue.files import Catalogue
from store.catalogue.importing import apply
from store.core.clock import moroccan_day, utc_now
from store.lifecycle import privacy
from store.people import consents, people
from store.registrations import registrations
from store.tables import Registration
from tests.console.conftest import Console, Said

TODAY = moroccan_day(utc_now())


def row(columns: Any, **values: Any) -> dict[str, Any]:
    """A row of a file, empty but for what is given."""
    return {column.name: [] if column.many else None for column in columns} | values


def course(course_id: str, **values: Any) -> dict[str, Any]:
    given = {
        "title": course_id.title(), "title_language": "fr", "provider": "ofppt", "topics": ["cloud"],
        "source": "a test", "status": "open", "mode": "online",
    }  # fmt: skip
    return row(COURSES, id=course_id, **(given | values))


def fill(console: Console, *courses: Mapping[str, Any]) -> None:
    """A catalogue of one provider and one agency of the same id, and these courses."""
    files = Catalogue(
        providers=(row(PROVIDERS, id="ofppt", name="OFPPT"),),
        courses=courses or (course("excel", title_fr="Excel de base", title_ar="أساسيات إكسل"),),
        agencies=(row(AGENCIES, id="ofppt", name_fr="Agence de Fès", city="fes", source="a test"),),
    )
    with console.database.session() as session:
        apply(session, files, fold)


def agrees(console: Console, person_id: UUID, *purposes: Any) -> None:
    with console.database.session() as session:
        for purpose in purposes:
            consents.record_consent(session, person_id, purpose, "test", True)


def registered(
    console: Console, said: Said, course_id: str = "excel", session_id: str | None = None
) -> Registration:
    """The registration of somebody who agreed to it."""
    agrees(console, said.person_id, "registration")
    with console.database.session() as session:
        made = registrations.register(session, said.person_id, course_id, session_id)
        assert isinstance(made, Registration)
        return made


def registration(console: Console, registration_id: UUID) -> Registration:
    with console.database.session() as session:
        return registrations.find(session, registration_id)


def of_courses(console: Console, said: Said, adviser_id: UUID) -> dict[str, str]:
    """One of everything that addresses of these pages name."""
    with console.database.session() as session:
        gone = people.find_or_create(session, "web", f"gone-{adviser_id}")
        reference = privacy.erase_person(session, gone.id).reference
        draft = catalogue_drafts.keep(session, adviser_id, {"agencies.csv": "id\n"}, console.clock())
    fill(console, course("excel", starts_on=TODAY + timedelta(days=9), capacity=5))
    return {
        "registration_id": str(registered(console, said).id),
        "course_id": "excel",
        "row_id": "ofppt",
        "draft_id": str(draft),
        "reference": reference,
    }
