"""`make bench-console`: the advisers' console on a million messages in 100,000 conversations.

Fills a database of its own under var/bench (kept for the next run; `--again` fills it anew), calls every list, search,
thread and figures page through the app itself, and writes docs/benchmarks/console.md. A page is asked for with many
different filters; its bar holds for the 95th of a hundred. Who asks is an administrator, who sees all of Morocco, and
once more an adviser of two cities.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

import psycopg
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rich.console import Console
from rich.table import Table

from benchmarks import console_fill
from benchmarks.traffic import percentile
from bot.nlu.folding import fold
from channels.queue import Deferrer
from channels.render import Renderer
from console import build_console
from console.passwords import hash_password
from console.services import PasswordCost
from store import advisers, figure_rolling, person_lists
from store.advisers import NewAdviser
from store.catalogue_import import apply, read_csv_catalogue
from store.clock import moroccan_day, utc_now
from store.database import Database, connection_string, ensure_database, head_revision, migrate
from store.embedded import EmbeddedPostgres
from store.encryption import Cipher
from takwin import garbage
from takwin.console import console_services
from takwin.search_words import index_words
from takwin.settings import ROOT, Settings

FOLDER = ROOT / "var" / "bench" / "console"
REPORT = ROOT / "docs" / "benchmarks" / "console.md"
LIST_BAR, FIGURES_BAR = 0.3, 1.0
_PASSWORD = "une phrase assez longue"
_CHEAP = PasswordCost(passes=1, memory=8, threads=1)
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
console = Console(width=110)


@dataclass(frozen=True)
class Asked:
    """A kind of page: its addresses, asked for one after the other, and the seconds its 95th of a hundred may take."""

    name: str
    addresses: Sequence[str]
    bar: float = LIST_BAR
    supervisors: bool = False


@dataclass(frozen=True)
class Measured:
    """What a kind of page took, in seconds."""

    asked: Asked
    who: str
    times: tuple[float, ...]

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)

    @property
    def holds(self) -> bool:
        return self.p95 <= self.asked.bar


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
    show(measured)
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
    console_fill.fill(connection_string(url))
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


def kinds(url: str) -> Iterator[Asked]:
    """The pages, with filters of many kinds, the same at each run."""
    draw = random.Random(7)
    yield Asked("inbox, each state", [f"/console/inbox?tab={tab}" for tab in _TABS] * 6)
    yield Asked("inbox, later pages", list(_later(url, draw)))
    yield Asked("inbox, live part", [f"/console/inbox/list?tab={tab}" for tab in _TABS] * 4)
    yield Asked("search, a word", [_search(word) for word in _WORDS])
    yield Asked("search, words and phrases", [_search(each) for each in _PHRASES])
    yield Asked("search, one field", [_search(each) for each in _FIELDS])
    yield Asked("search, combined", [_search(each) for each in _combined(draw)])
    yield Asked("search, nothing found", [_search(f"zzqx{n}") for n in range(20)])
    yield Asked("search, one or the other", [_search(each) for each in _ORS])
    yield Asked("review", [f"/console/review{each}" for each in _REVIEWS])
    yield Asked("asked in vain", [f"/console/gaps?days={days}" for days in (30, 90, 365)] * 7)
    yield Asked("thread", list(_threads(url)))
    yield Asked("registrations", [f"/console/registrations{each}" for each in _REGISTRATIONS])
    yield Asked("people", [f"/console/people{each}" for each in ("", "?q=Personne", "?q=zzz", "?q=123")] * 6)
    yield Asked("courses", ["/console/courses"] * 20)
    yield Asked("audit", ["/console/audit"] * 20, supervisors=True)
    yield Asked("figures", list(_figures(draw)), FIGURES_BAR)


_TABS = ("waiting", "mine", "adviser", "assistant", "closed", "all")
_WORDS = (
    "formation", "takwin", "تكوين", "excel", "gratuit", "fabor", "شهادة", "chahada", "certificat", "anglais",
    "salam", "السلام", "merci", "chokran", "casa", "khedma", "خدمة", "stage", "form*", "cyber*", "marketing", "data",
    "comptabilité", "محاسبة", "web", "programmation", "ordinateur", "tel*", "bac", "licence",
)  # fmt: skip
_PHRASES = (
    '"je cherche"', '"formation en"', '"bghit ntkewwen"', '"كنقلب على"', "cours anglais", "formation gratuit casa",
    "excel débutant", "marketing digital", "-merci formation", "(excel or word) formation", "takwin or formation",
    '"bonjour"', "شهادة فابور", "formation ligne certificat", "cloud or data", "-salam -bonjour", "ia or ai",
    '"au revoir"', "web developpeur", "جافا or python",
)  # fmt: skip
_FIELDS = (
    "channel:sms", "channel:whatsapp,telegram", "state:waiting", "state:closed", "-state:closed", "variety:ary",
    "variety:ary-Latn,fr", "city:fes", "city:dakhla", "city:casablanca,rabat", "topic:cloud", "topic:english",
    "intent:find_course", "intent:register", "intent:employer_training", "reply:nothing-found", "is:fallback",
    "is:out-of-scope", "is:flagged", "is:unread", "is:unassigned", "is:request", "is:registered", "conf<0.5",
    "conf>=0.9", "conf<0.3", "tag:urgent", "tag:suivi,exemple", "after:2026-11-01", "before:2026-09-20", "not is:mine",
    "not is:fallback", "-channel:whatsapp", "region:Oriental", "is:media", "adviser:nobody",
)  # fmt: skip
_ORS = (
    "khedma or conf<0.6 variety:ar", "khedma or conf<0.6 variety:ary-Latn,fr", "conf<0.5 or -state:closed city:fes",
    "stage or channel:sms is:registered", "zzqx or city:dakhla intent:register", "(khedma or tag:urgent) conf<0.6",
    "is:request or tag:urgent", "variety:ary or variety:ary-Latn", "(is:request or tag:urgent) not is:mine",
    "khedma or not is:fallback", "tag:urgent or zzqx", "is:flagged or conf<0.3 city:oujda or is:unread channel:web",
)  # fmt: skip
_REVIEWS = (
    "", "?variety=ar", "?variety=ar&intent=employer_training", "?intent=employer_training", "?reason=flagged",
    "?reason=complained", "?reason=fallback", "?reason=out-of-scope", "?channel=web", "?channel=web&variety=ar",
    "?variety=ary-Latn&reason=complained", "?reason=flagged&variety=ar", "?reason=fallback&channel=web&variety=ar",
    "?tab=saved", "?tab=skipped", "?tab=disputed", "?tab=settled", "?tab=disputed&variety=ar",
    "?tab=settled&channel=web&intent=register", "?intent=feedback&channel=web",
)  # fmt: skip
_REGISTRATIONS = (
    "",
    "?state=requested",
    "?state=completed",
    "?state=waiting",
    "?city=fes",
    "?q=TK-000123",
) * 5


def _combined(draw: random.Random) -> Iterator[str]:
    parts = [
        [each for each in _FIELDS if not each.startswith(("not", "-"))], list(_WORDS[:20]),
        ["-state:closed", "not is:fallback", "conf<0.6", "channel:sms", "city:fes", "after:2026-10-01"],
    ]  # fmt: skip
    for number in range(60):
        some = [draw.choice(of) for of in draw.sample(parts, 2 + number % 2)]
        yield f"{some[0]} or {' '.join(some[1:])}" if number % 5 == 0 else " ".join(some)


def _search(query: str) -> str:
    return f"/console/inbox?{urlencode({'tab': 'all', 'q': query})}"


def _later(url: str, draw: random.Random) -> Iterator[str]:
    with psycopg.connect(connection_string(url)) as connection:
        for _ in range(15):
            place = connection.execute(
                "select extract(epoch from last_message_at), id from conversations order by last_message_at desc "
                "offset %s limit 1", (draw.randrange(90_000),),
            ).fetchone()  # fmt: skip
            assert place is not None
            for tab in ("all", "assistant"):
                yield f"/console/inbox?{urlencode({'tab': tab, 'after': f'{place[0]:.6f}_{place[1].hex}'})}"


def _threads(url: str) -> Iterator[str]:
    with psycopg.connect(connection_string(url)) as connection:
        longest = connection.execute("select id from conversations order by last_n desc limit 20").fetchall()
        others = connection.execute("select id from conversations order by md5(id::text) limit 40").fetchall()
        for row in itertools.chain(longest, others):
            yield f"/console/conversations/{row[0]}"


def _figures(draw: random.Random) -> Iterator[str]:
    today = moroccan_day(utc_now())
    narrowed: list[dict[str, str]] = [{}, {}, {"channel": "sms"}, {"variety": "ary"}, {"city": "casablanca"}]
    narrowed.append({"city": "fes", "channel": "sms"})
    for days in (90, 90, 30, 7, 1):
        for more in narrowed:
            until = today - timedelta(days=draw.choice((0, 0, 3)))
            since = until - timedelta(days=days - 1)
            yield f"/console/figures?{urlencode({'since': since.isoformat(), 'until': until.isoformat(), **more})}"


def counted(url: str) -> dict[str, int]:
    """How many rows of each kind there are."""
    tables = (
        "messages",
        "conversations",
        "persons",
        "registrations",
        "adviser_requests",
        "review_items",
        "figure_days",
        "figure_counts",
    )
    with psycopg.connect(connection_string(url)) as connection:
        found = {}
        for table in tables:
            row = connection.execute(f"select count(*) from {table}").fetchone()
            assert row is not None
            found[table] = int(row[0])
        return found


def rows(measured: Sequence[Measured]) -> Iterator[tuple[str, ...]]:
    for each in measured:
        numbers = [
            f"{1000 * value:.0f}" for value in (percentile(each.times, 0.5), each.p95, max(each.times))
        ]
        bar = f"{1000 * each.asked.bar:.0f}"
        yield (
            each.asked.name,
            each.who,
            str(len(each.times)),
            *numbers,
            bar,
            "holds" if each.holds else "MISSED",
        )


_HEADS = ("page", "seen by", "calls", "p50 ms", "p95 ms", "longest ms", "bar ms", "")


def show(measured: Sequence[Measured]) -> None:
    table = Table(*_HEADS)
    for row in rows(measured):
        table.add_row(*row)
    console.print(table)


def report(measured: Sequence[Measured], size: dict[str, int], busy: float) -> str:
    """The page of docs/benchmarks. `busy`: how many processes wanted a processor when the calls began."""
    lines = [f"| {' | '.join(_HEADS)} |", "|" + "---|" * len(_HEADS)]
    lines += [f"| {' | '.join(row)} |" for row in rows(measured)]
    sizes = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in size.items())
    return "\n".join([
        "# The console on a million messages", "",
        "`make bench-console` fills a database and asks for every list, search, thread and figures page through",
        "the app, on this machine, with the embedded PostgreSQL (shared_buffers 512 MB). Each call has another",
        "filter, period or conversation; times are whole pages, template and compression included.", "",
        f"In the store: {sizes}.",
            f"{os.cpu_count()} processor cores; load when the calls began: {busy:.1f}.", "",
        *lines, "",
        "Bars: the 95th of a hundred calls of a list or search within 300 ms, of the figures within 1 s.", "",
        "How: [`store/facts.py`](../../store/facts.py) keeps what a conversation is found by in one text vector;",
        "[`store/figure_rolling.py`](../../store/figure_rolling.py) adds up each day once it is over, so that only the",
        "present day is read from messages. An \"or\" between what the facts know and what they do not is asked way by",
        "way ([`store/inbox_filter.py: ways`](../../store/inbox_filter.py)), and rare items of the queue of review,",
        "like answers that had nothing to offer, have indexes in the order they are read. Names are noted when",
        "they come ([`store/person_lists.py`](../../store/person_lists.py)), not looked for among everybody.", "",
        "What is measured is a machine as much as a program: shared machines take two to four times as long in some",
        "minutes as in others.", "",
    ])  # fmt: skip


if __name__ == "__main__":
    main()
