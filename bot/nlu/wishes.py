"""Which intents ask for something, as against those that answer, greet, tell, or take something back; and which would
hurt somebody who meant none of it.
"""

WISHES = frozenset(
    {
        "find_course", "recommend_course", "more_results", "course_details", "ask_cost", "ask_certificate",
        "ask_duration", "ask_prerequisites", "ask_mode", "ask_schedule", "ask_course_language", "ask_provider",
        "ask_equipment", "register", "registration_status", "report_access_problem", "find_agency", "talk_to_adviser",
        "ask_jobs", "ask_business_support", "employer_training", "subscribe_alerts", "change_language",
    }
)  # fmt: skip

WOULD_HURT = frozenset(
    {"stop_messages", "delete_my_data", "restart", "report_completion", "thank", "feedback"}
)
"""To somebody who wrote something sad, these would be: silence, an erasure, a new beginning, congratulations, "with
pleasure", "I pass it on"."""
