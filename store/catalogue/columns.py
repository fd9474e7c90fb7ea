"""The columns of the catalogue's files, in order: how each is read, and what it accepts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.core.durations import study_hours
from store.core.spreadsheets import FORMULA
from store.core.vocabulary import (
    CITIES,
    COSTS,
    COURSE_STATUS,
    EDUCATION,
    LEVELS,
    MODES,
    OCCUPATIONS,
    TOPICS,
    YES_NO,
)

SEPARATOR = ";"


class Unreadable(Exception):
    """A cell that cannot be taken: what is wrong with it, what would be right, and the kind of fault (a code)."""

    def __init__(self, problem: str, accepted: str, code: str = "pattern") -> None:
        self.problem = problem
        self.accepted = accepted
        self.code = code
        super().__init__(problem)


@dataclass(frozen=True)
class Column:
    """One column: how a cell that is not empty is read, and whether it may be empty."""

    name: str
    read: Callable[[str], Any]
    required: bool = False
    many: bool = False
    optional_column: bool = False

    def value(self, cell: str) -> Any:
        """The cell's value; None, or an empty list, for an empty one. Raises Unreadable."""
        text = cell.strip()
        if not text:
            if self.required:
                raise Unreadable("is empty", "something: this column must be filled", "empty")
            return [] if self.many else None
        if not self.many:
            return self.read(text)
        parts = [part.strip() for part in text.split(SEPARATOR)]
        return list(dict.fromkeys(self.read(part) for part in parts if part))


def written(value: Any) -> str:
    """A value as the files have it: the reverse of `Column.value`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return SEPARATOR.join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def _pattern(pattern: str, accepted: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def read(cell: str) -> str:
        if compiled.fullmatch(cell) is None:
            raise Unreadable(f"{cell!r} is not that", accepted)
        return cell

    return read


def _one_of(*values: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in values:
            raise Unreadable(f"{cell!r} is not known", ", ".join(values), "unknown")
        return cell

    return read


def _yes_no(cell: str) -> bool:
    return _one_of(*YES_NO)(cell) == "yes"


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise Unreadable(f"{cell!r} is not a date", "year-month-day, such as 2026-12-01", "date") from None


def _capacity(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell) < 1_000_000):
        raise Unreadable(f"{cell!r} is not a number of places", "a whole number above 0", "number")
    return int(cell)


def _duration(cell: str) -> str:
    try:
        study_hours(cell)
    except ValueError as error:
        accepted = "ISO 8601, such as PT20H or P3M, or a range, such as P3M/P6M"
        raise Unreadable(str(error), accepted, "duration") from None
    return cell


_id = _pattern(
    r"[a-z0-9]+(?:[_-][a-z0-9]+)*", "small letters and digits, parted by - or _, such as google-ai"
)
_url = _pattern(r"https?://[^\s<>\"]+", "an address that begins with https:// or http://")
_language = _pattern(r"[a-z]{2}|ary", "a language by its ISO 639-1 code, such as fr, or ary")

PROVIDERS = (
    Column("id", _id, required=True),
    Column("name", _text, required=True),
    Column("name_fr", _text),
    Column("name_ar", _text),
    Column("about_fr", _text),
    Column("about_ar", _text),
    Column("platform_of", _id, many=True, optional_column=True),
    Column("url", _url),
    Column("source", _text),
    Column("checked_on", _date),
)

COURSES = (
    Column("id", _id, required=True),
    Column("title", _text, required=True),
    Column("title_language", _language, required=True),
    Column("title_fr", _text),
    Column("title_ar", _text),
    Column("summary_fr", _text),
    Column("summary_ar", _text),
    Column("provider", _id, required=True),
    Column("platform", _id, optional_column=True),
    Column("topics", _one_of(*TOPICS), required=True, many=True),
    Column("occupations", _one_of(*OCCUPATIONS), many=True),
    Column("level", _one_of(*LEVELS)),
    Column("prerequisites_fr", _text),
    Column("prerequisites_ar", _text),
    Column("education", _one_of(*EDUCATION)),
    Column("duration", _duration),
    Column("teaching_languages", _language, many=True),
    Column("mode", _one_of(*MODES)),
    Column("city", _one_of(*CITIES)),
    Column("cost", _one_of(*COSTS)),
    Column("certificate", _one_of(*YES_NO)),
    Column("certificate_name", _text),
    Column("needs_computer", _yes_no),
    Column("works_on_phone", _yes_no),
    Column("starts_on", _date),
    Column("ends_on", _date),
    Column("registration_closes_on", _date),
    Column("capacity", _capacity),
    Column("url", _url),
    Column("source", _text, required=True),
    Column("checked_on", _date),
    Column("status", _one_of(*COURSE_STATUS), required=True),
)

AGENCIES = (
    Column("id", _id, required=True),
    Column("name_fr", _text),
    Column("name_ar", _text),
    Column("city", _one_of(*CITIES)),
    Column("address_fr", _text),
    Column("address_ar", _text),
    Column("phone", _text),
    Column("hours_fr", _text),
    Column("hours_ar", _text),
    Column("url", _url),
    Column("source", _text, required=True),
    Column("checked_on", _date),
)

#: Columns of a course that belong to its one announced run.
RUN_COLUMNS = ("starts_on", "ends_on", "registration_closes_on", "capacity")


def check_dates(row: Mapping[str, Any]) -> tuple[str, Unreadable] | None:
    """The column and what is wrong where a course's dates contradict each other."""
    if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
        problem = f"{row['ends_on']} is before the start"
        return "ends_on", Unreadable(problem, f"{row['starts_on']} or later", "ends-before-start")
    if row["ends_on"] and row["registration_closes_on"] and row["registration_closes_on"] > row["ends_on"]:
        problem = f"{row['registration_closes_on']} is after the end"
        accepted = f"{row['ends_on']} or earlier"
        return "registration_closes_on", Unreadable(problem, accepted, "closes-after-end")
    return None
