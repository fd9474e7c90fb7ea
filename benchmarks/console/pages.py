"""The console's pages that are timed, with filters of many kinds, the same at each run."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import psycopg

from store.core.clock import moroccan_day, utc_now
from store.core.database import connection_string

LIST_BAR, FIGURES_BAR = 0.3, 1.0


@dataclass(frozen=True)
class PageKind:
    """A kind of page: its addresses, asked for one after the other, and the seconds its 95th of a hundred may take."""

    name: str
    addresses: Sequence[str]
    bar: float = LIST_BAR
    supervisors: bool = False


def kinds(url: str) -> Iterator[PageKind]:
    """The pages, with filters of many kinds, the same at each run."""
    draw = random.Random(7)
    yield PageKind("inbox, each state", [f"/console/inbox?tab={tab}" for tab in _TABS] * 6)
    yield PageKind("inbox, later pages", list(_later(url, draw)))
    yield PageKind("inbox, live part", [f"/console/inbox/list?tab={tab}" for tab in _TABS] * 4)
    yield PageKind("search, a word", [_search(word) for word in _WORDS])
    yield PageKind("search, words and phrases", [_search(each) for each in _PHRASES])
    yield PageKind("search, one field", [_search(each) for each in _FIELDS])
    yield PageKind("search, combined", [_search(each) for each in _combined(draw)])
    yield PageKind("search, nothing found", [_search(f"zzqx{n}") for n in range(20)])
    yield PageKind("search, one or the other", [_search(each) for each in _ORS])
    yield PageKind("review", [f"/console/review{each}" for each in _REVIEWS])
    yield PageKind("asked in vain", [f"/console/gaps?days={days}" for days in (30, 90, 365)] * 7)
    yield PageKind("thread", list(_threads(url)))
    yield PageKind("registrations", [f"/console/registrations{each}" for each in _REGISTRATIONS])
    yield PageKind(
        "people", [f"/console/people{each}" for each in ("", "?q=Personne", "?q=zzz", "?q=123")] * 6
    )
    yield PageKind("courses", ["/console/courses"] * 20)
    yield PageKind("audit", ["/console/audit"] * 20, supervisors=True)
    yield PageKind("figures", list(_figures(draw)), FIGURES_BAR)


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
