"""Components of a model that holds nothing of theirs, or something that cannot be read."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.in_engine import printed

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("component_in_engine.py")
COMPONENTS = (
    "VarietyIdentifier",
    "AnswerClassifier",
    "IntentClassifier",
    "GazetteerEntityExtractor",
    "DangerDetector",
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    answer: dict[str, Any] = printed(SCRIPT, str(tmp_path_factory.mktemp("model")))
    return answer


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_was_not_learnt_leaves_messages_alone(found: dict[str, Any], component: str) -> None:
    assert found[component]["left_alone"]


@pytest.mark.parametrize("component", COMPONENTS)
def test_no_message_is_answered_without_what_cannot_be_read(found: dict[str, Any], component: str) -> None:
    """A model that was cut short is refused: without this the engine would run with no detector of danger."""
    assert found[component]["broken_is_refused"]
