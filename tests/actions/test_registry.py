"""Every action that domain.yml names can be run, and no other."""

import yaml

from actions.registry import ACTIONS
from tests.product import ROOT


def test_domain_and_code_name_the_same_actions() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert sorted(a.action_name for a in ACTIONS) == sorted(domain["actions"])


def test_every_intent_has_one_rule() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = {next(iter(i)) for i in domain["intents"]} | {"nlu_fallback"}
    rules = yaml.safe_load((ROOT / "data" / "rules" / "intents.yml").read_text(encoding="utf-8"))["rules"]
    assert sorted(r["steps"][0]["intent"] for r in rules) == sorted(intents)
