"""How far two reviewers agree: the share of messages, and Cohen's kappa, which takes off what chance would give."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """`share`: agreed of all, 0 to 1. `kappa`: 1 full agreement, 0 no better than chance; None where chance alone
    explains everything (both always said the same one thing). `count`: messages with two reviews.
    """

    count: int
    share: float
    kappa: float | None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement | None:
    """The agreement over pairs of answers; None without any. Cohen, 1960: (observed - chance) / (1 - chance)."""
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / count**2
    return Agreement(count, observed, None if chance >= 1 else (observed - chance) / (1 - chance))
