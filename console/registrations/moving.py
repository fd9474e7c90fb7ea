"""Moving registrations to a state: one, or many in small transactions; their people are told."""

from collections import Counter
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from console.registrations.filters import STATES
from console.web.course_titles import title_in, title_of
from console.web.visit import Visit
from store.catalogue.edits import find
from store.conversations.outbound import ContentTemplate
from store.core.vocabulary import DEFAULT_VARIETY
from store.outreach.notifier import Notice
from store.people import people
from store.registrations import lists as registration_lists
from store.registrations import updates as registration_updates
from store.registrations.states import NEXT, RegistrationUnknown, State
from store.tables import Course, Registration

#: What a message tells of; being asked for is no news to who asked.
TOLD = ("confirmed", "waiting", "in_progress", "completed", "cancelled")
TARGETS = tuple(state for state in STATES if state in TOLD)
#: As many as one press of a button moves, and as many as one transaction does.
MOST = 500
_BATCH = 25


def read_state(text: str) -> State | None:
    """The state a form names, where registrations can be moved there."""
    return cast("State", text) if text in TARGETS else None


def can_move(states: dict[str, int], target: str) -> int:
    """How many of these registrations, counted by state, may go to a state."""
    return sum(many for state, many in states.items() if target in NEXT[state])


def move_one(
    visit: Visit, session: Session, registration_id: UUID, state: State, note: str, *, tell: bool
) -> str:
    """Moves one registration; what came of it (a code). Raises RegistrationUnknown."""
    author = f"adviser:{visit.adviser.id}"
    moved = registration_updates.move(session, registration_id, state, author, visit.now, note or None)
    if moved.outcome == "changed":
        visit.audit(
            session, "registration-changed", person_id=moved.registration.person_id,
            reference=moved.registration.reference, to=state,
        )  # fmt: skip
        for each in (moved.registration, *moved.promoted) if tell else moved.promoted:
            _tell(visit, session, each)
    return moved.outcome


def move_many(
    visit: Visit, registration_ids: Sequence[UUID], state: State, note: str, *, tell: bool
) -> dict[str, int]:
    """Moves many, a few in each transaction; how many came to what. What is not theirs to see is passed over."""
    outcomes: Counter[str] = Counter()
    for start in range(0, len(registration_ids), _BATCH):
        with visit.services.database.session() as session:
            for each in registration_ids[start : start + _BATCH]:
                if registration_lists.find(session, visit.scope, each) is None:
                    continue
                try:
                    outcomes[move_one(visit, session, each, state, note, tell=tell)] += 1
                except RegistrationUnknown:
                    continue
    return dict(outcomes)


def _tell(visit: Visit, session: Session, registration: Registration) -> None:
    course: Course = find(session, Course, registration.course_id)
    variety = people.get(session, registration.person_id).variety or DEFAULT_VARIETY
    notifier = visit.services.notifier
    state = notifier.render(f"state-{registration.state}", {}, variety, "web").text
    notice = Notice(
        key=f"registration-update-{registration.state}",
        args={"course": title_of(course), "reference": registration.reference},
        template=ContentTemplate(
            "registration_update", [registration.reference, f"{state} ({title_in(course, variety)})"]
        ),
    )
    notifier.notify(session, registration.person_id, notice, visit.adviser.id)
