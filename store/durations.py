"""How long a course takes: ISO 8601 durations, and what they come to in hours of study, to compare them."""

import re

_ISO = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?"
)
#: Hours of study in each unit. Platforms announce weeks and months at about five hours a week, days as full ones.
_HOURS = {"years": 260.0, "months": 65.0 / 3, "weeks": 5.0, "days": 6.0, "hours": 1.0, "minutes": 1.0 / 60}

#: A short course is one of a few evenings, a long one fills weeks.
SHORT_HOURS = 20.0
LONG_HOURS = 40.0


def study_hours(duration: str) -> float:
    """Hours of study in `PT20H` or `P3M`, or in the middle of a range `P3M/P6M`. Raises ValueError for other text."""
    parts = duration.split("/")
    if len(parts) > 2:
        raise ValueError(f"{duration!r} is not a duration")
    hours = [_hours(part) for part in parts]
    if sorted(hours) != hours:
        raise ValueError(f"{duration!r} begins with its longer end")
    return sum(hours) / len(hours)


def _hours(duration: str) -> float:
    found = _ISO.fullmatch(duration)
    units = (
        {} if found is None else {name: int(number) for name, number in found.groupdict().items() if number}
    )
    if not any(units.values()):
        raise ValueError(f"{duration!r} is not a duration")
    return sum(_HOURS[name] * number for name, number in units.items())
