"""A catalogue small enough to reason about, and somebody who asks."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from actions.base import Services
from bot.nlu.folding import fold
from store.catalogue.importing import apply, read_csv_catalogue
from store.core.database import Database, ensure_database, migrate
from store.embedded.server import EmbeddedPostgres
from store.people import people
from takwin.compose.actions import services as product_services
from tests.product import ROOT


@pytest.fixture(scope="session")
def template(postgres: EmbeddedPostgres, template: str) -> str:
    """The name of a database that holds the product's own catalogue, and nothing else."""
    name = f"{template}_catalogue"
    url = ensure_database(postgres.url, name)
    migrate(url)
    database = Database(url)
    with database.session() as session:
        apply(session, read_csv_catalogue(ROOT / "data" / "catalogue"), fold)
    database.close()
    return name


@pytest.fixture
def services(database: Database) -> Services:
    """The product's own services, at a day that does not move."""
    made = product_services(database)
    return Services(**{**made.__dict__, "now": lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)})


@pytest.fixture
def person(services: Services) -> UUID:
    with services.database.session() as session:
        return people.find_or_create(session, "web", "somebody").id
