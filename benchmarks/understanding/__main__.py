"""`make bench-understanding`: ours beside what a Rasa team would otherwise use, in one run on this machine.

Stock DIET takes very long on all our lines, so every pipeline learns from the same sample of them, and ours from all of
them too. All are asked the same messages: lines of ours that none of them learnt from, and a set of messages
(`{"text", "variety", "intent", "entities"}` a line) where one is given or stands beside the checkout.

    bot/.venv/bin/python -m benchmarks.understanding [--sample 8] [--messages FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import yaml
from sklearn.metrics import confusion_matrix

from benchmarks.understanding import out_of_scope
from benchmarks.understanding.lines import (
    BESIDE,
    DOCS,
    ROOT,
    VARIETIES,
    Line,
    Message,
    as_nlu,
    deal,
    message_of,
)
from benchmarks.understanding.scores import scores
from benchmarks.understanding.stock_pipelines import DIET, LOGISTIC

COLUMNS = {
    "macro_f1": "intent macro-F1",
    "errors": "wrong intents",
    "top2": "in first two",
    "entity_f1": "entity F1",
    "whole": "whole message",
    "ece": "ECE",
    "auroc": "out of scope AUROC",
}

INTRODUCTION = """# Understanding, beside stock Rasa

`make bench-understanding`, {today}, {machine}.

All pipelines but the last learn from the same {sample} lines; the last from all that are not asked, of {everything}.
DIET is as in Rasa's documentation (100 epochs); the logistic regression is Rasa's on Rasa's featurizers, and finds no
entities. Lines of ours have their writers' style: held-out ones are easier than strangers' messages.
"""

PICTURES = """
![Intent macro-F1 by variety](understanding.png)

![Confusions](confusions.png)

How much more lines help: [learning curve](learning-curve.md).

![Learning curve](learning-curve.png)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=8, help="lines an intent and variety to learn from")
    parser.add_argument("--messages", type=Path, default=BESIDE if BESIDE.exists() else None)
    arguments = parser.parse_args()
    learnt, held_out, everything = deal(arguments.sample)
    sets = {"held-out lines": held_out}
    if arguments.messages:
        rows = arguments.messages.read_text(encoding="utf-8").splitlines()
        sets["development set"] = [message_of(json.loads(row)) for row in rows]
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    config["pipeline"][0]["vectors"] = "VECTORS"
    kept = {key: config[key] for key in ("recipe", "language", "pipeline")}
    ours = yaml.safe_dump(kept, sort_keys=False)
    pipelines = {
        "Rasa, DIET": (DIET, learnt),
        "Rasa, logistic regression": (LOGISTIC, learnt),
        "Takwin": (ours, learnt),
        "Takwin, all lines": (ours, [line for line in everything if line[2] not in _texts(held_out)]),
    }
    outside = out_of_scope.read()
    asked = {**sets, **outside}
    found = {name: _run(name, config, lines, asked) for name, (config, lines) in pipelines.items()}
    DOCS.mkdir(parents=True, exist_ok=True)
    report = _report(found, sets, len(learnt), len(everything))
    parts = {name: _slices(one, asked) for name, one in found.items()}
    report += out_of_scope.section(
        {
            name: ({kind: part[kind][1] for kind in outside}, *part["held-out lines"])
            for name, part in parts.items()
        }
    )
    report += PICTURES
    (DOCS / "understanding.md").write_text(report, encoding="utf-8")
    _plot(found, sets)
    print(report)


def _texts(messages: list[Message]) -> set[str]:
    return {message["line"] for message in messages}


def _run(name: str, config: str, lines: list[Line], sets: dict[str, list[Message]]) -> dict[str, Any]:
    print(f"{name}: learning from {len(lines)} lines", flush=True)
    messages = [message for those in sets.values() for message in those]
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        # Sentence vectors kept from an earlier training would flatter ours.
        (folder / "config.yml").write_text(config.replace("VECTORS", str(folder / "vectors")))
        (folder / "lines.yml").write_text(as_nlu(lines), encoding="utf-8")
        asked = "\n".join(json.dumps({"text": m["text"]}, ensure_ascii=False) for m in messages)
        (folder / "messages.jsonl").write_text(asked, encoding="utf-8")
        files = [str(folder / part) for part in ("config.yml", "lines.yml", "messages.jsonl", "out.json")]
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.understanding.pipeline_run", *files]
        quiet = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
        done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{name} could not be measured:\n{done.stderr[-2000:]}")
        found: dict[str, Any] = json.loads((folder / "out.json").read_text())
    print(f"{name}: {found['train_s']:.0f} s", flush=True)
    return {**found, "lines": len(lines)}


def _slices(
    found: dict[str, Any], sets: dict[str, list[Message]]
) -> dict[str, tuple[list[Message], list[dict[str, Any]]]]:
    first, parts = 0, {}
    for name, messages in sets.items():
        parts[name] = (messages, found["answers"][first : first + len(messages)])
        first += len(messages)
    return parts


def _report(found: dict[str, Any], sets: dict[str, list[Message]], sample: int, everything: int) -> str:
    today = datetime.now(timezone.utc).date()
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    columns = ["pipeline", "lines", "training", "model", "memory", "a message, p50 / p95"]
    text = [INTRODUCTION.format(today=today, machine=machine, sample=sample, everything=everything)]
    text += [_row(columns), _row(["---"] * len(columns))]
    for name, one in found.items():
        p50, p95 = np.percentile(one["ms"], [50, 95])
        text.append(f"| {name} | {one['lines']} | {one['train_s']:.0f} s | {one['model_mb']:.0f} MB | "
                    f"{one['rss_mb']:.0f} MB | {p50:.1f} / {p95:.1f} ms |")  # fmt: skip
    for title, messages in sets.items():
        columns = ["pipeline", "variety", *COLUMNS.values()]
        text += ["", f"## {title[0].upper()}{title[1:]}: {len(messages)} messages", ""]
        text += [_row(columns), _row(["---"] * len(columns))]
        for name, one in found.items():
            asked, answers = _slices(one, sets)[title]
            for variety in ("all", *VARIETIES):
                chosen = [at for at, m in enumerate(asked) if variety in ("all", m["variety"])]
                s = scores([asked[at] for at in chosen], [answers[at] for at in chosen])
                figures = [s[key] if isinstance(s[key], int) else f"{s[key]:.3f}" for key in COLUMNS]
                text.append(_row([name, variety, *figures]))
    return "\n".join(text) + "\n"


def _row(cells: list[Any]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _plot(found: dict[str, Any], sets: dict[str, list[Message]]) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    title = list(sets)[-1]
    figure, axes = plt.subplots(figsize=(8, 4.2))
    width = 0.8 / len(found)
    for at, (name, one) in enumerate(found.items()):
        asked, answers = _slices(one, sets)[title]
        heights = []
        for variety in VARIETIES:
            chosen = [i for i, m in enumerate(asked) if m["variety"] == variety]
            heights.append(scores([asked[i] for i in chosen], [answers[i] for i in chosen])["macro_f1"])
        axes.bar(np.arange(len(VARIETIES)) + at * width, heights, width, label=name)
    axes.set_xticks(np.arange(len(VARIETIES)) + 0.4 - width / 2, VARIETIES)
    axes.set_ylim(0, 1)
    axes.set_ylabel("intent macro-F1")
    axes.set_title(title)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncol=2)
    axes.grid(axis="y", alpha=0.3)
    figure.savefig(DOCS / "understanding.png", dpi=110, bbox_inches="tight")
    last = found[list(found)[-1]]
    asked, answers = _slices(last, sets)[title]
    labels = sorted({m["intent"] for m in asked})
    said = [a["ranking"][0][0] for a in answers]
    figure, axes = plt.subplots(figsize=(11, 10))
    axes.imshow(
        confusion_matrix([m["intent"] for m in asked], said, labels=labels, normalize="true"), cmap="Blues"
    )
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("understood")
    axes.set_ylabel("meant")
    figure.savefig(DOCS / "confusions.png", dpi=110, bbox_inches="tight")


if __name__ == "__main__":
    main()
