"""Numbers as a page says them and as a file holds them."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal

from babel.numbers import format_decimal, format_percent

from console.figures.tables import Kind, Table, Value
from console.web.words import Words
from store.core.spreadsheets import harmless

#: Arabic as Morocco writes it has the digits of French.
_LOCALES = {"fr": "fr", "ar": "ar_MA"}


def number_in(words: Words) -> Callable[[Value, Kind], str]:
    """How a language says the number of a column."""
    locale = _LOCALES[words.language]

    def say(value: Value, kind: Kind) -> str:
        if value is None:
            return "—"
        match kind:
            case "share":
                return format_percent(value, "0.#%" if 0 < value < 0.1 else "0%", locale=locale)
            case "money":
                return words.say("figures-dirhams", amount=format_decimal(value, "#,##0.00", locale=locale))
            case "rate":
                return format_decimal(value, "#,##0.0", locale=locale)
            case "seconds":
                return _span(float(value), words, locale)
        return format_decimal(value, "#,##0", locale=locale)

    return say


def _span(seconds: float, words: Words, locale: str) -> str:
    if seconds < 60:
        amount = format_decimal(seconds, "0.0" if seconds < 10 else "0", locale=locale)
        return words.say("figures-seconds", amount=amount)
    minutes = round(seconds / 60)
    if minutes < 60:
        return words.say("span-minutes", count=minutes)
    return words.say("span-left", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def as_csv(table: Table, words: Words) -> bytes:
    """A table as a file for spreadsheets: UTF-8 with its mark, numbers as they are, words that are no formulas."""
    written = io.StringIO()
    writer = csv.writer(written)
    heads = [words.say(f"figures-column-{column.key}") for column in table.columns]
    writer.writerow([harmless(words.say(f"figures-{table.key}")), *map(harmless, heads)])
    for row in table.rows:
        writer.writerow([harmless(row.label), *map(_number, row.values)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _number(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}"
    return str(value) if isinstance(value, int) else f"{Decimal(value):.2f}"
