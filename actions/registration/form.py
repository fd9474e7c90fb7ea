"""The registration form: consent first, then only what is missing of name, city and education, then a summary.

Anything can be corrected at any point ("la, smiti Fatima"); what is no answer is left to its own action and the form
goes on after it.
"""

from __future__ import annotations

from typing import Any

from actions import arguments, course_words
from actions.base import REQUESTED_SLOT, FormStep, Option, Turn
from actions.confirmations import QUESTION, agrees, no_option, yes_option
from actions.courses import remember_person
from actions.criteria import newer, opens_new_search
from actions.registration.names import introduced_name, name_beside_values, plain_name
from store.catalogue.courses import get_course
from store.core.vocabulary import CITIES

FORM = "registration_form"
EDUCATIONS_OFFERED = (
    "none",
    "primary",
    "middle_school",
    "high_school",
    "baccalaureate",
    "bac_plus_2",
    "bachelor",
    "master",
    "vocational",
)
ANSWERS = frozenset({"inform", "affirm", "deny", "register", "greet", "nlu_fallback", "feedback", "thank"})
"""Intents under which values of the form are read; other intents are questions or wishes of their own."""
WISHES = frozenset(
    {"find_course", "recommend_course", "find_agency", "ask_jobs", "subscribe_alerts", "talk_to_adviser"}
)
"""Intents that name a place or a diploma for their own sake."""
A_FEW_WORDS = 6
SURE = 0.6
"""From this confidence on, a message of another intent is not taken for a name."""
CITY_MAX = 60
CORRECTION = "correction"


class ValidateRegistration(FormStep):
    """Take the answers and corrections a message holds; say nothing, so that what is no answer finds its own action."""

    action_name = f"validate_{FORM}"
    understands = False

    def respond(self, turn: Turn) -> None:
        requested = turn.slots.get(REQUESTED_SLOT)
        if requested is None:
            return
        if turn.concern:
            return  # what is sad is no value, and no answer
        if turn.intent == "cancel_registration" or (turn.intent == "restart" and turn.from_option):
            _abandon(turn)
            return
        if turn.is_bare_number:
            turn.take_option(int(turn.entities["ordinal"][0]))
        taken = _values(turn, requested)
        for slot, value in taken.items():
            turn.set(slot, value)
        if taken:  # for another registration, should this one be abandoned
            remember_person(turn)
        if requested == "consent":
            _consent(turn, taken)
        elif requested == "confirmed" and not taken:
            _confirmation(turn)
        elif turn.intent == "deny" and not taken and turn.confidence >= SURE:
            _abandon(turn)


def _values(turn: Turn, requested: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if requested == "consent" and turn.intent not in ("affirm", "inform"):
        return found  # "yes, but not my level" tells no level
    if (
        turn.intent in ANSWERS
        or introduced_name(turn.text, turn.services)
        or _answers_shortly(turn, requested)
    ):
        if turn.entities.get("city"):
            found["person_city"] = newer(turn.entities["city"], turn.slots.get("person_city"))
        if turn.entities.get("education"):
            found["person_education"] = newer(turn.entities["education"], turn.slots.get("person_education"))
    found |= _in_everyday_words(turn, requested, found)
    name = None if turn.from_option else introduced_name(turn.text, turn.services)
    corrects = requested == "confirmed" and turn.slots.get("expecting") == CORRECTION and not found
    if name is None and (requested == "person_name" or corrects) and _may_be_bare(turn):
        name = plain_name(turn.text, turn.services)
    if name is None and requested == "person_name" and found:
        name = name_beside_values(turn.beside_entities, turn.services)
    if name:
        found["person_name"] = name
    if requested == "person_city" and not found and _may_be_bare(turn):
        city_term = plain_name(turn.text, turn.services)
        if city_term and len(city_term) <= CITY_MAX:
            found["person_city"] = city_term
    return found


def _in_everyday_words(turn: Turn, requested: str, found: dict[str, Any]) -> dict[str, Any]:
    """What an open question is answered with, whatever else the words mean: "Safi", "9rit 7ta lkhames"."""
    if turn.from_option or turn.asks:
        return {}
    if requested == "person_city" and (city := turn.services.city_of(turn.text)):
        return {"person_city": city}
    if requested == "person_education" and not found and (level := turn.services.level_in(turn.text)):
        return {"person_education": level}
    return {}


def _answers_shortly(turn: Turn, requested: str) -> bool:
    """A few words that hold the value asked for, or one to be corrected, and ask or wish for nothing else."""
    answered_by = {
        "person_city": ("city",),
        "person_education": ("education",),
        "confirmed": ("city", "education"),
    }
    return (
        any(turn.entities.get(name) for name in answered_by.get(requested, ()))
        and not turn.asks
        and len(turn.words) <= A_FEW_WORDS
        and (turn.intent not in WISHES or turn.confidence < SURE)
    )


def _may_be_bare(turn: Turn) -> bool:
    """Whether the message may be a bare value rather than a request of its own; all its words being strange, it is."""
    if turn.from_option or turn.asks:
        return False
    strange = not turn.says_any(turn.services.common_words)
    return turn.intent in ANSWERS or turn.confidence < SURE or strange


def _consent(turn: Turn, taken: dict[str, Any]) -> None:
    """A yes counts where it is plain; a no, where it says nothing else of themselves."""
    if agrees(turn, "consent"):
        turn.set("consent", True)
        turn.set("unclear", 0)
    elif _refuses(turn, "consent") and not taken:
        turn.set("consent", False)
        turn.set(REQUESTED_SLOT, None)


def _refuses(turn: Turn, question: str) -> bool:
    """Whether the message is a no to this question: plainly, or by its own choice."""
    if turn.from_option:
        return turn.intent == "deny" and turn.entity(QUESTION) == question
    return turn.answer == "no"


def _confirmation(turn: Turn) -> None:
    if agrees(turn, "confirmed"):
        turn.set("confirmed", True)
    elif turn.entity("view") in ("person_name", "person_city", "person_education"):
        turn.set(turn.entity("view"), None)
    elif _refuses(turn, "confirmed") and (
        turn.slots.get("expecting") == CORRECTION or opens_new_search(turn.entities) or turn.intent != "deny"
    ):
        _abandon(turn)
    elif _refuses(turn, "confirmed"):
        turn.set("person", {**(turn.slots.get("person") or {}), "correcting": True})


def _abandon(turn: Turn) -> None:
    turn.set("confirmed", False)
    turn.set(REQUESTED_SLOT, None)


class AskConsent(FormStep):
    action_name = f"action_ask_{FORM}_consent"

    def respond(self, turn: Turn) -> None:
        course = get_course(turn.session, turn.slots["course"])
        turn.say(
            "ask-consent",
            [yes_option("option-agree", "consent"), no_option("option-refuse", "consent")],
            course=course_words.title(course) if course else "",
        )


class AskName(FormStep):
    action_name = f"action_ask_{FORM}_person_name"

    def respond(self, turn: Turn) -> None:
        turn.say("ask-name", missing=_missing(turn))


class AskCity(FormStep):
    action_name = f"action_ask_{FORM}_person_city"

    def respond(self, turn: Turn) -> None:
        turn.say("ask-city", missing=_missing(turn))


def _missing(turn: Turn) -> str:
    """What else will be asked, so that an SMS can ask for it at once: each of its answers costs a segment more."""
    city, education = (turn.slots.get(slot) is None for slot in ("person_city", "person_education"))
    return {(True, True): "both", (True, False): "city", (False, True): "education"}.get(
        (city, education), "nothing"
    )


class AskEducation(FormStep):
    action_name = f"action_ask_{FORM}_person_education"

    def respond(self, turn: Turn) -> None:
        turn.say(
            "ask-education",
            [
                Option(
                    "option-education",
                    "inform",
                    {"education": value},
                    {"education": arguments.term("education", value)},
                )
                for value in EDUCATIONS_OFFERED
            ],
        )


class AskConfirmed(FormStep):
    """The summary, to be agreed to or corrected."""

    action_name = f"action_ask_{FORM}_confirmed"

    def respond(self, turn: Turn) -> None:
        person = dict(turn.slots.get("person") or {})
        if person.pop("correcting", False):
            turn.set("person", person)
            turn.set("expecting", CORRECTION)
            turn.say(
                "ask-what-to-correct",
                [
                    Option("option-correct-name", "inform", {"view": "person_name"}),
                    Option("option-correct-city", "inform", {"view": "person_city"}),
                    Option("option-correct-education", "inform", {"view": "person_education"}),
                    Option("option-abandon", "cancel_registration"),
                ],
            )
            return
        course = get_course(turn.session, turn.slots["course"])
        turn.say(
            "ask-confirmation",
            [yes_option("option-confirm", "confirmed"), no_option("option-correct", "confirmed")],
            course=course_words.title(course) if course else "",
            name=turn.slots["person_name"],
            city=city_term(turn.slots["person_city"]),
            education=arguments.term("education", turn.slots["person_education"]),
        )


def city_term(value: str) -> Any:
    """A city of the contract as a term, any other place as it was written."""
    return arguments.term("city", value) if is_city(value) else value


def is_city(value: str) -> bool:
    return value in CITIES
