"""Tables as files for a spreadsheet: CSV that Excel reads as UTF-8, and XLSX; no formula in them."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

from store.core.clock import MOROCCO

BOM = "\ufeff"
#: How a cell begins that a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What one cell of a sheet holds at most.
_CELL = 32_767


def harmless(value: str) -> str:
    """A text that no spreadsheet takes for a formula; spaces before one do not hide it."""
    return f"'{value}" if value.startswith(FORMULA) or value.lstrip().startswith(FORMULA) else value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as CSV: UTF-8 with a mark by which Excel knows it, lines ended as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(_cell_text(value)) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def as_xlsx(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, right_to_left: bool
) -> bytes:
    """The rows as a sheet of a workbook, texts as texts, days as days."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    sheet.append([harmless(name) for name in header])
    for row in rows:
        sheet.append([_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(MOROCCO):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(MOROCCO).replace(tzinfo=None)
    if value is None or isinstance(value, date | int | float):
        return value
    return harmless("".join(character for character in str(value) if _storable(character)))[:_CELL]


def _storable(character: str) -> bool:
    return character >= " " or character in "\n\t"
