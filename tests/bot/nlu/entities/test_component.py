"""The component in the engine's own environment: trained, kept, loaded."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.in_engine import printed
from tests.bot.nlu.entities.conftest import GAZETTEER

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("component_in_engine.py")


def run(folder: Path, *gazetteer: str) -> dict[str, Any]:
    found: dict[str, Any] = printed(SCRIPT, str(folder), *gazetteer)
    return found


def values(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {entity["entity"]: entity["value"] for entity in found}


def test_with_a_gazetteer(tmp_path: Path) -> None:
    result = run(tmp_path, str(GAZETTEER))
    learnt, ordinal, listed, empty = result["found"]
    assert values(learnt) == {"city": "zemamra"}
    assert values(ordinal) == {"ordinal": 2}
    assert values(listed)["city"] == "casablanca"
    assert listed[-1]["extractor"] == "GazetteerEntityExtractor"
    assert empty == []
    assert result["fingerprint"]


def test_without_a_gazetteer(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert values(result["found"][0]) == {"city": "zemamra"}
    assert result["found"][2] == []
    assert result["fingerprint"] is None
