"""The pipeline in the engine's own environment, on a few lines."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.in_engine import printed

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("pipeline_in_engine.py")
LINES = {
    ("card", "fr"): [
        "j'ai perdu ma carte",
        "ma carte est volée",
        "où est ma carte bancaire",
        "carte bloquée",
    ],
    ("card", "ary"): ["تلفات ليا لاكارط", "شفرو ليا لاكارط", "فين لاكارط ديالي", "لاكارط تبلوكات"],
    ("transfer", "fr"): [
        "faire un virement",
        "mon virement n'est pas passé",
        "virement à l'étranger",
        "envoyer l'argent",
    ],
    ("transfer", "ary"): ["بغيت نصيفط لفلوس", "الفيرمون ما داز", "نصيفط لفلوس لبرا", "فيرمون اليوم"],
}
MESSAGES = [
    ("ma carte est perdue", None),
    ("بغيت نصيفط فيرمون", None),
    ("tlfat lia lakart", None),
    ("virement", "ary"),
    ("", "ary"),
]


def yaml(lines: dict[tuple[str, str], list[str]], *, varieties: bool = True) -> str:
    parts = ['version: "3.1"', "nlu:"]
    for (intent, variety), texts in lines.items():
        parts.append(f"  - intent: {intent}")
        if varieties:
            parts.append(f"    metadata:\n      variety: {variety}")
        parts.append("    examples: |")
        parts.extend(f"      - {text}" for text in texts)
    return "\n".join(parts) + "\n"


def run(folder: Path, nlu: str, **config: Any) -> dict[str, list[dict[str, Any]]]:
    answers: dict[str, list[dict[str, Any]]] = printed(
        SCRIPT, str(folder), given={"nlu": nlu, "config": config, "messages": MESSAGES}
    )
    return answers


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[dict[str, Any]]]]:
    folder = tmp_path_factory.mktemp("nlu")
    return folder, run(folder, yaml(LINES))


def test_intents_are_told_across_scripts(trained: Any) -> None:
    _, answers = trained
    assert [answer["intent"]["name"] for answer in answers["loaded"][:4]] == [
        "card",
        "transfer",
        "card",
        "transfer",
    ]


def test_a_ranking_holds_probabilities(trained: Any) -> None:
    _, answers = trained
    for answer in answers["loaded"]:
        confidences = [one["confidence"] for one in answer["intent_ranking"]]
        assert confidences == sorted(confidences, reverse=True)
        assert sum(confidences) == pytest.approx(1)
        assert answer["intent_ranking"][0] == answer["intent"]


def test_what_is_loaded_answers_as_what_was_trained(trained: Any) -> None:
    _, answers = trained
    for before, after in zip(answers["trained"], answers["loaded"], strict=True):
        assert before["intent"]["name"] == after["intent"]["name"]
        # Weights are kept with half their digits.
        assert before["intent"]["confidence"] == pytest.approx(after["intent"]["confidence"], abs=0.01)
        assert before["variety"] == after["variety"]


def test_varieties(trained: Any) -> None:
    _, answers = trained
    french, darija, *_ = answers["loaded"]
    assert (french["variety"], darija["variety"]) == ("fr", "ary")
    assert 0.5 < french["variety_confidence"] <= 1


def test_an_empty_message_is_in_the_variety_of_the_conversation(trained: Any) -> None:
    _, answers = trained
    assert answers["loaded"][4]["variety"] == "ary"


def test_fallback_stands_before_the_real_ranking(trained: Any) -> None:
    _, answers = trained
    for real, fallen in zip(answers["loaded"], answers["fallback"], strict=True):
        if real["intent"]["confidence"] < 0.99:
            assert fallen["intent"]["name"] == "nlu_fallback"
            assert fallen["intent_ranking"][1:] == real["intent_ranking"]
        else:
            assert fallen["intent"] == real["intent"]


def test_sentence_vectors_are_kept(trained: Any) -> None:
    folder, _ = trained
    (kept,) = (folder / "vectors").iterdir()
    before = kept.stat().st_mtime_ns
    run(folder, yaml(LINES))
    assert kept.stat().st_mtime_ns == before


def test_data_without_varieties_give_none(tmp_path: Path) -> None:
    answers = run(tmp_path, yaml(LINES, varieties=False), dense=False, threshold=0.0)
    assert "variety" not in answers["loaded"][0]
    assert answers["fallback"][0]["intent"]["name"] == "card"
    assert not (tmp_path / "vectors").exists()


def test_a_line_or_two_an_intent_are_enough_to_train(tmp_path: Path) -> None:
    few = {
        ("card", "fr"): ["ma carte"],
        ("transfer", "fr"): ["un virement", "virement"],
        ("hello", "fr"): ["salut"],
    }
    assert run(tmp_path, yaml(few))["loaded"][0]["intent"]["name"] == "card"


def test_a_single_intent_is_nothing_to_learn_from(tmp_path: Path) -> None:
    answers = run(tmp_path, yaml({("card", "fr"): ["ma carte", "carte"]}))
    assert "intent" not in answers["loaded"][0] or answers["loaded"][0]["intent"].get("name") is None
