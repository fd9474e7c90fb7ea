"""Times to an answer, from counts by step (`store/figures/counts.py`): exact to a fifth."""

from collections.abc import Mapping

#: Times are told apart in steps of a fourth of a doubling, from a hundredth of a second on.
SHORTEST = 0.01
STEPS_A_DOUBLING = 4


def percentile(counts: Mapping[str, int], share: float) -> float | None:
    """The time, in seconds, that this share of the answers took at most; None without any."""
    total = sum(counts.values())
    if not total:
        return None
    seen = 0
    for step, count in sorted((int(step), count) for step, count in counts.items()):
        if seen + count >= share * total:
            inside = (share * total - seen) / count
            return SHORTEST * float(2 ** ((step + inside) / STEPS_A_DOUBLING))
        seen += count
    raise AssertionError("a share is at most 1")
