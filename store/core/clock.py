"""Time: instants are UTC and aware; days are those of Morocco, where courses open and close."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

MOROCCO = ZoneInfo("Africa/Casablanca")


def utc_now() -> datetime:
    return datetime.now(UTC)


def moroccan_day(instant: datetime) -> date:
    """The calendar day in Morocco at an aware instant. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(MOROCCO).date()
