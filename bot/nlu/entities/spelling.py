"""How far apart two spellings are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache


@lru_cache(maxsize=32768)
def distance(a: str, b: str) -> int:
    """Letters to change, add, drop or swap with their neighbour to turn ``a`` into ``b``."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        older, before = before, row
        row = [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def deletions(word: str, depth: int) -> set[str]:
    """``word`` with up to ``depth`` letters left out; two words within ``depth`` edits share one of these."""
    found = {word}
    fresh = {word}
    for _ in range(depth):
        fresh = {shorter[:at] + shorter[at + 1 :] for shorter in fresh for at in range(len(shorter))}
        found |= fresh
    return found


def slips_allowed(length: int) -> int:
    """How many letters of a word of ``length`` letters may be wrong."""
    if length < 6:
        return 0
    return 1 if length < 10 else 2


def undoubled(word: str) -> Iterator[str]:
    """``word`` without the doubling that the article leaves before some Darija letters: ``nnador``, ``ddarija``."""
    if len(word) > 3 and word[0] == word[1]:
        yield word[1:]
