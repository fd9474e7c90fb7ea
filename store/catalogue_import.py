"""The catalogue from files into the database and back: all or nothing, and nothing that people rely on is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from store.catalogue_columns import AGENCIES, COURSES, PROVIDERS, RUN_COLUMNS
from store.catalogue_files import Catalogue, CatalogueErrors, Row, RowError, read_csv_catalogue, write_csv
from store.clock import utc_now
from store.durations import study_hours
from store.folding import Fold, fold_lines
from store.registrations import promote
from store.tables import Agency, Course, CourseSession, Provider

__all__ = [
    "Catalogue", "CatalogueErrors", "ImportReport", "RowError", "apply", "export", "is_empty", "read_csv_catalogue",
    "refold",
]  # fmt: skip

_IMPORT_LOCK = 7_245_019_367


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in ids."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]


def is_empty(session: Session) -> bool:
    """Whether no course was ever imported."""
    return session.scalar(select(Course.id).limit(1)) is None


def apply(session: Session, catalogue: Catalogue, fold: Fold) -> ImportReport:
    """Makes the database's catalogue that of the files, within the session's transaction.

    What is not in the files is marked withdrawn, never deleted: registrations refer to it. Columns that an adviser
    edited keep their edit. `fold` must be the callable that searches will hand in.
    """
    at = utc_now()
    # One import at a time; released with the transaction.
    session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _IMPORT_LOCK})
    done = _Changes([], [], [])
    _put(session, Provider, {row["id"]: dict(row) for row in catalogue.providers}, at, done)
    names = {row["id"]: [row["name"], row["name_fr"], row["name_ar"]] for row in catalogue.providers}
    courses = {row["id"]: _course_values(row, names, fold) for row in catalogue.courses}
    _put(session, Course, courses, at, done)
    runs = {run["id"]: run for row in catalogue.courses if (run := _run_values(row)) is not None}
    _put(session, CourseSession, runs, at, done)
    _put(session, Agency, {row["id"]: dict(row) for row in catalogue.agencies}, at, done)
    for run_id, run in runs.items():
        # A limit that was raised has places for who waits.
        if run_id in done.changed and run["capacity"] is not None:
            promote(session, run_id, at)
    return ImportReport(tuple(done.added), tuple(done.changed), tuple(done.withdrawn))


def refold(session: Session, fold: Fold) -> int:
    """Folds titles and texts anew, for a program whose folding changed; returns how many courses differed."""
    names = {row.id: [row.name, row.name_fr, row.name_ar] for row in session.scalars(select(Provider))}
    differed = 0
    for course in session.scalars(select(Course)):
        row = {
            column.name: getattr(course, column.name) for column in COURSES if column.name not in RUN_COLUMNS
        }
        folds = _folds(row, names, fold)
        if (course.title_fold, course.text_fold) != (folds["title_fold"], folds["text_fold"]):
            course.title_fold, course.text_fold = folds["title_fold"], folds["text_fold"]
            differed += 1
    session.flush()
    return differed


def export(session: Session, folder: Path) -> None:
    """Writes the catalogue as files that `read_csv_catalogue` reads back to the same. Withdrawn rows are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    runs: dict[str, CourseSession] = {
        run.course_id: run for run in session.scalars(_kept(CourseSession).order_by(CourseSession.id.desc()))
    }
    rows = []
    for course in session.scalars(_kept(Course)):
        run = runs.get(course.id)
        sources = {column.name: run if column.name in RUN_COLUMNS else course for column in COURSES}
        rows.append({name: getattr(source, name, None) for name, source in sources.items()})
    write_csv(folder / "courses.csv", COURSES, rows)
    for file, columns, table in (("providers.csv", PROVIDERS, Provider), ("agencies.csv", AGENCIES, Agency)):
        kept = session.scalars(_kept(table))
        write_csv(
            folder / file,
            columns,
            [{column.name: getattr(row, column.name) for column in columns} for row in kept],
        )


def _kept(table: Any) -> Any:
    return select(table).where(table.withdrawn_at.is_(None)).order_by(table.id)


@dataclass
class _Changes:
    added: list[str]
    changed: list[str]
    withdrawn: list[str]


def _put(
    session: Session, table: Any, rows: Mapping[str, dict[str, Any]], at: datetime, done: _Changes
) -> None:
    present = {row.id: row for row in session.scalars(select(table))}
    for row_id, values in rows.items():
        row = present.get(row_id)
        if row is None:
            session.add(table(**values))
            done.added.append(row_id)
            continue
        edited = set(getattr(row, "edited_columns", ()))
        new = {**{name: value for name, value in values.items() if name not in edited}, "withdrawn_at": None}
        if any(getattr(row, name) != value for name, value in new.items()):
            for name, value in new.items():
                setattr(row, name, value)
            if isinstance(row, Course):
                row.updated_at = at
            done.changed.append(row_id)
    for row_id, row in present.items():
        if row_id not in rows and row.withdrawn_at is None:
            row.withdrawn_at = at
            done.withdrawn.append(row_id)
    session.flush()


def _course_values(row: Row, names: Mapping[str, list[str | None]], fold: Fold) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name not in RUN_COLUMNS}
    hours = None if row["duration"] is None else study_hours(row["duration"])
    return {**values, "effort_hours": hours, **_folds(row, names, fold)}


def _folds(row: Row, names: Mapping[str, list[str | None]], fold: Fold) -> dict[str, str]:
    titles = [row["title"], row["title_fr"], row["title_ar"]]
    texts = [*titles, row["summary_fr"], row["summary_ar"], row["certificate_name"]]
    for provider in {row["provider"]: None, row["platform"]: None}:
        texts += names.get(provider, [])
    return {"title_fold": fold_lines(titles, fold), "text_fold": fold_lines(texts, fold)}


def _run_values(row: Row) -> dict[str, Any] | None:
    """The course's one announced run; None for a course that is taken at any time."""
    if not any(row[column] for column in RUN_COLUMNS):
        return None
    starts_on: date | None = row["starts_on"]
    return {
        # Another start is another run: who registered for the first one keeps it.
        "id": f"{row['id']}@{starts_on or 'any'}",
        "course_id": row["id"],
        "open_until": _open_until(row),
        **{column: row[column] for column in RUN_COLUMNS},
    }


def _open_until(row: Row) -> date | None:
    """The last day to register: the day stated, else the first day of a class, else the end."""
    if row["registration_closes_on"]:
        return row["registration_closes_on"]  # type: ignore[no-any-return]
    return (row["starts_on"] if row["mode"] not in (None, "online") else None) or row["ends_on"]  # type: ignore[no-any-return]
