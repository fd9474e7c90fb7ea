"""Which action answers a message by what it remarks, where the talk so far bears that out."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.turn import Turn
from store.handover import requests as adviser_requests

TAKE_BACK, WAIT, NO_LONGER, FRAUD = (
    "action_take_back",
    "action_adviser_wait",
    "action_adviser_no_longer",
    "action_fraud",
)
#: What is asked next is read as more of it.
FRAUD_TOLD = "fraud"
_FRAUD = frozenset({"scam_money", "scam_wanted", "scam_whom"})
_A_MOMENT = timedelta(minutes=10)
_ABOUT_COURSES = frozenset({"find_course", "recommend_course", "course_details"})


def action_for(turn: Turn) -> str | None:
    """The action that answers, or None where the intent's own does."""
    if turn.from_option or not turn.text:
        return None
    made = turn.services.remarks_in(turn.text)
    if not made:
        return None
    if _tells_of_fraud(turn, made):
        return FRAUD
    if "mistake" in made and turn.slots.get("undoable"):
        return TAKE_BACK
    if turn.in_form:
        return None
    if "no_longer" in made and _waits(turn, turn.services.now() - _A_MOMENT):
        return NO_LONGER
    return WAIT if "how_long" in made and _waits(turn) else None


def _tells_of_fraud(turn: Turn, made: frozenset[str]) -> bool:
    if turn.slots.get("expecting") == FRAUD_TOLD and made & {"scam_more", "scam", "scam_money"}:
        return True
    outright = "scam" in made and not (turn.intent in _ABOUT_COURSES and turn.entity("topic"))
    return outright or made >= _FRAUD


def _waits(turn: Turn, closed_since: datetime | None = None) -> bool:
    """Whether a request for an adviser is open that is no call for help.

    Args:
        closed_since: those closed after it count too, as a turn that was cut short is taken again.
    """
    return any(
        request.reason != adviser_requests.URGENT
        and (request.closed_at is None or (closed_since is not None and request.closed_at > closed_since))
        for request in adviser_requests.of_person(turn.session, turn.person_id)
    )
