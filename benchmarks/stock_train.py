"""Trains a stock Rasa assistant, run by the engine's Python: `python -m benchmarks.stock_train OUT.tar.gz [lines]`.

The pipeline is Rasa's (DIET, 100 epochs), the policies are those of `rasa init` (of few epochs: how well they choose is
not measured here, and what a turn costs does not depend on it). It learns from a sample of our lines, so many an intent
and variety, and answers each intent with a fixed text: it searches no course and keeps nothing.
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

from benchmarks.understanding import DIET, _deal, _nlu

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
    target, sample = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 8
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    from rasa.model_training import train

    lines = _deal(sample)[0]
    intents = sorted({intent for _, intent, _ in lines})
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        (folder / "config.yml").write_text(DIET.replace("epochs: 100", f"epochs: {EPOCHS}") + POLICIES)
        (folder / "nlu.yml").write_text(_nlu(lines), encoding="utf-8")
        (folder / "domain.yml").write_text(yaml.safe_dump(_domain(intents, lines), allow_unicode=True))
        (folder / "stories.yml").write_text(yaml.safe_dump(_stories(intents), sort_keys=False))
        files = [str(folder / name) for name in ("nlu.yml", "stories.yml")]
        name = target.name.removesuffix(".tar.gz")
        train(str(folder / "domain.yml"), str(folder / "config.yml"), files, str(target.parent),
              force_training=True, fixed_model_name=name,
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


def _stories(intents: list[str]) -> dict[str, Any]:
    """A rule an intent, and stories of five turns, as an assistant of this size has."""
    chance = random.Random(7)
    rules = [{"rule": f"answer {intent}", "steps": _turn(intent)} for intent in intents]
    stories = [
        {
            "story": f"story {n}",
            "steps": [step for intent in chance.sample(intents, 5) for step in _turn(intent)],
        }
        for n in range(15)
    ]
    return {"version": "3.1", "rules": rules, "stories": stories}


def _turn(intent: str) -> list[dict[str, str]]:
    # "restart" is an intent that Rasa answers by itself.
    return [{"intent": intent}, {"action": "action_restart" if intent == "restart" else f"utter_{intent}"}]


if __name__ == "__main__":
    main()
