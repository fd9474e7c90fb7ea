"""Advice for who does not know what to learn: at most three questions, then three courses and why."""

from __future__ import annotations

from typing import Any

from actions import arguments, criteria
from actions.base import REQUESTED_SLOT, FormStep, Option, Turn, Verb
from actions.course_choice import several_picked
from actions.course_list import search_and_show
from actions.courses import nothing_found, remember_person, subject_words
from store.search.search import search_courses

FORM = "recommendation_form"
STEPS = ("interest", "wish_level", "availability")
ANY = {"any": True}
UNDECIDED = frozenset({"recommend_course", "deny", "affirm"})
"""Intents that, as an answer to a question of the form, mean "I do not know, all the same to me"."""
ANSWERING = UNDECIDED | {"inform", "find_course", "register"}
A_FEW_WORDS = 6
FIELDS_OFFERED = (
    ("office_tools", "topic"),
    ("digital_marketing", "topic"),
    ("programming", "topic"),
    ("graphic_design", "topic"),
    ("accounting", "topic"),
    ("customer_service", "topic"),
    ("it_support", "topic"),
)
FIRST_STEPS = ("digital_basics", "office_tools", "soft_skills")
"""For who likes everything or does not know: what every job asks for."""


class RecommendCourse(Verb):
    """Start the questions, with what is already known left out."""

    action_name = "action_recommend_course"

    def respond(self, turn: Turn) -> None:
        if several_picked(turn):
            turn.go_on_with("action_inform")
            return
        if turn.form == FORM:
            return
        turn.leave_form()
        remember_person(turn)
        answers = _answers(turn, requested=None)
        for step in STEPS:
            turn.set(step, answers.get(step))
        turn.set("offer", None)
        turn.go_on_with(FORM)


def _answers(turn: Turn, requested: str | None) -> dict[str, Any]:
    """What the message answers of the three questions, the one asked or any other."""
    found: dict[str, Any] = {}
    named = criteria.from_entities(turn.entities)
    liking = {k: named[k] for k in ("topic", "occupation", "provider") if k in named}
    if liking:
        found["interest"] = liking
    if "level" in named:
        found["wish_level"] = {"level": named["level"]}
    free = {k: named[k] for k in ("duration", "mode", "city", "language", "cost") if k in named}
    if free:
        found["availability"] = free
    if "availability" not in found and turn.says_phrase(turn.services.little_time):
        found["availability"] = {"duration": "short"}
    if requested and (turn.entity("view") == "any" or (not found and _is_undecided(turn))):
        found[requested] = ANY
    return found


def _is_undecided(turn: Turn) -> bool:
    short = len(turn.words) <= A_FEW_WORDS
    return turn.intent in UNDECIDED or (short and turn.says_phrase(turn.services.undecided))


class ValidateRecommendation(FormStep):
    """Take what answers the questions; leave anything else to the action of its intent."""

    action_name = f"validate_{FORM}"

    def respond(self, turn: Turn) -> None:
        requested = turn.slots.get(REQUESTED_SLOT)
        if turn.is_bare_number:
            turn.take_option(int(turn.entities["ordinal"][0]))
        answers = _answers(turn, requested)
        if requested == "interest" and not answers and turn.intent in ("inform", "find_course"):
            answers = _interest_in_own_words(turn)
        if turn.intent not in ANSWERING and not _answers_shortly(turn, requested, answers):
            return
        if requested is None and turn.intent != "inform":
            return
        for step, value in answers.items():
            turn.set(step, value)


def _interest_in_own_words(turn: Turn) -> dict[str, Any]:
    """What the person likes, where it is no known topic but courses have the words in their titles or summaries."""
    wished = {"text": subject_words(turn)}
    found = wished["text"] and search_courses(
        turn.session,
        criteria.to_search(wished),
        limit=1,
        today=turn.services.today(),
        fold=turn.services.fold,
    )
    return {"interest": wished} if found and found.matches else {}


def _answers_shortly(turn: Turn, requested: str | None, answers: dict[str, Any]) -> bool:
    """A few words that hold what was asked for are the answer, whatever else they may mean."""
    return requested in answers and not turn.asks and len(turn.words) <= A_FEW_WORDS


class AskInterest(FormStep):
    action_name = f"action_ask_{FORM}_interest"

    def respond(self, turn: Turn) -> None:
        options = [
            Option("option-topic", "inform", {kind: value}, {"topic": arguments.term(kind, value)})
            for value, kind in FIELDS_OFFERED
        ]
        options.append(Option("option-no-idea", "inform", {"view": "any"}))
        turn.say("ask-interest", options)


class AskLevel(FormStep):
    action_name = f"action_ask_{FORM}_wish_level"

    def respond(self, turn: Turn) -> None:
        options = [Option(f"option-level-{level}", "inform", {"level": level}) for level in LEVELS]
        options.append(Option("option-no-idea", "inform", {"view": "any"}))
        turn.say("ask-level", options)


LEVELS = ("beginner", "intermediate", "advanced")


class AskAvailability(FormStep):
    action_name = f"action_ask_{FORM}_availability"

    def respond(self, turn: Turn) -> None:
        turn.say(
            "ask-availability",
            [
                Option("option-short", "inform", {"duration": "short"}),
                Option("option-long", "inform", {"duration": "long"}),
                Option("option-in-person", "inform", {"mode": "in_person"}),
                Option("option-no-matter", "inform", {"view": "any"}),
            ],
        )


class SubmitRecommendation(FormStep):
    """Three courses for the answers given, and why each."""

    action_name = "action_submit_recommendation"

    def respond(self, turn: Turn) -> None:
        wished: dict[str, Any] = {}
        for step in STEPS:
            answer = dict(turn.slots.get(step) or {})
            if not answer.pop("any", False):
                wished.update(answer)
        if not any(k in wished for k in (*criteria.SUBJECTS, "text")):
            wished["topic"] = list(FIRST_STEPS)
            wished.setdefault("level", "beginner")
        header = (
            "recommended"
            if any((turn.slots.get(s) or {}) != ANY for s in STEPS)
            else "recommended-first-steps"
        )
        for step in STEPS:
            turn.set(step, None)
        if not search_and_show(turn, wished, header=header):
            nothing_found(turn)
