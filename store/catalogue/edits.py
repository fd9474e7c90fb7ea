"""The catalogue as advisers edit it. What they change is theirs: an import leaves those columns as they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.catalogue.columns import (
    AGENCIES,
    COURSES,
    PROVIDERS,
    RUN_COLUMNS,
    Column,
    Unreadable,
    check_dates,
)
from store.catalogue.importing import course_folds, last_day
from store.core.clock import moroccan_day
from store.core.durations import study_hours
from store.core.folding import Fold
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
from store.registrations.registrations import promote
from store.tables import Agency, Course, CourseSession, Provider

#: The columns of each that an adviser sees in a form; ids are given once, and the state has buttons of its own.
COURSE_COLUMNS = tuple(c for c in COURSES if c.name not in (*RUN_COLUMNS, "id", "status"))
PROVIDER_COLUMNS = tuple(c for c in PROVIDERS if c.name != "id")
AGENCY_COLUMNS = tuple(c for c in AGENCIES if c.name != "id")
RUN_FORM = tuple(c for c in COURSES if c.name in RUN_COLUMNS)
_ID = COURSES[0]

#: What a column accepts, where that is a list.
CHOICES: Mapping[str, Sequence[str]] = {
    "topics": TOPICS,
    "occupations": OCCUPATIONS,
    "level": LEVELS,
    "education": EDUCATION,
    "mode": MODES,
    "city": CITIES,
    "cost": COSTS,
    "certificate": YES_NO,
    "needs_computer": YES_NO,
    "works_on_phone": YES_NO,
}

#: What a form sent for a column: one text, or several.
Given = Callable[[Column], str]


@dataclass(frozen=True)
class Fault:
    """A field that cannot be taken: its column, and the kind of fault (a code)."""

    column: str
    code: str


class EditRefused(Exception):
    """What an adviser wrote cannot be kept, and every reason why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.column}: {fault.code}" for fault in faults))


class CatalogueUnknown(LookupError):
    """There is no course, session, provider or agency of this id."""


def edit_course(session: Session, course_id: str, given: Given, fold: Fold, now: datetime) -> tuple[str, ...]:
    """Changes what a course says; the columns that changed. Raises EditRefused, CatalogueUnknown."""
    course = find(session, Course, course_id)
    values = _read(COURSE_COLUMNS, given)
    _check_providers(session, values)
    changed = _put(course, values)
    if changed:
        _follow(session, course, fold, now)
    return changed


def new_course(session: Session, course_id: str, given: Given, fold: Fold, now: datetime) -> Course:
    """Makes a course, closed until it is published. Raises EditRefused."""
    values = _read(COURSE_COLUMNS, given, _new_id(session, Course, course_id))
    _check_providers(session, values)
    course = Course(
        id=course_id, status="closed", title_fold="", text_fold="", made_here=True,
        edited_columns=_filled(values), **values,
    )  # fmt: skip
    session.add(course)
    _follow(session, course, fold, now)
    return course


def set_status(session: Session, course_id: str, status: str, now: datetime) -> bool:
    """Opens a course, closes it, or calls it historic; False where it was so. Raises ValueError, CatalogueUnknown."""
    if status not in COURSE_STATUS:
        raise ValueError(status)
    course = find(session, Course, course_id)
    changed = bool(_put(course, {"status": status}))
    if status == "open" and course.withdrawn_at is not None:
        course.withdrawn_at, course.made_here, changed = None, True, True
    if changed:
        course.updated_at = now
        session.flush()
    return changed


def mark_checked(
    session: Session, table: type[Course | Provider | Agency], row_id: str, now: datetime
) -> None:
    """Notes that somebody saw today that a row is right. Raises CatalogueUnknown."""
    find(session, table, row_id).checked_on = moroccan_day(now)
    session.flush()


def release(session: Session, table: type[Any], row_id: str, column: str) -> bool:
    """Gives a column back to the imports; False where it was theirs. Raises CatalogueUnknown."""
    row = find(session, table, row_id)
    if column not in row.edited_columns:
        return False
    row.edited_columns = [name for name in row.edited_columns if name != column]
    session.flush()
    return True


def put_run(
    session: Session, course_id: str, run_id: str | None, given: Given, now: datetime
) -> tuple[CourseSession, bool]:
    """Changes a session of a course, or makes one (True). Who waits gets the places a higher limit brings.

    Raises EditRefused, CatalogueUnknown.
    """
    course = find(session, Course, course_id)
    values = _read(RUN_FORM, given)
    wrong = check_dates(values)
    if wrong is not None:
        raise EditRefused([Fault(wrong[0], wrong[1].code)])
    run = None if run_id is None else find(session, CourseSession, run_id)
    if run is not None and run.course_id != course_id:
        raise CatalogueUnknown(run_id or "")
    made = run is None
    if run is None:
        run = _new_run(session, course, values)
    else:
        _put(run, values)
    run.open_until = last_day(values, course.mode)
    session.flush()
    if run.capacity is not None:
        promote(session, run.id, now)
    return run, made


def edit_provider(session: Session, provider_id: str, given: Given, fold: Fold) -> tuple[str, ...]:
    """Changes what a provider says; its courses are found by its new name. Raises EditRefused, CatalogueUnknown."""
    provider = find(session, Provider, provider_id)
    values = _read(PROVIDER_COLUMNS, given)
    _check_named(session, "platform_of", values["platform_of"])
    changed = _put(provider, values)
    session.flush()
    if {"name", "name_fr", "name_ar"} & {*changed}:
        theirs = (Course.provider == provider_id) | (Course.platform == provider_id)
        names = _names(session)
        for course in session.scalars(select(Course).where(theirs)):
            _refold(course, names, fold)
        session.flush()
    return changed


def edit_agency(session: Session, agency_id: str, given: Given) -> tuple[str, ...]:
    """Changes what an agency says. Raises EditRefused, CatalogueUnknown."""
    changed = _put(find(session, Agency, agency_id), _read(AGENCY_COLUMNS, given))
    session.flush()
    return changed


def new_provider(session: Session, provider_id: str, given: Given) -> Provider:
    """Makes a provider. Raises EditRefused."""
    values = _read(PROVIDER_COLUMNS, given, _new_id(session, Provider, provider_id))
    _check_named(session, "platform_of", values["platform_of"])
    made = Provider(id=provider_id, made_here=True, edited_columns=_filled(values), **values)
    session.add(made)
    session.flush()
    return made


def new_agency(session: Session, agency_id: str, given: Given) -> Agency:
    """Makes an agency. Raises EditRefused."""
    values = _read(AGENCY_COLUMNS, given, _new_id(session, Agency, agency_id))
    made = Agency(id=agency_id, made_here=True, edited_columns=_filled(values), **values)
    session.add(made)
    session.flush()
    return made


def find(session: Session, table: type[Any], row_id: str) -> Any:
    """The row of an id. Raises CatalogueUnknown."""
    row = session.get(table, row_id)
    if row is None:
        raise CatalogueUnknown(row_id)
    return row


def _read(columns: Sequence[Column], given: Given, before: Sequence[Fault] = ()) -> dict[str, Any]:
    """The values of a form, read as an import reads its cells. Raises EditRefused with every fault."""
    values: dict[str, Any] = {}
    faults = list(before)
    for column in columns:
        try:
            values[column.name] = column.value(given(column))
        except Unreadable as fault:
            faults.append(Fault(column.name, fault.code))
    if faults:
        raise EditRefused(faults)
    return values


def _new_id(session: Session, table: type[Any], row_id: str) -> list[Fault]:
    try:
        _ID.value(row_id)
    except Unreadable as fault:
        return [Fault("id", fault.code)]
    return [] if session.get(table, row_id) is None else [Fault("id", "taken")]


def _check_providers(session: Session, values: Mapping[str, Any]) -> None:
    _check_named(session, "provider", [values["provider"]])
    _check_named(session, "platform", [values["platform"]] if values["platform"] else [])


def _check_named(session: Session, column: str, named: Sequence[str]) -> None:
    if any(session.get(Provider, each) is None for each in named):
        raise EditRefused([Fault(column, "no-provider")])


def _put(row: Any, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Sets what differs, and notes that it is an adviser's now."""
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.edited_columns = list(dict.fromkeys([*row.edited_columns, *changed]))
    return changed


def _filled(values: Mapping[str, Any]) -> list[str]:
    return [name for name, value in values.items() if value not in (None, [])]


def _follow(session: Session, course: Course, fold: Fold, now: datetime) -> None:
    """What follows from what a course says: its hours of study, and what it is found by."""
    course.effort_hours = None if course.duration is None else study_hours(course.duration)
    course.updated_at = now
    _refold(course, _names(session), fold)
    session.flush()


def _refold(course: Course, names: Mapping[str, list[str | None]], fold: Fold) -> None:
    for name, folded in course_folds(course, names, fold).items():
        setattr(course, name, folded)


def _names(session: Session) -> dict[str, list[str | None]]:
    return {row.id: [row.name, row.name_fr, row.name_ar] for row in session.scalars(select(Provider))}


def _new_run(session: Session, course: Course, values: Mapping[str, Any]) -> CourseSession:
    """A session under the id an import would give it, so that the two are one when a file tells of it."""
    run_id = f"{course.id}@{values['starts_on'] or 'any'}"
    if not any(values.values()):
        raise EditRefused([Fault("starts_on", "empty")])
    if session.get(CourseSession, run_id) is not None:
        raise EditRefused([Fault("starts_on", "taken")])
    run = CourseSession(
        id=run_id, course_id=course.id, made_here=True, edited_columns=_filled(values), **values
    )
    session.add(run)
    return run
