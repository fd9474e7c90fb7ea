"""What figures a request is for: the period and what it is narrowed to, and the addresses that say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from console.web.visit import Visit
from store.core.clock import moroccan_day
from store.core.regions import CITIES_OF_REGION
from store.core.vocabulary import CHANNELS, CITIES, VARIETIES
from store.figures.filters import FIELDS, FigureFilter

#: Periods that one click gives, in days.
PERIODS = (7, 30, 90)
_USUAL = 30
#: Two years of days: a longer table is read by nobody.
_LONGEST = 731
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "channel": CHANNELS,
    "variety": VARIETIES,
    "region": tuple(CITIES_OF_REGION),
    "city": CITIES,
}


@dataclass(frozen=True)
class Wanted:
    """A request for figures: what is asked of the store, and today."""

    filter: FigureFilter
    today: date

    def address(self, path: str = "/console/figures", **changed: str) -> str:
        """An address of the same figures, with something changed."""
        given = {"since": self.filter.since.isoformat(), "until": self.filter.until.isoformat()}
        given |= {name: getattr(self.filter, name) or "" for name in FIELDS}
        return f"{path}?{urlencode({name: value for name, value in {**given, **changed}.items() if value})}"

    def of_last(self, days: int) -> str:
        """The address of the last so many days, today among them."""
        since = self.today - timedelta(days=days - 1)
        return self.address(since=since.isoformat(), until=self.today.isoformat())

    def is_of_last(self, days: int) -> bool:
        return self.filter.until == self.today and (self.today - self.filter.since).days == days - 1

    def listed(self, *conditions: str, **instead: str) -> str:
        """The list of conversations behind a number: those of the same period and place that meet these conditions."""
        given = {name: getattr(self.filter, name) for name in FIELDS} | instead
        # The inbox knows a region by its cities; a city says more than its region.
        region = given.pop("region")
        given["city"] = given["city"] or ",".join(CITIES_OF_REGION.get(region or "", ()))
        parts = [f"{name}:{value}" for name, value in given.items() if name in FIELDS and value]
        since = date.fromisoformat(instead["day"]) if "day" in instead else self.filter.since
        until = since if "day" in instead else self.filter.until
        parts += [*conditions, f"after:{since}", f"before:{until + timedelta(days=1)}"]
        return f"/console/inbox?{urlencode({'tab': 'all', 'q': ' '.join(parts)})}"

    def registrations(self, **more: str) -> str:
        """The list of registrations made in the same period and place."""
        given = {name: getattr(self.filter, name) or "" for name in ("channel", "city")} | more
        days = {"since": self.filter.since.isoformat(), "until": self.filter.until.isoformat()}
        kept = {name: value for name, value in {**given, **days}.items() if value}
        return f"/console/registrations?{urlencode(kept)}"


def wanted(visit: Visit) -> Wanted:
    """What a request asks for; what cannot be read is as if it had not been said."""
    today = moroccan_day(visit.now)
    until = min(_day(visit.query("until", 10)) or today, today)
    since = _day(visit.query("since", 10)) or until - timedelta(days=_USUAL - 1)
    since, until = min(since, until), min(max(since, until), today)
    since = max(since, until - timedelta(days=_LONGEST - 1))
    chosen = {name: visit.query(name, 60) for name in _CHOICES}
    kept = {name: value for name, value in chosen.items() if value in _CHOICES[name]}
    return Wanted(FigureFilter(since, until, visit.scope, **kept), today)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
