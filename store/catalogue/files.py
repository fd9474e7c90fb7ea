"""The catalogue's CSV files: read with every fault found at once, and written."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.catalogue.columns import AGENCIES, COURSES, PROVIDERS, Column, Unreadable, check_dates, written

Row = Mapping[str, Any]
FILES: dict[str, tuple[Column, ...]] = {
    "providers.csv": PROVIDERS,
    "courses.csv": COURSES,
    "agencies.csv": AGENCIES,
}


@dataclass(frozen=True)
class RowError:
    """One fault: where (`line` 1 is the header, 0 the whole file), what is wrong, and what is accepted."""

    file: str
    line: int
    column: str
    problem: str
    accepted: str
    code: str = "pattern"

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.column}: {self.problem}; accepted: {self.accepted}"


class CatalogueErrors(Exception):
    """The files cannot be imported; every fault of every row, in order."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, errors)))


@dataclass(frozen=True)
class Catalogue:
    """The rows of the files, read and checked: each a mapping from column to value."""

    providers: tuple[Row, ...]
    courses: tuple[Row, ...]
    agencies: tuple[Row, ...]


def read_csv_catalogue(folder: Path) -> Catalogue:
    """The catalogue in a folder's `providers.csv`, `courses.csv` and `agencies.csv`.

    Raises CatalogueErrors, with all there is to mend.
    """
    errors: list[RowError] = []
    read = {name: _read(folder / name, columns, errors) for name, columns in FILES.items()}
    errors.extend(_check_providers(read))
    if errors:
        order = list(FILES)
        raise CatalogueErrors(sorted(errors, key=lambda error: (order.index(error.file), error.line)))
    rows = {name: tuple(row for _, row in numbered) for name, numbered in read.items()}
    return Catalogue(rows["providers.csv"], rows["courses.csv"], rows["agencies.csv"])


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Writes one file, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        writer.writerows([written(row[column.name]) for column in columns] for row in rows)
    fresh.replace(path)


def _read(path: Path, columns: tuple[Column, ...], errors: list[RowError]) -> list[tuple[int, Row]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        errors.append(RowError(path.name, 0, "-", "there is no such file", f"a file {path}", "no-file"))
        return []
    except UnicodeDecodeError as error:
        errors.append(
            RowError(
                path.name, 0, "-", f"is not UTF-8 at byte {error.start}", "text saved as UTF-8", "not-utf8"
            )
        )
        return []
    lines = _numbered(text)
    _, header = next(lines, (1, []))
    if not _check_header(path.name, header, columns, errors):
        return []
    rows = []
    seen: dict[str, int] = {}
    for line, cells in lines:
        row = _row(path.name, line, header, cells, columns, errors)
        if row is None:
            continue
        first = seen.setdefault(row["id"], line)
        if first != line:
            errors.append(
                RowError(
                    path.name,
                    line,
                    "id",
                    f"{row['id']!r} is on line {first} too",
                    "an id of its own",
                    "same-id",
                )
            )
        rows.append((line, row))
    return rows


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the line each begins on."""
    reader = csv.reader(text.splitlines(keepends=True))
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _check_header(file: str, header: list[str], columns: tuple[Column, ...], errors: list[RowError]) -> bool:
    known = [column.name for column in columns]
    accepted = ",".join(known)
    wrong = [
        RowError(file, 1, name or "-", "is no column of this file", accepted, "no-column")
        for name in header
        if name not in known
    ]
    wrong += [
        RowError(file, 1, name, "is there twice", accepted, "column-twice")
        for name in {*header}
        if header.count(name) > 1
    ]
    wrong += [
        RowError(file, 1, column.name, "is missing", accepted, "column-missing")
        for column in columns
        if column.name not in header and not column.optional_column
    ]
    errors.extend(wrong)
    return not wrong


def _row(
    file: str,
    line: int,
    header: list[str],
    cells: list[str],
    columns: tuple[Column, ...],
    errors: list[RowError],
) -> Row | None:
    """The row's values; None where it has a fault."""
    if len(cells) != len(header):
        problem = f"has {len(cells)} cells"
        errors.append(
            RowError(file, line, "-", problem, f"{len(header)}: quote a cell that has a comma in it", "cells")
        )
        return None
    given = dict(zip(header, cells, strict=True))
    row: dict[str, Any] = {}
    faults = []
    for column in columns:
        try:
            row[column.name] = column.value(given.get(column.name, ""))
        except Unreadable as fault:
            faults.append(RowError(file, line, column.name, fault.problem, fault.accepted, fault.code))
    if not faults and columns is COURSES and (found := check_dates(row)) is not None:
        faults.append(RowError(file, line, found[0], found[1].problem, found[1].accepted, found[1].code))
    errors.extend(faults)
    return None if faults else row


def _check_providers(read: Mapping[str, list[tuple[int, Row]]]) -> Iterator[RowError]:
    """Faults of rows that name a provider which providers.csv does not have."""
    known = {row["id"] for _, row in read["providers.csv"]}
    if not known:
        return
    accepted = f"an id of providers.csv: {', '.join(sorted(known))}"
    for file, column in (
        ("courses.csv", "provider"),
        ("courses.csv", "platform"),
        ("providers.csv", "platform_of"),
    ):
        for line, row in read[file]:
            named = row[column] if isinstance(row[column], list) else [row[column]]
            for name in named:
                if name is not None and name not in known:
                    yield RowError(
                        file, line, column, f"there is no provider {name!r}", accepted, "no-provider"
                    )
