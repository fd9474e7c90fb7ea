"""Taking back what was just done with a registration: it was a mistake, or they thought again."""

from __future__ import annotations

from actions import arguments, course_words
from actions.base import Option, Turn, Verb
from actions.reading.bearing import TAKE_BACK
from store.catalogue.courses import get_course
from store.core.ids import is_made_before
from store.registrations import registrations
from store.registrations.undoing import take_back
from store.tables import Registration


class TakeBack(Verb):
    """Put it back as it was, where that can still be done; an adviser can do more."""

    action_name = TAKE_BACK

    def respond(self, turn: Turn) -> None:
        reference = turn.slots["undoable"]
        turn.set("undoable", None)
        turn.set("offer", None)
        found = registrations.by_reference(turn.session, reference)
        mine = found if found and found.person_id == turn.person_id else None
        undone = _taken_back(turn, mine) if mine else None
        if undone is None:
            turn.set("offer", {"do": "adviser", "reason": "undo"})
            turn.say("take-back-adviser", [Option("option-adviser", "talk_to_adviser", {"view": "undo"})])
            return
        course = get_course(turn.session, undone.course_id)
        turn.say(
            "taken-back",
            [Option("option-my-registrations", "registration_status"), Option("option-find", "find_course")],
            course=course_words.title(course) if course else undone.course_id,
            reference=undone.reference,
            state=arguments.term("state", undone.state),
        )


def _taken_back(turn: Turn, mine: Registration) -> Registration | None:
    """The registration as it was; also where this message took it back before its turn was cut short."""
    last = registrations.changes_of(turn.session, mine.id)[-1]
    if mine.state in registrations.ACTIVE and not is_made_before(last.id, turn.message_id):
        return mine
    return take_back(turn.session, mine.id, turn.services.now())
