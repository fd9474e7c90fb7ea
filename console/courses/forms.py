"""Forms of the catalogue: a field for each column, read and written as the importer reads and writes its cells."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.web.visit import Visit
from store.catalogue.columns import SEPARATOR, Column, written
from store.catalogue.edits import CHOICES, Fault, Given

#: Columns whose texts are long.
LONG = ("summary_fr", "summary_ar", "prerequisites_fr", "prerequisites_ar", "about_fr", "about_ar")
DAYS = ("checked_on", "starts_on", "ends_on", "registration_closes_on")
#: Which names the values of a column have, where that is not the column's own name.
NAMES = {"topics": "topic", "occupations": "occupation", "needs_computer": "yes-or-no", "works_on_phone": "yes-or-no",
         "certificate": "yes-or-no"}  # fmt: skip


def given(visit: Visit) -> Given:
    """What a form sent for a column, as a cell."""

    def cell(column: Column) -> str:
        if column.many and column.name in CHOICES:
            return SEPARATOR.join(visit.texts(column.name))
        return visit.text(column.name, 4000)

    return cell


def shown(columns: Sequence[Column], row: Any) -> dict[str, str]:
    """What a form shows of a row; nothing of none."""
    return {column.name: written(getattr(row, column.name, None)) for column in columns}


def sent(visit: Visit, columns: Sequence[Column]) -> dict[str, str]:
    """What a form sent, to be shown again."""
    read = given(visit)
    return {column.name: read(column) for column in columns}


def fields(
    visit: Visit,
    columns: Sequence[Column],
    values: Mapping[str, str],
    *,
    row: Any = None,
    faults: Sequence[Fault] = (),
    providers: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """Each field of a form: its name, what is chosen or written, what may be chosen, what is wrong with it."""
    wrong = {fault.column: fault.code for fault in faults}
    edited = getattr(row, "edited_columns", ()) or ()
    return [
        {
            "name": column.name,
            "value": values.get(column.name, ""),
            "chosen": values.get(column.name, "").split(SEPARATOR),
            "choices": _choices(visit, column, providers or {}),
            "many": column.many,
            "kind": _kind(column),
            "required": column.required,
            "edited": column.name in edited,
            "wrong": wrong.get(column.name),
        }
        for column in columns
    ]


def _kind(column: Column) -> str:
    if column.name in DAYS:
        return "date"
    if column.name in LONG:
        return "long"
    return "number" if column.name == "capacity" else "text"


def _choices(visit: Visit, column: Column, providers: Mapping[str, str]) -> list[tuple[str, str]]:
    if column.name in ("provider", "platform"):
        return list(providers.items())
    of = NAMES.get(column.name, column.name)
    return [(value, visit.words.name(of, value)) for value in CHOICES.get(column.name, ())]
