"""Lines of output, without a model."""

import os
from pathlib import Path

import pytest

from bot.understanding import answer, newest_model


def test_the_intent_is_the_best_real_one() -> None:
    parsed = {
        "text": "?",
        "intent": {"name": "nlu_fallback", "confidence": 0.35},
        "intent_ranking": [
            {"name": "nlu_fallback", "confidence": 0.35},
            *(
                {"name": name, "confidence": confidence}
                for name, confidence in zip("abcd", (0.3, 0.2, 0.1, 0.1), strict=True)
            ),
        ],
        "entities": [{"entity": "city", "value": "fes", "start": 0, "end": 1, "extractor": "x"}],
        "variety": "fr",
        "variety_confidence": 0.9,
    }
    assert answer(parsed) == {
        "text": "?",
        "intent": "a",
        "confidence": 0.3,
        "ranking": [("a", 0.3), ("b", 0.2), ("c", 0.1)],
        "variety": "fr",
        "entities": [{"entity": "city", "value": "fes", "start": 0, "end": 1}],
        "fallback": True,
        "danger": False,
        "concern": False,
    }


def test_nothing_understood() -> None:
    assert answer({"text": ""})["intent"] is None


def test_the_newest_model(tmp_path: Path) -> None:
    for age, name in enumerate(("b", "a")):
        (tmp_path / f"{name}.tar.gz").touch()
        os.utime(tmp_path / f"{name}.tar.gz", (age, age))
    assert newest_model(tmp_path).name == "a.tar.gz"


def test_no_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make train"):
        newest_model(tmp_path)
