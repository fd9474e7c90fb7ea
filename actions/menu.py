"""The menu: what the assistant can do, as choices."""

from __future__ import annotations

from actions.base import Option


def menu_options() -> list[Option]:
    return [
        Option("option-find", "find_course"),
        Option("option-advise-me", "recommend_course"),
        Option("option-my-registrations", "registration_status"),
        Option("option-agency", "find_agency"),
        Option("option-adviser", "talk_to_adviser"),
        Option("option-my-data", "ask_privacy"),
    ]
