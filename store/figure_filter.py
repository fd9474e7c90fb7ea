"""Which rows of the figures are asked for: a period, and who and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.advisers import Scope
from store.regions import CITIES_OF_REGION

#: What the figures may be narrowed by.
FIELDS = ("channel", "variety", "city", "region")


@dataclass(frozen=True)
class Asked:
    """A period of whole days of Morocco, both ends in it, and one value of a field where only that is wanted.

    `region` is one of `store.regions`, by the city people told.
    """

    since: date
    until: date
    scope: Scope
    channel: str | None = None
    variety: str | None = None
    city: str | None = None
    region: str | None = None


def condition(asked: Asked) -> tuple[str, Mapping[str, Any]]:
    """The condition on rows of the figures' tables in SQL, with the values of its places."""
    parts, values = ["day between :first and :last"], {"first": asked.since, "last": asked.until}
    given: dict[str, Any] = dict(values)
    for name in FIELDS:
        value = getattr(asked, name)
        if value and name == "region":
            parts.append("city = any(:cities_of_region)")
            given["cities_of_region"] = list(CITIES_OF_REGION[value])
        elif value:
            parts.append(f"{name} = :{name}")
            given[name] = value
    scope = asked.scope
    if not scope.everywhere:
        # As the inbox has it: theirs, and those who told no place.
        theirs = ["city is null" + (" and region is null" if scope.region else "")]
        if scope.cities:
            theirs.append("city = any(:cities)")
            given["cities"] = list(scope.cities)
        if scope.region:
            theirs.append("region = :of_region")
            given["of_region"] = scope.region
        parts.append("(" + " or ".join(f"({each})" for each in theirs) + ")")
    return " and ".join(parts), given
