"""Several replies of one turn as one message: their words one under another, their options one menu."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from channels.contract.messages import Option
from channels.wording.layout import already_listed

Choice = tuple[Option, Mapping[str, Any]]
"""An option in words, and as the engine gave it."""


def merged(
    replies: Sequence[tuple[str, Sequence[Choice]]], between: str = "\n\n"
) -> tuple[str, list[Choice]]:
    """The text and the options of one message.

    Options that stand in the words under their number come first, and a second list of them is numbered on from the
    first. Then those of the last reply, which stands nearest to them and mostly asks, then those of the replies
    before. What is offered twice is offered once.
    """
    texts, listed = [], list[Choice]()
    for text, choices in replies:
        own = [choice for number, choice in enumerate(choices, start=1) if _is_listed(number, choice, text)]
        texts.append(_numbered_on(text, len(own), len(listed)))
        listed += own
    below = [
        choice
        for text, choices in reversed(replies)
        for number, choice in enumerate(choices, start=1)
        if not _is_listed(number, choice, text)
    ]
    return between.join(filter(None, texts)), [*listed, *_once(listed, below)]


def _is_listed(number: int, choice: Choice, text: str) -> bool:
    return already_listed(number, text, choice[0].in_text)


def _numbered_on(text: str, own: int, before: int) -> str:
    """The text with the numbers 1 to `own` at the beginning of its lines moved on by those of the lists before."""
    if not before or not own:
        return text

    def moved(match: re.Match[str]) -> str:
        number = int(match.group(1))
        return f"{number + before}{match.group(2)}" if number <= own else match.group(0)

    return re.sub(r"^(\d{1,2})(\s?[.)])", moved, text, flags=re.MULTILINE)


def _once(listed: Sequence[Choice], below: Sequence[Choice]) -> list[Choice]:
    seen = {_meaning(option) for option, _ in listed}
    kept = []
    for option, source in below:
        if _meaning(option) not in seen:
            seen.add(_meaning(option))
            # In the text of one reply it would be taken for a number of another's.
            kept.append((replace(option, in_text=False), source))
    return kept


def _meaning(option: Option) -> tuple[str, str, str]:
    return option.title, option.intent, str([dict(entity) for entity in option.entities])
