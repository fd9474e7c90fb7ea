"""What is shortened for SMS, where each letter counts: titles of courses, and links."""

import re

from channels.bidi import direction_of

#: Letters of a title in a list of three: in Arabic an SMS holds less than half as many.
_LONGEST = {"ltr": 42, "rtl": 28}
_LEAST = 8  # letters that still name a course

_SECOND_HALF = re.compile(r"\s*[:(/–—|]\s*|\s+-\s+")
_DANGLING = re.compile(
    r"(\s+(\w{1,2}|les|des|une|avec|pour|par|sur|من|في|على|مع|إلى)|[\s،,:&'’(/–—|-])+$", re.IGNORECASE
)


def short_title(title: str) -> str:
    """The title, or where it is long its first half ("Data scientist Azure : préparation ..."), or as many of its
    words as fit, marked with two dots.
    """
    longest = _LONGEST[direction_of(title) or "ltr"]
    if len(title) <= longest:
        return title
    head = _SECOND_HALF.split(title, maxsplit=1)[0]
    if _LEAST <= len(head) <= longest:
        return head
    cut = title[: longest - 1].rsplit(" ", 1)[0]
    return _DANGLING.sub("", cut) + ".."


def short_link(link: str) -> str:
    """A link without its scheme: telephones make a link of it all the same."""
    return link.removeprefix("https://").removeprefix("http://")
