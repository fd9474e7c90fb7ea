"""How well messages were understood: intents, entities, confidence."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from benchmarks.understanding.lines import Message
from benchmarks.understanding.out_of_scope import OUT


def scores(messages: list[Message], answers: list[dict[str, Any]]) -> dict[str, Any]:
    """Each figure of the report, by its key."""
    truth = [message["intent"] for message in messages]
    ranking = [answer["ranking"] or [("", 0.0)] for answer in answers]
    said = [those[0][0] for those in ranking]
    right = np.array([one == other for one, other in zip(said, truth, strict=True)])
    sure = np.array([those[0][1] for those in ranking])
    in_scope = [max((c for name, c in those if name != OUT), default=0.0) for those in ranking]
    pairs = [
        (set(map(tuple, m["entities"])), set(map(tuple, a["entities"])))
        for m, a in zip(messages, answers, strict=True)
    ]
    both, gold, given = (
        sum(len(part) for part in parts) for parts in zip(*((g & f, g, f) for g, f in pairs), strict=True)
    )
    return {
        "macro_f1": f1_score(truth, said, average="macro", labels=sorted(set(truth)), zero_division=0),
        "errors": int((~right).sum()),
        "top2": float(np.mean([truth[at] in [n for n, _ in those[:2]] for at, those in enumerate(ranking)])),
        "entity_f1": 2 * both / (gold + given) if gold + given else 1.0,
        "whole": float(np.mean([ok and g == f for ok, (g, f) in zip(right, pairs, strict=True)])),
        "ece": _ece(sure, right),
        "auroc": roc_auc_score([intent == OUT for intent in truth], [1 - c for c in in_scope]),
    }


def _ece(sure: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: how far confidence is from the share right, over ten bins."""
    at = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs(sure[at == b].sum() - right[at == b].sum()) for b in range(bins)) / len(sure))
