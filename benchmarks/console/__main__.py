"""`make bench-console`: the advisers' console on a million messages in 100,000 conversations.

Fills a database of its own under var/bench (kept for the next run; `--again` fills it anew), calls every list, search,
thread and figures page through the app itself, and writes docs/benchmarks/console.md. A page is asked for with many
different filters; its bar holds for the 95th of a hundred. Who asks is an administrator, who sees all of Morocco, and
once more an adviser of two cities.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace

import psycopg
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rich.console import Console

from benchmarks.console import fill
from benchmarks.console.pages import kinds
from benchmarks.console.report import Measured, counted, report, table
from bot.nlu.folding import fold
from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from console import build_console
from console.web.passwords import hash_password
from console.web.services import PasswordCost
from store.advisers import advisers
from store.advisers.advisers import NewAdviser
from store.catalogue.importing import apply, read_csv_catalogue
from store.core.clock import utc_now
from store.core.database import Database, connection_string, ensure_database, head_revision, migrate
from store.core.encryption import Cipher
from store.embedded.server import EmbeddedPostgres
from store.figures import rollup as figure_rolling
from store.inbox import people as person_lists
from takwin.compose import garbage
from takwin.compose.console import console_services
from takwin.search_words import index_words
from takwin.settings import ROOT, Settings

FOLDER = ROOT / "var" / "bench" / "console"
REPORT = ROOT / "docs" / "benchmarks" / "console.md"
_PASSWORD = "une phrase assez longue"
_CHEAP = PasswordCost(passes=1, memory=8, threads=1)
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
console = Console(width=110)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--again", action="store_true", help="fill the database anew")
    parser.add_argument("--only", default="", help="only pages whose name has this")
    given = parser.parse_args()
    if given.again:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with EmbeddedPostgres(
        FOLDER / "postgres", settings={"shared_buffers": "512MB", "max_wal_size": "4GB"}
    ) as server:
        url = filled(server)
        busy = os.getloadavg()[0]
        measured = list(measure(url, given.only))
        size = counted(url)
    console.print(table(measured))
    if not given.only:
        REPORT.write_text(report(measured, size, busy), encoding="utf-8")
        console.print(f"written: {REPORT.relative_to(ROOT)}")
    if not all(each.holds for each in measured):
        raise SystemExit(1)


def filled(server: EmbeddedPostgres) -> str:
    """The URL of the filled database; filled where the one of the last run has another schema, or there is none."""
    name = f"console_{head_revision()}"
    url = ensure_database(server.url, name)
    migrate(url)
    with psycopg.connect(connection_string(url)) as connection:
        there = connection.execute(
            "select count(*) from (select 1 from messages limit 1000001) as found"
        ).fetchone()
    if there is not None and there[0] > 1_000_000:
        return url
    began = time.monotonic()
    database = Database(url)
    with database.session() as session:
        apply(session, read_csv_catalogue(ROOT / "data" / "catalogue"), fold)
    fill.fill(connection_string(url))
    console.print(f"filled in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    while True:
        with database.session() as session:
            if not figure_rolling.roll_up(session, utc_now()):
                break
    while True:
        with database.session() as session:
            if not person_lists.take_in(session, index_words, 5000):
                break
    database.close()
    with psycopg.connect(connection_string(url), autocommit=True) as connection:
        connection.execute("vacuum analyze")
    console.print(f"added up for the figures in {time.monotonic() - began:.0f} s")
    return url


def measure(url: str, only: str) -> Iterator[Measured]:
    """Every kind of page, by who sees all and by who sees two cities."""
    secret = "a secret of the benchmark, long enough"
    database = Database(url, Cipher(secret))
    with database.session() as session:
        for login, more in (
            ("everywhere", {"role": "administrator"}),
            ("two-cities", {"cities": ["fes", "meknes"]}),
        ):
            if advisers.by_login(session, login) is None:
                kept = hash_password(_PASSWORD, _CHEAP)
                advisers.add(session, NewAdviser(login, login, kept, must_change=False, **more))
    renderer = Renderer(ROOT / "data" / "replies")
    settings = Settings(_env_file=None, sms_price=0.35)
    services = replace(
        # The engine's tracker is a database of its own, and holds little of a person.
        console_services(settings, database, secret, renderer, Deferrer(), url),
        slots_of=lambda _: {"criteria": {"topic": ["cloud"]}},
    )
    app = FastAPI(openapi_url=None)
    for router in build_console(services):
        app.include_router(router)
    chosen = list(kinds(url))
    garbage.settle()  # as the app does once it has started
    for login in ("everywhere", "two-cities"):
        client = TestClient(app, base_url="http://console.test", follow_redirects=False)
        _sign_in(client, login)
        for asked in chosen:
            if only in asked.name and (login == "everywhere" or not asked.supervisors):
                yield Measured(asked, login, tuple(_timed(client, each) for each in asked.addresses))
    database.close()


def _sign_in(client: TestClient, login: str) -> None:
    token = _CSRF.search(client.get("/console/sign-in").text)
    assert token is not None
    answer = client.post("/console/sign-in", data={"csrf": token[1], "login": login, "password": _PASSWORD})
    assert answer.status_code == 303, answer.status_code


def _timed(client: TestClient, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - began
    assert answer.status_code in (200, 404), (address, answer.status_code)
    return took


if __name__ == "__main__":
    main()
