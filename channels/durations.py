"""ISO 8601 durations, as far as courses state them: PT20H, PT1H30M, P3D, P2W, P6M, P1Y, ranges P3M/P6M."""

import re
from dataclasses import dataclass

UNITS = ("year", "month", "week", "day", "hour", "minute")
_ISO = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?)?"
)


@dataclass(frozen=True)
class Amount:
    """So many of one unit of UNITS."""

    count: int
    unit: str


def parse_duration(text: str) -> tuple[tuple[Amount, ...], ...]:
    """The amounts of a duration, or of both ends of a range. Raises ValueError for anything else."""
    return tuple(_amounts(end) for end in text.split("/", 1))


def _amounts(text: str) -> tuple[Amount, ...]:
    match = _ISO.fullmatch(text)
    amounts = tuple(Amount(int(match[u]), u) for u in UNITS if match[u]) if match else ()
    if not amounts:
        raise ValueError("not an ISO 8601 duration")
    return amounts
