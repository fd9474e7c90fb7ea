"""Folding: what makes spellings and scripts comparable. The callable is handed in; here is what is done with it."""

from collections.abc import Callable, Iterable

#: Text to its comparable form: words apart by one space. The same callable for importing and for searching.
Fold = Callable[[str], str]


def fold_lines(texts: Iterable[str | None], fold: Fold) -> str:
    """Each text folded, one a line, no line twice."""
    folded = (" ".join(fold(text).split()) for text in texts if text)
    return "\n".join(dict.fromkeys(line for line in folded if line))
