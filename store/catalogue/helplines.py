"""Numbers that help somebody in danger, each with where it was found and when it was last checked: a number that is no
longer answered is worse than none.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

COLUMNS = ("number", "service", "place", "group", "source", "checked", "note")
#: Where a number is answered, and for whom it is; empty for everywhere and everybody.
AREAS = ("", "town", "country")
GROUPS = ("", "women", "children")

_NUMBER = re.compile(r"[0-9]{2,10}", re.ASCII)
_SERVICE = re.compile(r"[a-z][a-z_]*", re.ASCII)
_SOURCE = re.compile(r"https?://\S+( https?://\S+)*")


@dataclass(frozen=True)
class Helpline:
    """A number to call. `service` is a code; `source` one or more addresses, parted by spaces."""

    number: str
    service: str
    area: str
    group: str
    source: str
    checked: date
    note: str


class HelplinesError(ValueError):
    """The file cannot be used; every fault with its row and its mend, a line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def read_helplines(path: Path) -> tuple[Helpline, ...]:
    """The numbers of `data/places/helplines.csv`, in its order. Raises HelplinesError, with all there is to mend."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise HelplinesError(
            [f"{path}: cannot be read ({type(error).__name__}); restore the file"]
        ) from error
    reader = csv.reader(lines)
    if tuple(next(reader, ())) != COLUMNS:
        raise HelplinesError([f"{path.name}, row 1: write the columns {','.join(COLUMNS)}"])
    rows = [(number, cells) for number, cells in enumerate(reader, start=2) if cells]
    faults = [f"{path.name}, row {number}: {fault}" for number, fault in _faults(rows)]
    if faults:
        raise HelplinesError(faults)
    if not rows:
        raise HelplinesError([f"{path.name}: it has no number; add a row for each"])
    return tuple(_helpline(cells) for _, cells in rows)


def _helpline(cells: Sequence[str]) -> Helpline:
    number, service, area, group, source, checked, note = cells
    return Helpline(number, service, area, group, source, date.fromisoformat(checked), note)


def _faults(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, str]]:
    known: dict[str, int] = {}
    for row, cells in rows:
        if len(cells) != len(COLUMNS):
            yield row, f"has {len(cells)} cells; write {len(COLUMNS)}, and quote a cell that has a comma"
            continue
        for fault in _faults_in(cells):
            yield row, fault
        first = known.setdefault(cells[0], row)
        if first != row:
            yield row, f"number {cells[0]} stands in row {first} too; keep one of them"


def _faults_in(cells: Sequence[str]) -> Iterator[str]:
    number, service, area, group, source, checked, _ = cells
    if _NUMBER.fullmatch(number) is None:
        yield f"number {number!r} is not dialled; write 2 to 10 digits"
    if _SERVICE.fullmatch(service) is None:
        yield f"service {service!r} is no code; write small letters, such as police"
    if area not in AREAS:
        yield f"place {area!r} is not known; write {' or '.join(filter(None, AREAS))}, or leave it empty"
    if group not in GROUPS:
        yield f"group {group!r} is not known; write {' or '.join(filter(None, GROUPS))}, or leave it empty"
    if _SOURCE.fullmatch(source) is None:
        yield f"source {source!r} is no address; write where the number was found, beginning with https://"
    if not _is_day(checked):
        yield f"checked {checked!r} is no day; write when it was verified, as 2026-11-24"


def _is_day(written: str) -> bool:
    try:
        # Other forms of ISO 8601 are read too: one form is enough.
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
