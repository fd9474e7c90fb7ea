"""Trains a stock Rasa assistant, run by the engine: `python -m benchmarks.stock.train OUT.tar.gz KIND [lines]`.

The pipeline is Rasa's (DIET, 100 epochs), the policies are those of `rasa init` (of few epochs: how well they choose is
not measured here, and what a turn costs does not depend on it). It learns from a sample of our lines, so many an intent
and variety. KIND `fixed` answers each intent with one text, searches no course and keeps nothing; `working` has our
domain, our rules and our actions, and so does the work that ours does.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from benchmarks.understanding.lines import ROOT, as_nlu, deal
from benchmarks.understanding.stock_pipelines import DIET

EPOCHS = int(os.environ.get("TAKWIN_STOCK_EPOCHS", "100"))
POLICY_EPOCHS = max(1, EPOCHS // 10)
POLICIES = f"""
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - name: UnexpecTEDIntentPolicy
    max_history: 5
    epochs: {POLICY_EPOCHS}
  - name: TEDPolicy
    max_history: 5
    epochs: {POLICY_EPOCHS}
    constrain_similarities: true
"""
ANSWER = (
    "J'ai trouvé 3 formations : 1. Gestion de projet de Google 2. Comprendre le Web 3. Marketing digital. "
    "Répondez avec le numéro de celle qui vous intéresse, ou dites-moi ce que vous cherchez."
)


def main() -> None:
    target, kind = Path(sys.argv[1]), sys.argv[2]
    sample = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    # Both kinds understand alike: the second takes that from the first.
    os.environ["RASA_CACHE_DIRECTORY"] = str(target.parent / "stock-cache")
    from rasa.model_training import train

    lines = deal(sample)[0]
    intents = sorted({intent for _, intent, _ in lines})
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        (folder / "config.yml").write_text(DIET.replace("epochs: 100", f"epochs: {EPOCHS}") + POLICIES)
        (folder / "nlu.yml").write_text(as_nlu(lines), encoding="utf-8")
        if kind == "working":
            domain = str(ROOT / "domain.yml")
            answers = {intent: action for intent, action in _our_rules().items() if intent in intents}
            stories: dict[str, Any] = {"version": "3.1", "stories": _stories(answers)}
            files = [str(folder / "nlu.yml"), str(folder / "stories.yml"), str(ROOT / "data" / "rules")]
        else:
            domain = str(folder / "domain.yml")
            Path(domain).write_text(yaml.safe_dump(_domain(intents, lines), allow_unicode=True))
            # "restart" is an intent that Rasa answers by itself.
            answers = {i: "action_restart" if i == "restart" else f"utter_{i}" for i in intents}
            rules = [{"rule": f"answer {intent}", "steps": _turn(intent, answers)} for intent in intents]
            stories = {"version": "3.1", "rules": rules, "stories": _stories(answers)}
            files = [str(folder / "nlu.yml"), str(folder / "stories.yml")]
        (folder / "stories.yml").write_text(yaml.safe_dump(stories, sort_keys=False))
        name = target.name.removesuffix(".tar.gz")
        train(domain, str(folder / "config.yml"), files, str(target.parent), fixed_model_name=name,
              core_additional_arguments={"augmentation_factor": 0})  # fmt: skip
    target.with_suffix(".json").write_text(json.dumps({"lines": len(lines), "epochs": EPOCHS}))


def _domain(intents: list[str], lines: list[Any]) -> dict[str, Any]:
    entities = sorted({part.split('"')[3] for _, _, line in lines for part in line.split("]{")[1:]})
    return {
        "version": "3.1",
        "intents": intents,
        "entities": entities,
        "responses": {f"utter_{intent}": [{"text": ANSWER}] for intent in [*intents, "default"]},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _our_rules() -> dict[str, str]:
    """What our rules answer an intent with, where that is one action and no more."""
    rules = yaml.safe_load((ROOT / "data" / "rules" / "intents.yml").read_text(encoding="utf-8"))["rules"]
    plain = [
        rule["steps"]
        for rule in rules
        if [next(iter(step)) for step in rule["steps"]] == ["intent", "action"]
    ]
    return {steps[0]["intent"]: steps[1]["action"] for steps in plain if steps[0]["intent"] != "nlu_fallback"}


def _stories(answers: dict[str, str]) -> list[dict[str, Any]]:
    """Conversations of five turns, for the policies that learn from stories."""
    chance = random.Random(7)
    chosen = (chance.sample(sorted(answers), 5) for _ in range(15))
    return [
        {"story": f"story {n}", "steps": [step for intent in intents for step in _turn(intent, answers)]}
        for n, intents in enumerate(chosen)
    ]


def _turn(intent: str, answers: dict[str, str]) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": answers[intent]}]


if __name__ == "__main__":
    main()
