"""Messages this service has no answer for: near ones (work, school, papers) and far ones (weather, football, recipes).

None of them is a training line. `data/out_of_scope.tsv`: near or far, variety, message.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sklearn.metrics import roc_auc_score

_FILE = Path(__file__).with_name("data") / "out_of_scope.tsv"
OUT = "out_of_scope"
KINDS = ("near", "far")

Messages = list[dict[str, Any]]
Answers = list[dict[str, Any]]


def read() -> dict[str, Messages]:
    """Kind → messages."""
    rows = [line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()]
    return {
        kind: [
            {"text": text, "variety": variety, "intent": OUT, "entities": []}
            for its, variety, text in rows
            if its == kind
        ]
        for kind in KINDS
    }


def section(answered: dict[str, tuple[dict[str, Answers], Messages, Answers]]) -> str:
    """A table in Markdown. ``answered``: pipeline → (answers by kind, other messages, answers to those)."""
    text = [
        "", "## Out of scope, near and far", "",
        "Messages near what the service does (visas, benefits, exam results, a team's \"formation\") and far from it;",
        "the AUROC sets them against the held-out lines that are in scope.", "",
        "| pipeline | kind | messages | told as out of scope | AUROC |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for name, (kinds, others, told) in answered.items():
        inside = [_inside(a) for m, a in zip(others, told, strict=True) if m["intent"] != OUT]
        for kind, answers in kinds.items():
            outside = [_inside(answer) for answer in answers]
            share = sum(_first(answer) == OUT for answer in answers) / len(answers)
            auroc = roc_auc_score([0] * len(inside) + [1] * len(outside), [1 - c for c in inside + outside])
            text.append(f"| {name} | {kind} | {len(answers)} | {share:.2f} | {auroc:.3f} |")
    return "\n".join(text) + "\n"


def _first(answer: dict[str, Any]) -> str:
    return str(answer["ranking"][0][0]) if answer["ranking"] else ""


def _inside(answer: dict[str, Any]) -> float:
    """How sure it is of any intent in scope."""
    return max((float(confidence) for name, confidence in answer["ranking"] if name != OUT), default=0.0)
