"""What is shortened for SMS, where each letter counts: titles of courses, and links."""

import re

from channels.wording.bidi import direction_of

#: Letters of a title in a list of three: in Arabic an SMS holds less than half as many.
_LONGEST = {"ltr": 42, "rtl": 28}
_SHORTEST = {"ltr": 16, "rtl": 17}
_LEAST = 8  # letters that still name a course
_HALF_A_WORD = 5  # letters of a word that still tell which it was

_SECOND_HALF = re.compile(r"\s*[:(/–—|]\s*|\s+-\s+")
_DANGLING = re.compile(
    r"(\s+(\w{1,2}|les|des|une|avec|pour|par|sur|من|في|على|مع|إلى)|[\s،,:&'’(/–—|-])+$", re.IGNORECASE
)


def short_title(title: str, share: float = 1.0) -> str:
    """The title, or where it is long its first half ("Data scientist Azure : préparation ..."), or as many of its
    words as fit, marked with two dots. `share`: how much of the usual length it may have.
    """
    direction = direction_of(title) or "ltr"
    longest = max(round(_LONGEST[direction] * share), _SHORTEST[direction])
    if len(title) <= longest:
        return title
    head = _SECOND_HALF.split(title, maxsplit=1)[0]
    if _LEAST <= len(head) <= longest:
        return head
    kept = title[: longest - 1]
    words = kept.rsplit(" ", 1)
    if share < 1 and len(words[-1]) >= _HALF_A_WORD and direction == "ltr":
        # Few letters are left: half a word says more than none. Arabic has no such abbreviations.
        return kept + "."
    return _DANGLING.sub("", words[0]) + ".."


def short_link(link: str) -> str:
    """A link without its scheme: telephones make a link of it all the same."""
    return link.removeprefix("https://").removeprefix("http://")
