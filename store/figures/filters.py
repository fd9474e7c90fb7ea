"""Which rows of the figures are wanted: a period, and who and where."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Date, FromClause, bindparam

from store.advisers.access_scope import AccessScope
from store.core.regions import CITIES_OF_REGION

#: What the figures may be narrowed by.
FIELDS = ("channel", "variety", "city", "region")
_FIRST_DAY, _LAST_DAY = bindparam("first_day", type_=Date), bindparam("last_day", type_=Date)


@dataclass(frozen=True)
class FigureFilter:
    """A period of whole days of Morocco, both ends in it, and one value of a field where only that is wanted.

    `region` is one of `store.core.regions`, by the city people told.
    """

    since: date
    until: date
    scope: AccessScope
    channel: str | None = None
    variety: str | None = None
    city: str | None = None
    region: str | None = None

    @property
    def by_location(self) -> bool:
        """Whether it asks where people are."""
        return bool(self.city or self.region) or not self.scope.everywhere

    @property
    def of_any_period(self) -> "FigureFilter":
        """The same of no period: statements are made for it once, and told the days each time."""
        return replace(self, since=date.min, until=date.max)

    @property
    def days(self) -> dict[str, date]:
        """The parameters of conditions."""
        return {"first_day": self.since, "last_day": self.until}

    def conditions(self, rows: FromClause) -> Iterator[ColumnElement[bool]]:
        """That a row with a day, a channel, a variety, a city and a region is wanted."""
        yield rows.c.day.between(_FIRST_DAY, _LAST_DAY)
        for name in ("channel", "variety", "city"):
            if value := getattr(self, name):
                yield rows.c[name] == value
        if self.region:
            yield rows.c.city.in_(CITIES_OF_REGION[self.region])
        within = self.scope.condition(rows.c.city, rows.c.region)
        if within is not None:
            yield within
