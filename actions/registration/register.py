"""Registering for a course: which one, may one, the form, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions import arguments, course_words, criteria
from actions.base import FormStep, Option, Turn, Verb
from actions.course_choice import Choice, chosen_course
from actions.course_list import search_and_show
from actions.course_page import ask_which
from actions.courses import remember_person
from actions.registration.form import FORM, city_term, is_city
from store.catalogue.courses import CourseView, get_course
from store.people import consents, profiles
from store.registrations import registrations

PURPOSE: consents.Purpose = "registration"
CONSENT_LASTS = timedelta(days=365)
"""What a person told of themselves is kept for two years from their consent, or as long as the operator says
(`store/lifecycle/retention.py`): asked again after one, no registration is soon without a name.
"""


class Register(Verb):
    """Start a registration for the course meant, unless it is closed or already made."""

    action_name = "action_register"

    def respond(self, turn: Turn) -> None:
        remember_person(turn)
        choice = chosen_course(turn)
        if choice.course is None:
            if turn.form != FORM:
                _no_course_yet(turn, choice)
            return
        start_registration(turn, choice.course)


def _no_course_yet(turn: Turn, choice: Choice) -> None:
    """A wish to register that names no course: look for what it names, else ask which."""
    if choice.candidates or choice.missing_number is not None:
        ask_which(turn, choice)
    elif any(turn.entities.get(k) for k in ("topic", "occupation", "provider")):
        turn.go_on_with("action_find_course")
    else:
        ask_which(turn, choice)


def start_registration(turn: Turn, course: CourseView) -> None:
    """Put the course in view and open the form with what is known already."""
    turn.set("course", course.id)
    turn.set("offer", None)
    refusal = registrations.refusal(turn.session, turn.person_id, course.id, now=turn.services.now())
    if refusal is not None:
        turn.leave_form()
        tell_refusal(turn, course, refusal)
        return
    known = _known(turn)
    for slot in ("consent", "person_name", "person_city", "person_education"):
        turn.set(slot, known.get(slot))
    turn.set("confirmed", None)
    turn.set("unclear", 0)
    turn.go_on_with(FORM)


def _known(turn: Turn) -> dict[str, Any]:
    """What needs no asking: the consented profile, and what was said of oneself in this conversation."""
    told = turn.slots.get("person") or {}
    known: dict[str, Any] = {
        "person_city": told.get("city"),
        "person_education": told.get("education"),
    }
    if _has_agreed(turn):
        profile = profiles.profile(turn.session, turn.person_id)
        known = {
            "consent": True,
            "person_name": profile.name,
            "person_city": told.get("city") or profile.city or profile.region,
            "person_education": told.get("education") or profile.education,
        }
    return known


def _has_agreed(turn: Turn) -> bool:
    """Whether they need not be asked: they agreed to the present wording, and not long ago."""
    version, since = turn.services.consent_versions[PURPOSE], turn.services.now() - CONSENT_LASTS
    return consents.has_consent(turn.session, turn.person_id, PURPOSE, version, since)


def tell_refusal(turn: Turn, course: CourseView, refused: registrations.Refused) -> None:
    """Say why there is no registration, and show what is open instead."""
    if refused.reason == "already" and refused.existing is not None:
        turn.say(
            "already-registered",
            [
                Option("option-my-registrations", "registration_status"),
                Option("option-others", "more_results"),
            ],
            course=course_words.title(course),
            reference=refused.existing.reference,
            state=arguments.term("state", refused.existing.state),
        )
        return
    turn.say("registration-closed", course=course_words.title(course))
    if course.topics:
        search_and_show(turn, {"topic": [course.topics[0]]}, header="found-instead")


class SubmitRegistration(FormStep):
    """Keep the consent and the person's answers, register, and give the reference."""

    action_name = "action_submit_registration"

    def respond(self, turn: Turn) -> None:
        consent, confirmed = turn.slots.get("consent"), turn.slots.get("confirmed")
        course = get_course(turn.session, turn.slots["course"])
        if consent is False:
            _refuse(turn)
        elif not confirmed or course is None:
            turn.set("consent", None)
            turn.say("registration-abandoned", _browse_options())
            named = criteria.from_entities(turn.entities)
            if criteria.opens_new_search(named):  # "I changed my mind, I want English"
                search_and_show(turn, named)
        else:
            self._register(turn, course)
        for slot in ("confirmed", "person_name", "person_city", "person_education"):
            turn.set(slot, None)  # what is kept of it is kept with its consent, and goes with it
        if turn.answer == "no" and turn.intent != "deny" and not turn.from_option:
            turn.go_on_with(f"action_{turn.intent}")  # "no, show me other courses"

    def _register(self, turn: Turn, course: CourseView) -> None:
        now = turn.services.now()
        if not _has_agreed(turn):
            _record_answer(turn, given=True)
        told = turn.slots.get("person") or {}
        profiles.update_profile(
            turn.session,
            turn.person_id,
            name=turn.slots["person_name"],
            education=turn.slots["person_education"],
            **_city_or_region(turn.slots["person_city"]),
            **({"employment_status": told["employment_status"]} if told.get("employment_status") else {}),
        )
        outcome = registrations.register(
            turn.session, turn.person_id, course.id, now=now, request_id=turn.message_id
        )
        if isinstance(outcome, registrations.Refused):
            tell_refusal(turn, course, outcome)
            return
        turn.say(
            "registered-waiting" if outcome.state == "waiting" else "registered",
            [
                Option("option-my-registrations", "registration_status"),
                Option("option-others", "more_results"),
                Option("option-alert", "subscribe_alerts"),
            ],
            name=turn.slots["person_name"],
            course=course_words.title(course),
            reference=outcome.reference,
            city=city_term(turn.slots["person_city"]),
            next=arguments.reply("registered-link", url=course.url) if course.url else "",
        )


def _refuse(turn: Turn) -> None:
    """A no takes an earlier yes back, but for registrations that are under way and need it."""
    _record_answer(turn, given=False)
    turn.set("consent", None)
    if registrations.of_person(turn.session, turn.person_id, active_only=True):
        mine = Option("option-my-registrations", "registration_status")
        turn.say("registration-consent-elsewhere", [*_browse_options()[:2], mine])
        return
    profiles.forget(turn.session, turn.person_id)
    turn.say("registration-without-consent", _browse_options())


def _record_answer(turn: Turn, *, given: bool) -> None:
    version = turn.services.consent_versions[PURPOSE]
    consents.record_consent(turn.session, turn.person_id, PURPOSE, version, given, turn.services.now())


def _city_or_region(written: str) -> dict[str, str]:
    """The profile's field for a place: a city of the contract, or any other place in the person's words."""
    return {"city": written} if is_city(written) else {"region": written}


def _browse_options() -> list[Option]:
    return [
        Option("option-others", "more_results"),
        Option("option-find", "find_course"),
        Option("option-adviser", "talk_to_adviser"),
    ]
