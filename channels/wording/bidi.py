"""Right-to-left and left-to-right in one line: what needs isolating so that neither scrambles the other.

FSI (U+2068) and PDI (U+2069) make a stretch of text take its own direction and keep it from its neighbours
(UAX #9): a Latin title, a reference or a phone number in an Arabic sentence would otherwise show its parts
in the wrong order.
"""

import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl"]

FSI, PDI = "\u2068", "\u2069"
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def isolate(text: str, within: Direction) -> str:
    """The text, isolated line by line where it would disturb a text of direction `within`, or be disturbed
    by it.
    """
    return "\n".join(f"{FSI}{line}{PDI}" if _disturbs(line, within) else line for line in text.split("\n"))


def direction_of(text: str) -> Direction | None:
    """The direction of the first letter that has one, outside isolates; None for digits, signs and emoji
    alone.
    """
    depth = 0
    for character in text:
        if character in "\u2066\u2067\u2068":
            depth += 1
        elif character == PDI:
            depth = max(0, depth - 1)
        elif not depth and (strong := _STRONG.get(unicodedata.bidirectional(character))):
            return strong
    return None


def _disturbs(line: str, within: Direction) -> bool:
    if FSI in line:
        return False
    classes = {unicodedata.bidirectional(character) for character in line}
    strong = {_STRONG[each] for each in classes if each in _STRONG}
    if strong:
        return strong != {within}
    # Without letters a number is only safe alone: "+212 522" or "9:00-12:00" would be turned round from
    # right to left.
    return within == "rtl" and bool(classes & {"EN", "AN"}) and not classes <= {"EN", "AN"}
