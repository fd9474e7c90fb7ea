"""How the options under a message appear: as buttons, as rows of a list, or as numbers in the text."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from channels.contract.messages import Capabilities, Option
from channels.wording.bidi import FSI, PDI, direction_of, isolate
from channels.wording.paging import MORE_NUMBER, shown_first

Kind = Literal["text", "buttons", "list", "numbers"]


@dataclass(frozen=True)
class Layout:
    """A message as a channel shows it. `descriptions` go under the rows of a list, one for each, empty
    where the title is whole. `later` are the numbers of options that come with the next page.
    """

    kind: Kind
    text: str
    options: tuple[Option, ...]
    descriptions: tuple[str, ...] = ()
    later: tuple[int, ...] = ()


def lay_out(
    text: str,
    options: Sequence[Option],
    capabilities: Capabilities,
    *,
    more: str = "",
    left: Collection[int] | None = None,
) -> Layout:
    """The message as this channel can carry it; nothing is lost: what fits no button becomes a row, or a
    number. Where segments are counted, `more` are the words that offer the next page, and `left` the numbers
    that pages before did not show.
    """
    if not options:
        return Layout("text", _clipped(text, capabilities.max_text, capabilities), ())
    if len(text) <= (capabilities.max_text_with_options or capabilities.max_text):
        longest = max(len(option.title) for option in options)
        if len(options) <= capabilities.max_buttons and longest <= capabilities.button_title:
            return Layout("buttons", text, tuple(options))
        if len(options) <= capabilities.max_rows and longest <= max(
            capabilities.row_title, capabilities.row_description
        ):
            return _as_list(text, options, capabilities)
    return _as_numbers(text, options, capabilities, more, left)


def numbered(text: str, options: Sequence[Option], *, isolates: bool) -> str:
    """The text with its options below it, one a line: "1. title". Those that the text lists already under
    their number are not listed twice.
    """
    return "\n".join([text, *(line for _, line in _lines(text, options, isolates))])


def _as_numbers(
    text: str,
    options: Sequence[Option],
    capabilities: Capabilities,
    more: str,
    left: Collection[int] | None,
) -> Layout:
    lines = [
        (number, line)
        for number, line in _lines(text, options, capabilities.isolates)
        if left is None or number in left
    ]
    texts = [line for _, line in lines]
    offer = f"{MORE_NUMBER}. {more}" if more else ""
    shown = shown_first(text, texts, offer) if capabilities.counts_segments else len(lines)
    below = [*texts[:shown], *([offer] if shown < len(lines) else [])]
    # Words give way to options: who cannot see a number cannot answer with it.
    room = capabilities.max_text - len("\n".join(below)) - 1
    above = _clipped(text, room, capabilities) if room > 0 else ""
    later = tuple(number for number, _ in lines[shown:])
    return Layout("numbers", "\n".join(filter(None, [above, *below])), tuple(options), later=later)


def _lines(text: str, options: Sequence[Option], isolates: bool) -> list[tuple[int, str]]:
    """The numbers with their lines, of the options that the text does not list itself."""
    within = direction_of(text) or "ltr"
    return [
        (number, f"{number}. {isolate(option.title, within) if isolates else option.title}")
        for number, option in enumerate(options, start=1)
        if not already_listed(number, text, option.in_text)
    ]


def already_listed(number: int, text: str, in_text: bool) -> bool:
    """Whether an option said to be in the text really is in this form of it: a line begins with its number."""
    return in_text and re.search(rf"^{number}\s?[.)]", text, flags=re.MULTILINE) is not None


def clip(title: str, length: int, mark: str = "…") -> str:
    """The title within a length, cut between whole characters and marked as cut."""
    if len(title) <= length:
        return title
    cut = title[: max(0, length - len(mark))]
    while cut and unicodedata.combining(title[len(cut)]):
        cut = cut[:-1]
    return cut.rstrip(" -·,،(" + FSI + PDI) + mark


def _clipped(text: str, length: int, capabilities: Capabilities) -> str:
    # One "…" would put a whole SMS into UCS-2.
    return clip(text, length, "..." if capabilities.counts_segments else "…")


def _as_list(text: str, options: Sequence[Option], capabilities: Capabilities) -> Layout:
    clipped = [clip(option.title, capabilities.row_title) for option in options]
    rows = tuple(replace(option, title=title) for option, title in zip(options, clipped, strict=True))
    whole = tuple(
        "" if row.title == option.title else option.title for row, option in zip(rows, options, strict=True)
    )
    return Layout("list", text, rows, whole)
