"""Trackers are read and saved as Rasa's own store does it, on its table; of two who save at once one is refused.
Connections that died are made anew."""

from pathlib import Path

from store.core.database import ensure_database
from store.embedded.server import EmbeddedPostgres
from takwin.stores import psycopg2_url
from tests.bot.in_engine import printed

SCRIPT = Path(__file__).with_name("tracker_store_in_engine.py")


def test_beside_rasas_own(postgres: EmbeddedPostgres) -> None:
    url = psycopg2_url(ensure_database(postgres.url, "tracker_beside"))
    assert printed(SCRIPT, url) == {
        "same": True,
        "slot": "fes 2",
        "second": "refused",
        "stored": 13,
        "of the last session": 5,
        "of all": 19,
        "of another": None,
        "after stock": "fes 5",
        "after two restarts": "fes 6",
    }
