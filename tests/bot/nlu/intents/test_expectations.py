"""What was asked makes some answers likelier, by Bayes' rule."""

from pathlib import Path

import pytest
import yaml

from bot.nlu.intents.expectations import Expectations, read_shares

ROOT = Path(__file__).parents[4]
LABELS = ["yes", "no", "jobs", "cost"]


def test_an_expected_answer_gains_on_the_others() -> None:
    after = Expectations({"agree": {"yes": 0.5, "no": 0.3}}, LABELS).given("agree", [0.3, 0.1, 0.5, 0.1])
    assert after == pytest.approx([0.15 / 0.24, 0.03 / 0.24, 0.05 / 0.24, 0.01 / 0.24])


@pytest.mark.parametrize("asked", [None, "something else", ["agree"]])
def test_nothing_changes_where_nothing_known_was_asked(asked: object) -> None:
    alone = [0.3, 0.1, 0.5, 0.1]
    assert Expectations({"agree": {"yes": 0.5}}, LABELS).given(asked, alone) is alone


def test_intents_a_model_does_not_have_change_nothing() -> None:
    after = Expectations({"agree": {"oui": 0.9}}, LABELS).given("agree", [0.4, 0.3, 0.2, 0.1])
    assert after == pytest.approx([0.4, 0.3, 0.2, 0.1])


@pytest.mark.parametrize("shares", ["{yes: 0.7, no: 0.4}", "{yes: 0}", "[yes]", "{yes: often}"])
def test_shares_that_are_none_are_refused(tmp_path: Path, shares: str) -> None:
    file = tmp_path / "expected.yml"
    file.write_text(f"agree: {shares}")
    with pytest.raises(ValueError, match="agree"):
        read_shares(file)


def test_our_own_shares_name_our_intents() -> None:
    shares = read_shares(ROOT / "data" / "expected.yml")
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = {name for entry in domain["intents"] for name in entry}
    assert {intent for expected in shares.values() for intent in expected} <= intents
    slots = {slot for form in domain["forms"].values() for slot in form["required_slots"]}
    confirmed = {"consent", "confirmed"}  # no prior reaches the answers to these
    assert slots - confirmed <= set(shares)
    assert not confirmed & set(shares)
