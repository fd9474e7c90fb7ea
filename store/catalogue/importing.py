"""The catalogue from files into the database and back: all or nothing, and nothing that people rely on is lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.catalogue.columns import AGENCIES, COURSES, PROVIDERS, RUN_COLUMNS
from store.catalogue.files import (
    FILES,
    Catalogue,
    CatalogueErrors,
    Row,
    RowError,
    read_csv_catalogue,
    write_csv,
)
from store.core.advisory_locks import AdvisoryLock, lock
from store.core.clock import utc_now
from store.core.durations import study_hours
from store.core.folding import Fold, fold_lines
from store.registrations.registrations import promote
from store.tables import Agency, Course, CourseSession, Provider

__all__ = [
    "Catalogue", "CatalogueErrors", "Change", "ImportReport", "RowError", "apply", "course_folds", "export", "is_empty",
    "last_day", "plan", "read_csv_catalogue", "refold",
]  # fmt: skip


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in ids."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What an import does to one row: `added`, `changed` or `withdrawn`; of a change, each column's old and new value.

    `kept`: columns in which an adviser's edit stands against what the file says.
    """

    table: str
    id: str
    what: str
    columns: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def is_empty(session: Session) -> bool:
    """Whether no course was ever imported."""
    return session.scalar(select(Course.id).limit(1)) is None


def apply(session: Session, catalogue: Catalogue, fold: Fold, files: Collection[str] = FILES) -> ImportReport:
    """Makes the database's catalogue that of the files, within the session's transaction.

    What is not in the files is marked withdrawn, never deleted: registrations refer to it. What advisers made here is
    in no file, and stays. Columns that an adviser edited keep their edit. `fold` must be the callable that searches
    will hand in. `files`: those that are given; what the others say is left as it is.
    """
    at = utc_now()
    lock(session, AdvisoryLock.IMPORT)
    wanted = _wanted(session, catalogue, fold, files)
    done = [change for each in wanted for change in _put(session, each, at)]
    changed = {change.id for change in done if change.what == "changed"}
    for each in wanted:
        for run_id, run in each.rows.items():
            # A limit that was raised has places for who waits.
            if each.table is CourseSession and run_id in changed and run["capacity"] is not None:
                promote(session, run_id, at)
    return ImportReport(*(_ids(done, what) for what in ("added", "changed", "withdrawn")))


def plan(session: Session, catalogue: Catalogue, fold: Fold, files: Collection[str] = FILES) -> list[Change]:
    """What `apply` would do, row by row; nothing is changed."""
    return [
        change
        for each in _wanted(session, catalogue, fold, files)
        for change in _compared(each, _present(session, each.table))
    ]


def _ids(done: list[Change], what: str) -> tuple[str, ...]:
    return tuple(change.id for change in done if change.what == what)


@dataclass(frozen=True)
class _Wanted:
    """What a table is to say: rows by id, as the files have them but for the edits of advisers, which are `kept`."""

    table: Any
    rows: dict[str, dict[str, Any]]
    kept: dict[str, tuple[str, ...]]


def _wanted(session: Session, catalogue: Catalogue, fold: Fold, files: Collection[str]) -> list[_Wanted]:
    """What each table is to say, in the order in which they refer to each other."""
    wanted: list[_Wanted] = []
    names = _names(session)
    if "providers.csv" in files:
        providers = _edited(session, Provider, {row["id"]: dict(row) for row in catalogue.providers})
        names |= {key: [row["name"], row["name_fr"], row["name_ar"]] for key, row in providers.rows.items()}
        wanted.append(providers)
    if "courses.csv" in files:
        courses = _edited(session, Course, {row["id"]: dict(row) for row in catalogue.courses})
        given = [run for row in courses.rows.values() if (run := _run_values(row)) is not None]
        runs = _edited(session, CourseSession, {run["id"]: run for run in given})
        for run in runs.rows.values():
            run["open_until"] = last_day(run, courses.rows[run["course_id"]]["mode"])
        values = {key: _course_values(row, names, fold) for key, row in courses.rows.items()}
        wanted += [_Wanted(Course, values, courses.kept), runs]
    if "agencies.csv" in files:
        wanted.append(_edited(session, Agency, {row["id"]: dict(row) for row in catalogue.agencies}))
    return wanted


def _edited(session: Session, table: Any, rows: dict[str, dict[str, Any]]) -> _Wanted:
    """The rows with the edits of advisers in them."""
    kept = {}
    for row_id, row in _present(session, table).items():
        if row_id not in rows:
            continue
        imported = rows[row_id]
        edits = {name: getattr(row, name) for name in row.edited_columns if name in imported}
        # A day on which somebody checked it by hand is not followed by an earlier one.
        checked = getattr(row, "checked_on", None)
        if checked and (imported["checked_on"] is None or imported["checked_on"] < checked):
            edits["checked_on"] = checked
        kept[row_id] = tuple(name for name, value in edits.items() if imported[name] != value)
        imported.update(edits)
    return _Wanted(table, rows, kept)


def _present(session: Session, table: Any) -> dict[str, Any]:
    return {row.id: row for row in session.scalars(select(table))}


def _names(session: Session) -> dict[str, list[str | None]]:
    return {row.id: [row.name, row.name_fr, row.name_ar] for row in session.scalars(select(Provider))}


def refold(session: Session, fold: Fold) -> int:
    """Folds titles and texts anew, for a program whose folding changed; returns how many courses differed."""
    names = _names(session)
    differed = 0
    for course in session.scalars(select(Course)):
        folds = course_folds(course, names, fold)
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


def course_folds(course: Course, names: Mapping[str, list[str | None]], fold: Fold) -> dict[str, str]:
    """What a course is found by, from what it says now; `names` are those of the providers, by id."""
    return _folds({column.name: getattr(course, column.name, None) for column in COURSES}, names, fold)


def _put(session: Session, wanted: _Wanted, at: datetime) -> list[Change]:
    present = _present(session, wanted.table)
    done = _compared(wanted, present)
    for change in done:
        if change.what == "added":
            session.add(wanted.table(**wanted.rows[change.id]))
            continue
        row = present[change.id]
        if change.what == "withdrawn":
            row.withdrawn_at = at
            continue
        for name, (_, value) in change.columns.items():
            setattr(row, name, value)
        if isinstance(row, Course):
            row.updated_at = at
    session.flush()
    return done


def _compared(wanted: _Wanted, present: Mapping[str, Any]) -> list[Change]:
    """How a table differs from what it is to say."""
    found = []
    for row_id, values in wanted.rows.items():
        row = present.get(row_id)
        if row is None:
            found.append(Change(wanted.table.__tablename__, row_id, "added"))
            continue
        new = {**values, "withdrawn_at": None}
        changed = {
            name: (getattr(row, name), value) for name, value in new.items() if getattr(row, name) != value
        }
        if changed:
            kept = wanted.kept.get(row_id, ())
            found.append(Change(wanted.table.__tablename__, row_id, "changed", changed, kept))
    found += [
        Change(wanted.table.__tablename__, row_id, "withdrawn")
        for row_id, row in present.items()
        if row_id not in wanted.rows and row.withdrawn_at is None and not row.made_here
    ]
    return found


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
        "open_until": last_day(row, row["mode"]),
        **{column: row[column] for column in RUN_COLUMNS},
    }


def last_day(run: Row, mode: str | None) -> date | None:
    """The last day to register: the day stated, else the first day of a class, else the end."""
    if run["registration_closes_on"]:
        return run["registration_closes_on"]  # type: ignore[no-any-return]
    return (run["starts_on"] if mode not in (None, "online") else None) or run["ends_on"]  # type: ignore[no-any-return]
