"""How much of a text is read for what it means: all of an ordinary message, the beginning and the end of a longer one.

What a message means is looked for by stages that cost more than reading does, so they are given a text of a size that
is known beforehand. Whoever must see everything, as what looks for danger does, reads the message itself.

Offsets in what is read are turned back into offsets in the message by ``Extent.in_message``; nothing that is found can
stand on both sides of what was left out, since punctuation stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.folding import tokenize

#: The longest of 20,000 lines that people wrote has 170 characters, 31 words; 45 seconds of speech are read whole.
MOST_CHARACTERS, MOST_WORDS = 800, 120
#: Of what is longer so much is read at either end: of 10,000 characters as much as of a long line that people write.
_END_CHARACTERS, _END_WORDS = 300, 40
#: No word is cut in two where a blank is as near as this.
_NEAR = 40
#: Stands for what was left out, and ends whatever is said before it.
_LEFT_OUT = " … "
_BLANK = re.compile(r"\s")


@dataclass(frozen=True)
class Extent:
    """What is read of a message: ``beginning`` characters of it and, where it was cut, what stands from ``end`` on."""

    text: str
    cut: bool = False
    beginning: int = 0
    end: int = 0

    def in_message(self, offset: int) -> int:
        """Where in the message an offset in ``text`` is."""
        if not self.cut or offset <= self.beginning:
            return offset
        return max(self.end, offset - self.beginning - len(_LEFT_OUT) + self.end)

    def within(self, offset: int) -> int:
        """Where in ``text`` a place in the message is."""
        if not self.cut or offset <= self.beginning:
            return offset
        return max(0, offset - self.end) + self.beginning + len(_LEFT_OUT)


def extent(text: str) -> Extent:
    """What of a message is read for its meaning."""
    if len(text) <= MOST_WORDS:
        return Extent(text)  # so few characters are few words
    if len(text) <= MOST_CHARACTERS and len(tokenize(text)) <= MOST_WORDS:
        return Extent(text)
    size = min(_END_CHARACTERS, len(text) // 2)
    beginning, end = _after_a_blank(text, size), _before_a_blank(text, len(text) - size)
    first, last = tokenize(text[:beginning]), tokenize(text[end:])
    if len(first) > _END_WORDS:
        beginning = first[_END_WORDS - 1].end
    if len(last) > _END_WORDS:
        end += last[-_END_WORDS].start
    return Extent(text[:beginning] + _LEFT_OUT + text[end:], True, beginning, end)


def _after_a_blank(text: str, at: int) -> int:
    blanks = [found.start() for found in _BLANK.finditer(text, at - _NEAR, at)]
    return blanks[-1] if blanks else at


def _before_a_blank(text: str, at: int) -> int:
    found = _BLANK.search(text, at, at + _NEAR)
    return found.end() if found else at
