"""How much the understanding gains from more lines: intents learnt from 2, 5, 10 ... lines an intent and variety.

    bot/.venv/bin/python -m benchmarks.understanding.learning_curve [--messages FILE]

Asked are the lines that `benchmarks.understanding` holds out, and a set of messages where one is given or stands beside
the checkout. Writes docs/benchmarks/learning-curve.md and .png. Sentence vectors kept under var/vectors are used.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import yaml
from sklearn.metrics import f1_score

from benchmarks.understanding.lines import (
    BESIDE,
    DOCS,
    ROOT,
    VARIETIES,
    Line,
    Message,
    deal,
    marked,
    message_of,
)
from bot.nlu.features.knowledge import Knowledge
from bot.nlu.intents.component import IntentClassifier
from bot.nlu.intents.model import Settings, train

SIZES = (2, 5, 10, 25, 50, 100, 0)
"""Lines an intent and variety; 0 for all there are."""
INTRODUCTION = """# Learning curve

`bot/.venv/bin/python -m benchmarks.understanding.learning_curve`. Intent macro-F1 by lines an intent and variety
learnt from, on lines of ours that were held out ({held_out}) and on the development set. There are {least} to {most}
lines an intent and variety.

![Intent macro-F1 by lines learnt from](learning-curve.png)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=Path, default=BESIDE if BESIDE.exists() else None)
    arguments = parser.parse_args()
    _, held_out, everything = deal(8)
    sets = {"held out": held_out}
    if arguments.messages:
        rows = arguments.messages.read_text(encoding="utf-8").splitlines()
        sets["development set"] = [message_of(json.loads(row)) for row in rows]
    asked = {message["line"] for message in held_out}
    learnable = [line for line in everything if line[2] not in asked]
    found = [(size, *_measure(_first(learnable, size), sets)) for size in SIZES]
    counts = Counter((variety, intent) for variety, intent, _ in learnable)
    introduction = INTRODUCTION.format(
        held_out=len(held_out), least=min(counts.values()), most=max(counts.values())
    )
    (DOCS / "learning-curve.md").write_text(introduction + "\n" + _table(found, list(sets)), encoding="utf-8")
    _plot(found, list(sets))


def _first(lines: list[Line], size: int) -> list[Line]:
    taken: Counter[tuple[str, str]] = Counter()
    chosen = []
    for variety, intent, line in lines:
        taken[variety, intent] += 1
        if not size or taken[variety, intent] <= size:
            chosen.append((variety, intent, line))
    return chosen


def _measure(lines: list[Line], sets: dict[str, list[Message]]) -> tuple[int, dict[str, dict[str, float]]]:
    """(lines learnt from, set → variety → macro-F1)."""
    config = IntentClassifier.get_default_config()
    ours = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"][0]
    names = ("cost", "folds", "dense", "loss_allowed", "few_lines", "most_asked")
    settings = Settings(**{name: config[name] for name in names}, vectors=ROOT / config["vectors"])
    knowledge = Knowledge.read(str(ROOT / ours["gazetteer"]), str(ROOT / ours["lexicon"]))
    texts = [marked(*line)["text"] for line in lines]
    model, _ = train(texts, [intent for _, intent, _ in lines], settings, lambda *_: None, knowledge)
    scores: dict[str, dict[str, float]] = {}
    for name, messages in sets.items():
        told = model.probabilities([message["text"] for message in messages]).argmax(axis=1)
        said = np.array([model.labels[at] for at in told])
        truth = np.array([message["intent"] for message in messages])
        where = np.array([message["variety"] for message in messages])
        scores[name] = {
            variety: float(
                f1_score(truth[where == variety], said[where == variety], average="macro",
                         labels=sorted(set(truth[where == variety])), zero_division=0)
            )
            for variety in VARIETIES
        }  # fmt: skip
    print(len(lines), scores, flush=True)
    return len(lines), scores


def _table(found: list[Any], sets: list[str]) -> str:
    columns = ["lines an intent and variety", "lines", *(f"{s}: {v}" for s in sets for v in VARIETIES)]
    rows = [columns, ["---"] * len(columns)]
    for size, count, scores in found:
        rows.append([size or "all", count, *(f"{scores[s][v]:.3f}" for s in sets for v in VARIETIES)])
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows) + "\n"


def _plot(found: list[Any], sets: list[str]) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(sets), figsize=(5 * len(sets), 4), sharey=True, squeeze=False)
    for axis, name in zip(axes[0], sets, strict=True):
        for variety in VARIETIES:
            heights = [scores[name][variety] for _, _, scores in found]
            axis.plot([count for _, count, _ in found], heights, marker="o", label=variety)
        axis.set_xscale("log")
        axis.set_xlabel("lines learnt from")
        axis.set_title(name)
        axis.grid(alpha=0.3)
    axes[0][0].set_ylabel("intent macro-F1")
    axes[0][0].set_ylim(0, 1)
    axes[0][0].legend()
    figure.savefig(DOCS / "learning-curve.png", dpi=110, bbox_inches="tight")


if __name__ == "__main__":
    main()
