"""The figures as tables: each has a name in words, columns of a kind, rows that lead to the list behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["count", "share", "rate", "money", "seconds"]
Chart = Literal["bars", "lines", "none"]
Value = float | int | Decimal | None


@dataclass(frozen=True)
class Column:
    """A column: a key of words (`figures-column-<key>`), and what its numbers are."""

    key: str
    kind: Kind = "count"


@dataclass(frozen=True)
class TableRow:
    """A row. `label` is said as it is, `link` opens the list of what it counts."""

    label: str
    values: tuple[Value, ...]
    link: str | None = None


@dataclass(frozen=True)
class Table:
    """A table: `figures-<key>` is its title, `figures-<key>-about` what it counts. `drawn`: the columns of the plot."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    chart: Chart = "bars"
    drawn: tuple[int, ...] = (0,)

    @property
    def empty(self) -> bool:
        return not any(value for row in self.rows for value in row.values)


def share(part: float, whole: float) -> float | None:
    """A part of a whole, 0 to 1; None of nothing."""
    return part / whole if whole else None


def ranked(counts: Mapping[str, int], most: int) -> Sequence[tuple[str, int]]:
    """The most frequent values of a count, in order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
