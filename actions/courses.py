"""Finding courses: search, narrowing, more of them, and bare information that answers or narrows."""

from __future__ import annotations

from typing import Any

from actions import arguments, course_words, criteria
from actions.base import Option, Turn, Verb
from actions.course_choice import chosen_course, in_view, several_picked, shown
from actions.course_list import PAGE, search_and_show
from actions.course_page import show_course
from actions.menu import menu_options

TOPICS_OFFERED = (
    "digital_basics",
    "office_tools",
    "programming",
    "digital_marketing",
    "data_analysis",
    "english",
)
"""What is offered to who asks for "a course": wide subjects, from the first steps on."""


def ask_topic(turn: Turn) -> None:
    """Ask for the subject, offering the widest ones and a way out for who does not know."""
    options = [
        Option("option-topic", "find_course", {"topic": topic}, {"topic": arguments.term("topic", topic)})
        for topic in TOPICS_OFFERED
    ]
    options.append(Option("option-advise-me", "recommend_course"))
    turn.set("expecting", "topic")
    turn.say("ask-topic", options)


def nothing_found(turn: Turn) -> None:
    """No course at all for these words: say so, offer an alert, an adviser, advice."""
    turn.say(
        "nothing-found",
        [
            Option("option-advise-me", "recommend_course"),
            Option("option-alert", "subscribe_alerts"),
            Option("option-adviser", "talk_to_adviser"),
        ],
    )


def run_search(turn: Turn, wished: dict[str, Any]) -> None:
    if not search_and_show(turn, wished):
        nothing_found(turn)


class FindCourse(Verb):
    """A wish for courses, with whatever constraints it names. A change of mind inside a form ends the form."""

    action_name = "action_find_course"

    def respond(self, turn: Turn) -> None:
        if wants_comparison(turn):
            turn.go_on_with("action_inform")
            return
        turn.leave_form()
        remember_person(turn)
        before = turn.slots.get("criteria") or {}
        named = criteria.from_entities(turn.entities, before, turn.entity_spans, turn.text)
        if criteria.opens_new_search(named) or not before:
            wished = named
            if before.get("city") and not named.get("mode") and not before.get("topic"):
                wished = {"city": before["city"], **named}
        else:
            wished = criteria.refined(before, named)
        subject = "" if turn.from_option else subject_words(turn)
        if subject and wished.get("text") and not criteria.opens_new_search(named):
            wished = {**named, "text": subject}
        if criteria.opens_new_search(wished) or wished.get("provider") or wished.get("text"):
            run_search(turn, wished)
            return
        turn.set("criteria", wished)
        if subject and search_and_show(turn, {**wished, "text": subject}):
            return
        turn.set("criteria", wished)
        if subject and not named:
            turn.say("topic-not-recognised")
        ask_topic(turn)


def subject_words(turn: Turn) -> str:
    """The words of the message that may say what to learn; titles and summaries are searched for them."""
    words = turn.beside_entities.split()
    return " ".join(w for w in words if turn.services.word_key(w) not in turn.services.no_subject)


class MoreResults(Verb):
    """The next page of the list in view."""

    action_name = "action_more_results"

    def respond(self, turn: Turn) -> None:
        if wants_comparison(turn):
            turn.go_on_with("action_inform")
            return
        wished = turn.slots.get("criteria")
        if not wished or not shown(turn):
            ask_topic(turn)
            return
        turn.leave_form()
        before = shown(turn)
        if not search_and_show(
            turn, wished, offset=int(turn.slots.get("offset") or 0) + PAGE, header="found-more"
        ):
            turn.set("shown", before)
            turn.say(
                "no-more-results",
                [
                    Option("option-other-topic", "find_course"),
                    Option("option-advise-me", "recommend_course"),
                    Option("option-alert", "subscribe_alerts"),
                ],
            )


class Inform(Verb):
    """Bare information: a number of the list, a constraint, something about oneself, an answer to a question."""

    action_name = "action_inform"

    def respond(self, turn: Turn) -> None:
        remember_person(turn)
        if several_picked(turn) or wants_comparison(turn):
            compare(turn)
        elif turn.entity("ordinal") is not None or turn.entity("course"):
            self._pick(turn)
        elif turn.slots.get("expecting") == "agency_city" and turn.entity("city"):
            turn.go_on_with("action_find_agency")
        elif turn.slots.get("expecting") == "alert_topic" and (
            turn.entity("topic") or turn.entity("occupation") or turn.entity("city")
        ):
            turn.go_on_with("action_subscribe_alerts")
        else:
            self._narrow(turn)

    def _pick(self, turn: Turn) -> None:
        choice = chosen_course(turn)
        if choice.course:
            show_course(turn, choice.course)
            return
        number = choice.missing_number or 0
        if not shown(turn) and turn.take_option(number):
            turn.go_on_with(f"action_{turn.intent}")
            return
        if number > 0 and (shown(turn) or turn.slots.get("options")):
            turn.say("no-such-number", number=number)
        else:
            turn.say("no-list", menu_options())

    def _narrow(self, turn: Turn) -> None:
        before = turn.slots.get("criteria") or {}
        named = criteria.from_entities(turn.entities, before, turn.entity_spans, turn.text)
        wished = criteria.refined(before, named)
        if named and (criteria.opens_new_search(wished) or wished.get("provider") or wished.get("text")):
            run_search(turn, wished)
        elif named:
            turn.set("criteria", wished)
            turn.say("noted")
            ask_topic(turn)
        elif turn.entities.get("education") or turn.entities.get("employment_status"):
            turn.say(
                "noted-about-you",
                [Option("option-advise-me", "recommend_course"), Option("option-find", "find_course")],
            )
        elif turn.slots.get("expecting") == "topic" and search_and_show(turn, {"text": subject_words(turn)}):
            return
        elif turn.in_form:
            turn.say("answer-not-recognised")
        else:
            turn.go_on_with("action_fallback")


def remember_person(turn: Turn) -> None:
    """Keep for this conversation what the person said of themself; it goes into the profile only with consent."""
    if turn.open_question == "consent" and turn.answer == "neither":
        return  # "yes, but not my level" tells no level
    before = turn.slots.get("person") or {}
    told = {
        k: criteria.newer(turn.entities[k], before.get(k))
        for k in ("city", "education", "employment_status")
        if turn.entities.get(k)
    }
    if told:
        turn.set("person", {**before, **told})


def wants_comparison(turn: Turn) -> bool:
    """Whether the courses of the last list are to be put side by side: "compare them"."""
    return len(shown(turn)) > 1 and turn.says_any(turn.services.compare_words)


COMPARED = ("duration", "level", "course_language", "cost", "certificate")


def compare(turn: Turn) -> None:
    """The courses picked of the last list side by side."""
    courses = chosen_course(turn).candidates if several_picked(turn) else in_view(turn)
    if len(courses) < 2:
        ask_topic(turn)
        return
    turn.set("expecting", "pick")
    blocks = []
    for number, course in enumerate(courses, start=1):
        facts = [f for f in (course_words.aspect(course, name) for name in COMPARED) if f]
        blocks.append(
            arguments.reply(
                "compared-course", n=number, course=course_words.title(course), facts=arguments.parts(facts)
            )
        )
    options = [
        Option(
            "option-course",
            "course_details",
            {"course": c.id},
            {"course": course_words.title(c)},
            in_text=True,
        )
        for c in courses
    ]
    turn.say("compared", options, courses=arguments.lines(blocks))
