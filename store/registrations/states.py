"""States of a registration: which there are, where each may go, and what is answered when it may not."""

from dataclasses import dataclass
from typing import Literal

from store.tables import Registration

State = Literal["requested", "confirmed", "waiting", "in_progress", "completed", "cancelled"]
RefusalReason = Literal["unknown", "historic", "closed", "expired", "already", "completed", "cancelled"]

ACTIVE: tuple[State, ...] = ("requested", "confirmed", "waiting", "in_progress")
#: States that take a place of those a session has.
SEATED: tuple[State, ...] = ("requested", "confirmed", "in_progress", "completed")
#: Where each state may go. A course of self-study is often finished before anybody confirmed it.
NEXT: dict[str, tuple[State, ...]] = {
    "requested": ("confirmed", "waiting", "in_progress", "completed", "cancelled"),
    "confirmed": ("in_progress", "completed", "cancelled"),
    "waiting": ("confirmed", "cancelled"),
    "in_progress": ("completed", "cancelled"),
    "completed": (),
    "cancelled": (),
}


@dataclass(frozen=True)
class Refused:
    """Why there is no registration, or no change of one.

    unknown: no such course or session. historic, closed: the course is no longer given, or takes nobody now.
    expired: its dates are over. already: `existing` is the person's active registration for it. completed, cancelled:
    `existing` is over and cannot change.
    """

    reason: RefusalReason
    existing: Registration | None = None


class IllegalTransition(Exception):
    """A registration cannot go from one of its states to another."""

    def __init__(self, from_state: str, to_state: str) -> None:
        self.from_state = from_state
        self.to_state = to_state
        super().__init__(f"a registration does not go from {from_state} to {to_state}")


class SessionFull(Exception):
    """Somebody who waits was to be confirmed, and there is no place."""


class RegistrationUnknown(LookupError):
    """There is no registration of this id."""
