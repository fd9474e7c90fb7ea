"""Plots as shapes on a plane, mirrored where one reads from the right; the template draws them as SVG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.figures.tables import Kind, Table, Value

WIDTH = 480
_LABEL = 170
_NUMBER = 74
_ROW = 26
_MANY_BARS = 12
_LONGEST_LABEL = 24
_HEIGHT = 190
_FOOT = 24
_HEAD = 12

Say = Callable[[Value, Kind], str]


@dataclass(frozen=True)
class Bar:
    """A bar with its label at `label_x` and its number at `number_x`; `y` is the top of its row."""

    label: str
    number: str
    link: str | None
    x: float
    y: float
    width: float
    label_x: float
    number_x: float


@dataclass(frozen=True)
class Line:
    """A line through the values of a column, as SVG points; `highest` is said where the scale ends."""

    key: str
    points: str


@dataclass(frozen=True)
class Plot:
    """What is drawn: bars, or lines with the first and last label below and the scale at the side."""

    height: float
    column: str = ""
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    highest: str = ""
    first: str = ""
    last: str = ""


def plot(table: Table, say: Say, mirrored: bool) -> Plot | None:
    """The plot of a table; None where there is none to draw."""
    if table.chart == "none" or table.empty:
        return None
    return _lines(table, say, mirrored) if table.chart == "lines" else _bars(table, say, mirrored)


def drawn_column(table: Table) -> int:
    """The column of the bars: the first that has something, where the one to be drawn has nothing."""
    full = [n for n in range(len(table.columns)) if any(row.values[n] for row in table.rows[:_MANY_BARS])]
    return table.drawn[0] if table.drawn[0] in full or not full else full[0]


def _bars(table: Table, say: Say, mirrored: bool) -> Plot:
    shown = table.rows[:_MANY_BARS]
    column = drawn_column(table)
    highest = max((float(row.values[column] or 0) for row in shown), default=0) or 1
    room = WIDTH - _LABEL - _NUMBER
    bars = []
    for index, row in enumerate(shown):
        width = room * float(row.values[column] or 0) / highest
        ends = _LABEL + width
        bars.append(
            Bar(
                label=_short(row.label),
                number=say(row.values[column], table.columns[column].kind),
                link=row.link,
                x=round(WIDTH - ends if mirrored else _LABEL, 1),
                y=index * _ROW,
                width=round(max(width, 1.5), 1),
                label_x=WIDTH - _LABEL + 8 if mirrored else _LABEL - 8,
                number_x=round(WIDTH - ends - 6 if mirrored else ends + 6, 1),
            )
        )
    return Plot(height=len(bars) * _ROW, column=table.columns[column].key, bars=tuple(bars))


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _lines(table: Table, say: Say, mirrored: bool) -> Plot:
    highest = max(float(row.values[column] or 0) for row in table.rows for column in table.drawn) or 1
    drawn = tuple(
        Line(
            table.columns[column].key, _points([row.values[column] for row in table.rows], highest, mirrored)
        )
        for column in table.drawn
    )
    kind = table.columns[table.drawn[0]].kind
    return Plot(
        height=_HEAD + _HEIGHT + _FOOT, lines=drawn, highest=say(highest, kind),
        first=table.rows[0].label, last=table.rows[-1].label,
    )  # fmt: skip


def _points(values: Sequence[Value], highest: float, mirrored: bool) -> str:
    if len(values) == 1:
        values = [*values, *values]  # one day is a level line: a point alone would not be seen
    apart = WIDTH / (len(values) - 1)
    points = []
    for number, value in enumerate(values):
        x = number * apart
        y = _HEAD + _HEIGHT * (1 - float(value or 0) / highest)
        points.append(f"{WIDTH - x if mirrored else x:.1f},{y:.1f}")
    return " ".join(points)
