"""What the conversation so far says about the variety of a short message."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.nlu.features.arrays import Floats

# "ok", "la", "salam", "2": how likely a message of one word, two words ... stays in the conversation's variety,
# before it is read. Longer ones speak for themselves.
_STAYS = {0: 0.95, 1: 0.9, 2: 0.75}


def with_conversation(probabilities: Floats, labels: Sequence[str], variety: str, words: int) -> Floats:
    """``probabilities`` of ``labels`` for a message of ``words`` words in a conversation held in ``variety`` so far."""
    stays = _STAYS.get(words)
    if stays is None or variety not in labels or len(labels) < 2:
        return probabilities
    prior = np.full(len(labels), (1 - stays) / (len(labels) - 1))
    prior[list(labels).index(variety)] = stays
    weighed = probabilities * prior
    return np.asarray(weighed / weighed.sum())
