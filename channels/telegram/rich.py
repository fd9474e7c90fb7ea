"""The words of a rich message (Bot API 10.1): blocks in blocks, where a text is a string, a list, or a styled text."""

from collections.abc import Mapping
from typing import Any


def words_of(rich: Any) -> str | None:
    """What a person reads in it, one block a line; None where there are no words."""
    blocks = rich.get("blocks") if isinstance(rich, Mapping) else None
    if not isinstance(blocks, list):
        return None
    lines = (" ".join(_strings(block).split()) for block in blocks)
    return "\n".join(line for line in lines if line) or None


def _strings(block: Any) -> str:
    """Every string that stands as a text in it, in order. Without recursion: depth is the writer's to choose."""
    found: list[str] = []
    waiting: list[tuple[Any, bool]] = [(block, False)]
    while waiting:
        part, is_text = waiting.pop()
        if isinstance(part, str):
            found.extend([part] if is_text else [])
        elif isinstance(part, list):
            waiting.extend((each, is_text) for each in reversed(part))
        elif isinstance(part, Mapping):
            waiting.extend((each, name == "text") for name, each in reversed(list(part.items())))
    return "".join(found)
