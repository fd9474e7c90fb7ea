"""The filter of the registrations, as an address and a form write it."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from store.registrations.lists import RegistrationCursor, RegistrationFilter

STATES = ("requested", "confirmed", "waiting", "in_progress", "completed", "cancelled")
_DAYS = ("since", "until")
FIELDS = tuple(asdict(RegistrationFilter()))


def read_filter(given: Callable[[str], str]) -> RegistrationFilter:
    """The filter that parameters say; a day that is none does not narrow."""
    texts: dict[str, Any] = {name: given(name).strip() for name in FIELDS if name not in _DAYS}
    return RegistrationFilter(**texts, since=read_day(given("since")), until=read_day(given("until")))


def written(wanted: RegistrationFilter) -> dict[str, str]:
    """The parameters that say a filter; what does not narrow is left out."""
    return {name: str(value) for name, value in asdict(wanted).items() if value}


def address(path: str, wanted: RegistrationFilter, **more: str) -> str:
    """An address with a filter in it."""
    query_string = urlencode({**written(wanted), **{name: value for name, value in more.items() if value}})
    return f"{path}?{query_string}" if query_string else path


def read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def written_cursor(cursor: RegistrationCursor | None) -> str:
    return "" if cursor is None else f"{cursor.at.timestamp():.6f}_{cursor.registration_id.hex}"


def read_cursor(text: str) -> RegistrationCursor | None:
    seconds, _, hexadecimal = text.partition("_")
    try:
        return RegistrationCursor(datetime.fromtimestamp(float(seconds)).astimezone(), UUID(hexadecimal))
    except (ValueError, OverflowError, OSError):
        return None
