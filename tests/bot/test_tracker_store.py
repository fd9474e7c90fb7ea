"""Trackers are read and saved as Rasa's own store does it, on its table; of two who save at once one is refused."""

import json
import os
import subprocess
from pathlib import Path

from store.database import ensure_database
from store.embedded import EmbeddedPostgres
from takwin.model import ENGINE_PYTHON
from takwin.serve import psycopg2_url
from takwin.settings import ROOT

SCRIPT = Path(__file__).with_name("tracker_store_in_engine.py")


def test_beside_rasas_own(postgres: EmbeddedPostgres) -> None:
    url = psycopg2_url(ensure_database(postgres.url, "tracker_beside"))
    done = subprocess.run(
        [str(ENGINE_PYTHON), "-W", "ignore", str(SCRIPT), url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "same": True,
        "slot": "fes 2",
        "second": "refused",
        "stored": 13,
        "of the last session": 5,
        "of all": 19,
        "of another": None,
        "after stock": "fes 5",
    }
