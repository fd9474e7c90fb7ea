"""Which question a message answers: the one asked last, while it stands."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.in_engine import printed

SCRIPT = Path(__file__).with_name("asked_in_engine.py")
HOUR = 3600.0
ERASE = {"offer": {"do": "erase"}}
NOW = [["user", 5], ["bot", 4]]
CASES: dict[str, tuple[dict[str, Any], list[list[Any]], dict[str, bool], str | None]] = {
    "just asked": (ERASE, NOW, {}, "offer_erase"),
    "a form": ({"requested_slot": "consent"}, NOW, {}, "consent"),
    "a form before an offer": ({"requested_slot": "confirmed", **ERASE}, NOW, {}, "confirmed"),
    "an offer before what is expected": ({"expecting": "pick", **ERASE}, NOW, {}, "offer_erase"),
    "nothing": ({}, NOW, {}, None),
    "almost a day": (ERASE, [["bot", 23.9 * HOUR]], {}, "offer_erase"),
    "a day": (ERASE, [["bot", 24.1 * HOUR]], {}, None),
    "a day, in a form": ({"requested_slot": "consent"}, [["bot", 30 * HOUR]], {}, None),
    "a day, though they wrote": (ERASE, [["bot", 25 * HOUR], ["user", 1]], {}, None),
    "said again since": (ERASE, [["bot", 25 * HOUR], ["bot", 5]], {}, "offer_erase"),
    "never said": (ERASE, [["user", 5]], {}, None),
    "interrupted": (ERASE, NOW, {"interrupted": True}, None),
    "interrupted, in a form": ({"requested_slot": "confirmed"}, NOW, {"interrupted": True}, None),
    "danger": (ERASE, NOW, {"danger_open": True}, None),
    "forwarded": (ERASE, NOW, {"forwarded": True}, "offer_erase"),
}


@pytest.fixture(scope="module")
def found() -> Any:
    given = [{"slots": slots, "said": said, "marks": marks} for slots, said, marks, _ in CASES.values()]
    return dict(zip(CASES, printed(SCRIPT, given=given), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_a_question_stands(found: Any, name: str) -> None:
    marks, expected = CASES[name][2:]
    assert found[name]["asked"] == expected
    assert found[name]["forwarded"] is marks.get("forwarded", False)
    assert found[name]["option"] is False
