"""How long a course takes: ISO 8601 durations as they were stated, and what they come to in hours of study.

The units as stated are what counts: `P2W` is read out as two weeks, and is ten hours of study, not fourteen days. A
library that makes time spans of them (isodate) would lose that.
"""

import re
from dataclasses import dataclass

_ISO = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?)?"
)
#: Hours of study in each unit. Platforms announce weeks and months at about five hours a week, days as full ones.
_HOURS = {"year": 260.0, "month": 65.0 / 3, "week": 5.0, "day": 6.0, "hour": 1.0, "minute": 1.0 / 60}

#: A short course is one of a few evenings, a long one fills weeks.
SHORT_HOURS = 20.0
LONG_HOURS = 40.0


@dataclass(frozen=True)
class Amount:
    """So many of one unit: year, month, week, day, hour or minute."""

    count: int
    unit: str


def parse_duration(text: str) -> tuple[tuple[Amount, ...], ...]:
    """The amounts of a duration, the largest unit first, or of both ends of a range `P3M/P6M`. Raises ValueError for
    other text.
    """
    return tuple(_amounts(end) for end in text.split("/", 1))


def study_hours(duration: str) -> float:
    """Hours of study in `PT20H` or `P3M`, or in the middle of a range `P3M/P6M`. Raises ValueError for other text."""
    try:
        ends = parse_duration(duration)
    except ValueError:
        raise ValueError(f"{duration!r} is not a duration") from None
    hours = [sum(_HOURS[each.unit] * each.count for each in end) for end in ends]
    if not all(hours):
        raise ValueError(f"{duration!r} is not a duration")
    if sorted(hours) != hours:
        raise ValueError(f"{duration!r} begins with its longer end")
    return sum(hours) / len(hours)


def _amounts(text: str) -> tuple[Amount, ...]:
    found = _ISO.fullmatch(text)
    stated = found.groupdict() if found else {}
    amounts = tuple(Amount(int(count), unit) for unit, count in stated.items() if count)
    if not amounts:
        raise ValueError("not an ISO 8601 duration")
    return amounts
