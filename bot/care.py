"""Whether what was understood is left to the app, which gives help numbers, instead of to the dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.nlu.danger.examples import AWAY

#: A wish leads away from danger where it is clear, or names what it is about, and nothing in it speaks of danger.
SURE_TO_LEAD_AWAY, SURE_WITH_SUBJECT = 0.85, 0.5
MOST_DANGER = 0.2
LEADING_AWAY = frozenset(
    {
        "find_course", "recommend_course", "more_results", "course_details", "register", "registration_status",
        "cancel_registration", "find_agency", "ask_jobs", "ask_business_support", "employer_training",
        "subscribe_alerts", "change_language", "delete_my_data", "report_access_problem",
    }
)  # fmt: skip
"""Questions do not: "is it free?" may be about the number to call."""
SUBJECTS = frozenset({"topic", "occupation", "provider"})


def needs_care(parsed: Mapping[str, Any], danger_open: bool) -> bool:
    """Whether the app answers itself: somebody is in danger, or was and has not led away from it with a clear wish."""
    return bool(parsed.get("danger")) or (danger_open and not _leads_away(parsed))


def _leads_away(parsed: Mapping[str, Any]) -> bool:
    intent = parsed.get("intent") or {}
    if parsed.get("danger_need"):
        return bool(parsed["danger_need"] == AWAY)
    subject = any(entity["entity"] in SUBJECTS for entity in parsed.get("entities") or ())
    return (
        not parsed.get("concern")
        and float(parsed.get("danger_likelihood") or 0.0) < MOST_DANGER
        and intent.get("name") in LEADING_AWAY
        and float(intent.get("confidence") or 0.0) >= (SURE_WITH_SUBJECT if subject else SURE_TO_LEAD_AWAY)
    )
