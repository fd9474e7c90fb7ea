"""What is left to the app: danger, and what comes after it until somebody leads away."""

from typing import Any

import pytest

from bot.care import needs_care


def read(intent: str, confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    return {"intent": {"name": intent, "confidence": confidence}, **more}


@pytest.mark.parametrize("danger_open", [True, False])
@pytest.mark.parametrize(
    "intent", ["find_course", "delete_my_data", "stop_messages", "thank", "nlu_fallback"]
)
def test_danger_needs_care_whatever_the_intent(intent: str, danger_open: bool) -> None:
    assert needs_care(read(intent, 1.0, danger=True), danger_open)


@pytest.mark.parametrize(
    "intent", ["find_course", "register", "cancel_registration", "delete_my_data", "change_language"]
)
def test_a_clear_wish_leads_away(intent: str) -> None:
    assert not needs_care(read(intent), True)
    assert needs_care(read(intent, 0.84), True)
    assert not needs_care(read(intent, 0.6, entities=[{"entity": "topic", "value": "office_tools"}]), True)
    assert needs_care(read(intent, 0.6, entities=[{"entity": "city", "value": "casablanca"}]), True)
    assert needs_care(read(intent, concern=True), True)
    assert needs_care(read(intent, danger_likelihood=0.3), True)


@pytest.mark.parametrize("intent", ["nlu_fallback", "thank", "find_course"])
def test_what_is_asked_for_after_danger_decides_before_the_intent(intent: str) -> None:
    assert not needs_care(read(intent, 0.3, danger_need="away", danger_likelihood=0.4, concern=True), True)
    assert needs_care(read(intent, 1.0, danger_need="shelter"), True)
    assert needs_care(read(intent, 1.0, danger_need="away", danger=True), True)


@pytest.mark.parametrize(
    "intent",
    [
        "affirm", "deny", "thank", "greet", "goodbye", "nlu_fallback", "talk_to_adviser", "stop_messages", "restart",
        "report_completion", "inform", "feedback", "job_loss", "ask_cost", "ask_privacy", "ask_mode",
        "out_of_scope", "help",
    ],
)  # fmt: skip
def test_nothing_else_does(intent: str) -> None:
    assert needs_care(read(intent, 1.0), True)
    assert not needs_care(read(intent, 1.0), False)


@pytest.mark.parametrize(
    "parsed", [{}, {"intent": None}, {"intent": {"name": "find_course", "confidence": None}}]
)
def test_what_was_not_understood_stays(parsed: dict[str, Any]) -> None:
    assert needs_care(parsed, True)
    assert not needs_care(parsed, False)
