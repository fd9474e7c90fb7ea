"""What tests of registrations do: somebody has answered everything, and submits."""

from uuid import UUID

from actions.base import Services
from tests.actions.telling import Told, tell

COURSE = "google-data-analytics"
OTHER = "google-it-support"
ANSWERED = {"person_name": "Fatima", "person_city": "fes", "person_education": "bachelor"}


def registered(services: Services, person: UUID, **slots: object) -> Told:
    return tell(
        services, "action_submit_registration", person, "affirm",
        **{"course": COURSE, "consent": True, "confirmed": True, **ANSWERED, **slots},
    )  # fmt: skip
