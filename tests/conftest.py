"""What every test may use: a PostgreSQL of their own, and in it an empty, migrated database for each test."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from store.core.database import Database, ensure_database, migrate
from store.core.encryption import Cipher
from store.embedded.server import EmbeddedPostgres
from takwin.model.model import current_model
from tests.databases import Databases
from tests.product import Product

#: Nothing here need survive a crash, so the server need not wait for the disk.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
_TEMPLATE = "takwin_template"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Processes that share the tests must collect them in one order, and a set has another in each of them."""
    for mark in metafunc.definition.iter_markers("parametrize"):
        if isinstance(mark.args[1] if len(mark.args) > 1 else mark.kwargs.get("argvalues"), set | frozenset):
            raise pytest.UsageError(
                f"{metafunc.definition.nodeid}: parametrize with sorted(...), not with a set"
            )


class ReachedBeyondLoopback(AssertionError):
    """A test tried to talk to another machine."""


def _is_here(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    try:
        return ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback
    except ValueError:
        return address[0] in ("localhost", "")


@pytest.fixture(scope="session", autouse=True)
def nothing_beyond_loopback() -> Iterator[None]:
    """No test reaches another machine: a provider is always a simulator here."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def checked(self: socket.socket, address: Any) -> None:
        if not _is_here(self.family, address):
            raise ReachedBeyondLoopback(
                "a test may connect to loopback only: point the *_API_URL at a simulator"
            )
        connect(self, address)

    def checked_ex(self: socket.socket, address: Any) -> int:
        if not _is_here(self.family, address):
            raise ReachedBeyondLoopback(
                "a test may connect to loopback only: point the *_API_URL at a simulator"
            )
        return connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked)
        patch.setattr(socket.socket, "connect_ex", checked_ex)
        yield


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server for this test process (under pytest-xdist each worker is one, with a temporary folder of its own)."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), settings=_FAST) as server:
        yield server


@pytest.fixture(scope="session")
def template(postgres: EmbeddedPostgres) -> str:
    """The name of a database that is migrated once and that each test gets a copy of."""
    migrate(ensure_database(postgres.url, _TEMPLATE))
    return _TEMPLATE


@pytest.fixture(scope="session")
def databases(postgres: EmbeddedPostgres) -> Callable[[str], Databases]:
    """Those of each template, by its name."""
    return cache(lambda template: Databases(postgres, template))


@pytest.fixture
def database_url(
    postgres: EmbeddedPostgres, template: str, databases: Callable[[str], Databases]
) -> Iterator[str]:
    """The URL of an empty, migrated database that only this test has."""
    name = databases(template).take()
    yield postgres.url_for(name)
    databases(template).give_back(name)


@pytest.fixture
def cipher() -> Cipher:
    return Cipher("a secret that only tests know")


@pytest.fixture
def database(database_url: str, cipher: Cipher) -> Iterator[Database]:
    """That database, opened."""
    opened = Database(database_url, cipher)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def product(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product, running: `takwin serve` with the trained model, once for all tests that talk to it."""
    assert current_model() is not None, "no trained model for the present data: run `make train`"
    url = ensure_database(postgres.url, "takwin_product")
    migrate(url)
    tracker = ensure_database(postgres.url, "takwin_product_tracker")
    with Product.started(url, tmp_path_factory.mktemp("product"), TAKWIN_TRACKER_URL=tracker) as running:
        yield running
