"""How the options under a message appear: as buttons, as rows of a list, or as numbers in the text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from channels.bidi import FSI, PDI, direction_of, isolate
from channels.contract import Capabilities, Option

Kind = Literal["text", "buttons", "list", "numbers"]


@dataclass(frozen=True)
class Layout:
    """A message as a channel shows it. `descriptions` go under the rows of a list, one for each, empty
    where the title is whole.
    """

    kind: Kind
    text: str
    options: tuple[Option, ...]
    descriptions: tuple[str, ...] = ()


def lay_out(text: str, options: Sequence[Option], capabilities: Capabilities) -> Layout:
    """The message as this channel can carry it; nothing is lost: what fits no button becomes a row, or a
    number.
    """
    if not options:
        return Layout("text", text, ())
    longest = max(len(option.title) for option in options)
    if len(options) <= capabilities.max_buttons and longest <= capabilities.button_title:
        return Layout("buttons", text, tuple(options))
    if len(options) <= capabilities.max_rows and longest <= max(
        capabilities.row_title, capabilities.row_description
    ):
        return _as_list(text, options, capabilities)
    return Layout("numbers", numbered(text, options, isolates=capabilities.isolates), tuple(options))


def numbered(text: str, options: Sequence[Option], *, isolates: bool) -> str:
    """The text with its options below it, one a line: "1. title". Those that the text lists already under
    their number are not listed twice.
    """
    within = direction_of(text) or "ltr"
    lines = [text]
    for number, option in enumerate(options, start=1):
        if not already_listed(number, text, option.in_text):
            title = isolate(option.title, within) if isolates else option.title
            lines.append(f"{number}. {title}")
    return "\n".join(lines)


def already_listed(number: int, text: str, in_text: bool) -> bool:
    """Whether an option said to be in the text really is in this form of it: a line begins with its number."""
    return in_text and re.search(rf"^{number}\s?[.)]", text, flags=re.MULTILINE) is not None


def clip(title: str, length: int) -> str:
    """The title within a length, cut between whole characters and marked with an ellipsis."""
    if len(title) <= length:
        return title
    cut = title[: length - 1]
    while cut and unicodedata.combining(title[len(cut)]):
        cut = cut[:-1]
    return cut.rstrip(" -·,،(" + FSI + PDI) + "…"


def _as_list(text: str, options: Sequence[Option], capabilities: Capabilities) -> Layout:
    clipped = [clip(option.title, capabilities.row_title) for option in options]
    rows = tuple(replace(option, title=title) for option, title in zip(options, clipped, strict=True))
    whole = tuple(
        "" if row.title == option.title else option.title for row, option in zip(rows, options, strict=True)
    )
    return Layout("list", text, rows, whole)
