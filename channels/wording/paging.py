"""Menus by SMS: as many numbered options as fit, then "0. More"; a 0 shows the next ones.

The message keeps all its options, whatever was shown: numbers go on from page to page, and each of them can be
answered at any time. Those not shown yet carry LATER among what is stored of them, with the words that ask for them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from channels.contract.numbers import bare_number
from channels.wording.segments import count_segments
from store.conversations.replies import Reply

LATER = "later"
MORE_NUMBER = 0
NEXT_PAGE = "menu-next"  # the reply of a next page; in the form for SMS it has options and no words

#: Shown together whatever it takes: a "yes" without its "no" is no question.
_A_PAIR = 2


def shown_first(text: str, lines: Sequence[str], more: str) -> int:
    """How many of the numbered lines go under the text on this page: all of them where that costs nothing more than
    the fewest would, else as many as do not cost another segment. `more` is the line that offers the rest.
    """
    fewest = len(lines) if len(lines) <= _A_PAIR else 1
    room = count_segments(_joined(text, lines[:fewest], more)).count
    if not more or count_segments(_joined(text, lines, "")).count <= room:
        return len(lines)
    shown = fewest
    while shown < len(lines) and count_segments(_joined(text, lines[: shown + 1], more)).count <= room:
        shown += 1
    return shown


def next_page(
    options: Sequence[Mapping[str, Any]], text: str, plain: Callable[[str], str] = str.casefold
) -> Reply | None:
    """The reply that shows the options of the last menu that were not shown yet, where a text asks for them: 0 in any
    writing, or the words that stood beside it. None where it says anything else, or all were shown.
    """
    words = next((option[LATER] for option in options if option.get(LATER)), None)
    if words is None or (bare_number(text) != MORE_NUMBER and plain(text) != plain(str(words))):
        return None
    return Reply(NEXT_PAGE, options=[dict(option) for option in options])


def left(options: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """The numbers a page is about: those kept for later, or all of them in a message that has none."""
    later = frozenset(number for number, option in enumerate(options, start=1) if option.get(LATER))
    return later or frozenset(range(1, len(options) + 1))


def _joined(text: str, lines: Sequence[str], more: str) -> str:
    return "\n".join(filter(None, [text, *lines, more]))
