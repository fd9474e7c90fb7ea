"""What became of a registration: its state, cancelling it, trouble getting in, having finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions import arguments, course_words
from actions.adviser import request_adviser
from actions.base import Option, Turn, Verb
from actions.confirmations import OFFERS, SURE, Confirmation, no_option, offer_to_confirm, yes_option
from actions.course_list import search_and_show
from store.catalogue.courses import CourseView, get_course
from store.core.ids import is_made_before
from store.registrations import registrations
from store.tables import Registration

ACTIVE = frozenset({"requested", "confirmed", "waiting", "in_progress"})


def active_registrations(turn: Turn) -> list[Registration]:
    return [r for r in registrations.of_person(turn.session, turn.person_id) if r.state in ACTIVE]


def _title(turn: Turn, registration: Registration) -> Any:
    course = get_course(turn.session, registration.course_id)
    return course_words.title(course) if course else registration.course_id


def _chosen(turn: Turn, among: Sequence[Registration]) -> Registration | None:
    """The registration meant: tapped, of the course named or numbered, or the only one."""
    reference = turn.entity("registration")
    if reference:
        return next((r for r in among if r.reference == reference), None)
    if turn.entities.get("ordinal"):
        number = int(turn.entities["ordinal"][0])
        index = len(among) - 1 if number == -1 else number - 1
        return among[index] if 0 <= index < len(among) else None
    topics = set(turn.entities.get("topic", ()))
    named = [r for r in among if topics & set(_topics(turn, r))]
    if len(named) == 1:
        return named[0]
    return among[0] if len(among) == 1 else None


def _topics(turn: Turn, registration: Registration) -> tuple[str, ...]:
    course = get_course(turn.session, registration.course_id)
    return course.topics if course else ()


def _ask_which(turn: Turn, intent: str, among: Sequence[Registration]) -> None:
    turn.say(
        "which-registration",
        [
            Option("option-registration", intent, {"registration": r.reference}, {"course": _title(turn, r)})
            for r in among
        ],
    )


def _none(turn: Turn) -> None:
    turn.say(
        "no-registration", [Option("option-find", "find_course"), Option("option-adviser", "talk_to_adviser")]
    )


class RegistrationStatus(Verb):
    action_name = "action_registration_status"

    def respond(self, turn: Turn) -> None:
        found = registrations.of_person(turn.session, turn.person_id)
        if not found:
            _none(turn)
            return
        lines = [
            arguments.reply(
                "registration-line",
                course=_title(turn, r),
                reference=r.reference,
                state=arguments.term("state", r.state),
            )
            for r in found
        ]
        options = [Option("option-find", "find_course")]
        if any(r.state in ACTIVE for r in found):
            options += [
                Option("option-finished", "report_completion"),
                Option("option-access-problem", "report_access_problem"),
                Option("option-cancel", "cancel_registration"),
            ]
        turn.say("registrations", options, count=len(found), registrations=arguments.lines(lines))


class CancelRegistration(Verb):
    """Cancel after a yes; nothing is cancelled on one word alone."""

    action_name = "action_cancel_registration"

    def respond(self, turn: Turn) -> None:
        active = active_registrations(turn)
        if not active and turn.offered:  # "no, I changed my mind" is said of what was just offered
            turn.go_on_with("action_deny")
            return
        if not active:
            _none(turn)
            return
        chosen = _chosen(turn, active)
        if chosen is None:
            _ask_which(turn, "cancel_registration", active)
            return
        offer_to_confirm(turn, "cancel", reference=chosen.reference)


def _ask_cancel(turn: Turn, offer: Mapping[str, Any]) -> None:
    question = "offer_cancel"
    turn.say(
        "ask-cancel",
        [yes_option("option-yes-cancel", question), no_option("option-keep", question)],
        course=_title_of(turn, offer["reference"]),
        reference=offer["reference"],
    )


def _title_of(turn: Turn, reference: str) -> Any:
    registration = registrations.by_reference(turn.session, reference)
    return _title(turn, registration) if registration else reference


OFFERS["cancel"] = Confirmation(_ask_cancel, "not-cancelled")


def cancel(turn: Turn, reference: str) -> None:
    """Do what `ask-cancel` asked about."""
    registration = registrations.by_reference(turn.session, reference)
    if registration is None or registration.person_id != turn.person_id:
        _none(turn)
        return
    registrations.cancel(turn.session, registration.id, now=turn.services.now())
    turn.set("undoable", reference)
    turn.say(
        "cancelled",
        [Option("option-find", "find_course"), Option("option-my-registrations", "registration_status")],
        course=_title(turn, registration),
        reference=reference,
    )


class ReportCompletion(Verb):
    """Congratulate, note it, and show a next step."""

    action_name = "action_report_completion"

    def respond(self, turn: Turn) -> None:
        active = active_registrations(turn)
        chosen = _completed_already(turn) or (_chosen(turn, active) if active else None)
        if active and chosen is None:
            _ask_which(turn, "report_completion", active)
            return
        if not turn.is_sure(SURE):
            offer_to_confirm(turn, "complete", reference=chosen.reference if chosen else None)
            return
        complete(turn, chosen.reference if chosen else None)


def complete(turn: Turn, reference: str | None) -> None:
    """Do what `ask-complete` asked about; without a registration of ours it is a course taken elsewhere."""
    registration = registrations.by_reference(turn.session, reference) if reference else None
    if registration is None or registration.person_id != turn.person_id:
        turn.say("congratulations")
        _next_step(turn, list(turn.entities.get("topic", ())), None)
        return
    registrations.complete(turn.session, registration.id, now=turn.services.now())
    turn.set("undoable", registration.reference)
    course = get_course(turn.session, registration.course_id)
    turn.say("completed", course=_title(turn, registration), reference=registration.reference)
    _next_step(turn, list(course.topics[:1]) if course else [], course)


def _ask_complete(turn: Turn, offer: Mapping[str, Any]) -> None:
    question = "offer_complete"
    options = [yes_option("option-yes-complete", question), no_option("option-not-yet", question)]
    if offer["reference"]:
        turn.say("ask-complete", options, course=_title_of(turn, offer["reference"]))
    else:
        turn.say("ask-complete-elsewhere", options)


OFFERS["complete"] = Confirmation(_ask_complete, "not-completed")


def _completed_already(turn: Turn) -> Registration | None:
    """What this message completed when its turn was taken before, and cut short: it is not to complete another."""
    for registration in registrations.of_person(turn.session, turn.person_id):
        if registration.state == "completed":
            last = registrations.changes_of(turn.session, registration.id)[-1]
            if not is_made_before(last.id, turn.message_id):
                return registration
    return None


NEXT_LEVEL = {"beginner": "intermediate", "intermediate": "advanced"}


def _next_step(turn: Turn, topics: list[str], done: CourseView | None) -> None:
    wished: dict[str, Any] = {"topic": topics} if topics else {}
    if done and done.level in NEXT_LEVEL:
        wished["level"] = NEXT_LEVEL[done.level]
    if not wished.get("topic") or not search_and_show(
        turn, wished, header="next-step", done=done.id if done else None
    ):
        turn.offer([Option("option-find", "find_course"), Option("option-jobs", "ask_jobs")])


HELP_WITH_ACCESS = {"do": "adviser", "reason": "access_problem"}


class ReportAccessProblem(Verb):
    """First aid; if it does not help, an adviser."""

    action_name = "action_report_access_problem"

    def respond(self, turn: Turn) -> None:
        if turn.offered == HELP_WITH_ACCESS:  # the first aid was given a moment ago
            request_adviser(turn, HELP_WITH_ACCESS["reason"])
            return
        active = active_registrations(turn)
        chosen = _chosen(turn, active) if active else None
        course = get_course(turn.session, chosen.course_id) if chosen else None
        turn.set("offer", HELP_WITH_ACCESS)
        turn.say(
            "access-first-aid",
            [
                Option("option-solved", "thank"),
                Option("option-adviser", "talk_to_adviser", {"view": "access_problem"}),
            ],
            link=arguments.reply("access-link", url=course.url) if course and course.url else "",
        )
