"""Whose people an adviser sees: one rule, asked of the database and of a single person alike."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from store.advisers.roles import SEE_EVERYBODY
from store.tables import Adviser, Person


@dataclass(frozen=True)
class AccessScope:
    """Those of these cities or of this region, and those who named no city. Empty: everybody."""

    cities: tuple[str, ...] = ()
    region: str | None = None

    @property
    def everywhere(self) -> bool:
        return not self.cities and not self.region

    def includes(self, city: str | None, region: str | None) -> bool:
        """Whether a person of this city and region is among them."""
        if self.everywhere or city in self.cities or (self.region is not None and region == self.region):
            return True
        return city is None and (region is None or self.region is None)

    def condition(
        self, city: ColumnElement[Any] | Any = Person.city, region: ColumnElement[Any] | Any = Person.region
    ) -> ColumnElement[bool] | None:
        """The same of columns; None for everywhere."""
        if self.everywhere:
            return None
        without = and_(city.is_(None), region.is_(None) if self.region else true())
        theirs = [city == each for each in self.cities]
        by_region = [region == self.region] if self.region else []
        return or_(without, *theirs, *by_region)


def access_scope_of(adviser: Adviser) -> AccessScope:
    """Whose people the adviser sees."""
    if adviser.role in SEE_EVERYBODY:
        return AccessScope()
    return AccessScope(tuple(adviser.cities), adviser.region)
