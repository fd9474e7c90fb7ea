"""When advisers are there: hours of the service and of agencies, in Moroccan time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from store.core.clock import MOROCCO

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class HoursError(ValueError):
    """The file of hours cannot be read as it is; the text says where."""


@dataclass(frozen=True)
class Week:
    """The spans of each day, Monday first, and days on which nobody is there."""

    days: tuple[tuple[tuple[time, time], ...], ...] = ((),) * 7
    closed_on: frozenset[date] = frozenset()

    def spans(self, day: date) -> tuple[tuple[time, time], ...]:
        return () if day in self.closed_on else self.days[day.weekday()]

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at an aware instant."""
        local = at.astimezone(MOROCCO)
        return any(start <= local.time() < end for start, end in self.spans(local.date()))

    def next_opening(self, at: datetime) -> datetime | None:
        """When somebody is there next; None where that is not within two weeks."""
        local = at.astimezone(MOROCCO)
        for ahead in range(15):
            day = local.date() + timedelta(days=ahead)
            for start, _ in self.spans(day):
                opening = datetime.combine(day, start, MOROCCO)
                if opening > local:
                    return opening
        return None


@dataclass(frozen=True)
class Hours:
    """The hours of the service, and of agencies that have their own."""

    general: Week = field(default_factory=Week)
    agencies: Mapping[str, Week] = field(default_factory=dict)

    def of(self, agency_id: str | None) -> Week:
        return self.agencies.get(agency_id or "", self.general)


def read_hours(path: Path) -> Hours:
    """Reads `{"general": {"monday": [["08:30", "16:30"]], ..., "closed_on": []}, "agencies": {id: {...}}}`.

    Raises HoursError.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        general = _week(content["general"])
        return Hours(general, {agency: _week(week) for agency, week in content.get("agencies", {}).items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HoursError(f"{path}: {error}") from error


def _week(source: Mapping[str, list[list[str]]]) -> Week:
    unknown = set(source) - {*DAYS, "closed_on"}
    if unknown:
        raise ValueError(f"no such day: {', '.join(sorted(unknown))}")
    days = tuple(
        tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in source.get(day, ()))
        for day in DAYS
    )
    closed = frozenset(date.fromisoformat(str(day)) for day in source.get("closed_on", ()))
    return Week(days, closed)


def out_of_hours(hours: Hours, now: datetime) -> dict[str, Any] | None:
    """The arguments of the reply `adviser-out-of-hours` where nobody is there now (`day`, `time` of the next opening);
    None where somebody is, or no hours are known.
    """
    opening = None if hours.general.is_open(now) else hours.general.next_opening(now)
    if opening is None:
        return None
    return {"day": {"$": "date", "value": opening.date().isoformat()}, "time": f"{opening:%H:%M}"}
