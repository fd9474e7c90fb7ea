"""The manners of the conversation: greeting, thanks, yes and no, help, language, starting again, what is beyond it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions import arguments, criteria
from actions.adviser import request_adviser
from actions.base import Option, Turn, Verb
from actions.confirmations import (
    OFFERS,
    Confirmation,
    agrees,
    ask_once_more,
    no_option,
    offer_to_confirm,
    yes_option,
)
from actions.confirmations import SURE as SURE_TO_ACT
from actions.course_choice import shown
from actions.courses import ask_topic
from actions.menu import menu_options
from actions.privacy import erase
from actions.registration.form import FORM as REGISTRATION_FORM
from actions.registration.own import cancel, complete
from actions.registration.register import start_registration
from actions.service import subscribe
from store.catalogue.courses import get_course
from store.conversations import feedback
from store.core.vocabulary import VARIETIES
from store.outreach.opt_out import opt_out
from store.people import people

VARIETY_OF_LANGUAGE = {"ar": "ar", "fr": "fr", "ary": "ary"}
SURE = 0.6
"""Below this confidence "in French", said of a list of courses, is taken for the language they are taught in."""
SURE_UNDER_A_LIST = 0.95
"""The same for a message that follows the list itself."""
A_FEW_WORDS = 6
"""A message this short that holds a value is taken for that value where its intent is not clear."""


class Greet(Verb):
    """The first time: what this is, and the menu. Later: a short word and the menu."""

    action_name = "action_greet"

    def respond(self, turn: Turn) -> None:
        if criteria.opens_new_search(criteria.from_entities(turn.entities)) and not turn.in_form:
            turn.go_on_with("action_find_course")
        elif turn.in_form:
            turn.say("greet-again")
        elif turn.replies:
            turn.say("menu", menu_options())
        else:
            turn.say("greet", menu_options())


class Goodbye(Verb):
    action_name = "action_goodbye"

    def respond(self, turn: Turn) -> None:
        turn.leave_form()
        turn.set("offer", None)
        turn.say("goodbye")


class Thank(Verb):
    action_name = "action_thank"

    def respond(self, turn: Turn) -> None:
        turn.set("offer", None)
        turn.say(
            "thank",
            [] if turn.in_form else [Option("option-find", "find_course"), Option("option-menu", "help")],
        )


class Help(Verb):
    action_name = "action_help"

    def respond(self, turn: Turn) -> None:
        turn.say("help", [] if turn.in_form else menu_options())


class BotChallenge(Verb):
    """An honest answer: a program, read over by people."""

    action_name = "action_bot_challenge"

    def respond(self, turn: Turn) -> None:
        turn.say(
            "bot-challenge", [Option("option-adviser", "talk_to_adviser"), Option("option-menu", "help")]
        )


class Affirm(Verb):
    """A yes means the last thing offered."""

    action_name = "action_affirm"

    def respond(self, turn: Turn) -> None:
        offer: dict[str, Any] = turn.slots.get("offer") or {}
        do = offer.get("do", "")
        if do in OFFERS and not agrees(turn, f"offer_{do}"):
            ask_once_more(turn)
            return
        turn.set("offer", None)
        if do in _ACCEPTED:
            _ACCEPTED[do](turn, offer)
        elif turn.in_form:
            answer_needed(turn)
        elif criteria.any_given(turn.entities):
            turn.go_on_with("action_inform")
        else:
            turn.say("affirm-what", menu_options())


def _register_offered(turn: Turn, offer: Mapping[str, Any]) -> None:
    course = get_course(turn.session, offer["course"])
    if course:
        start_registration(turn, course)
    else:
        ask_topic(turn)


_ACCEPTED: Mapping[str, Callable[[Turn, Mapping[str, Any]], None]] = {
    "register": _register_offered,
    "cancel": lambda turn, offer: cancel(turn, offer["reference"]),
    "alert": lambda turn, offer: subscribe(turn, offer["topics"], offer.get("city")),
    "adviser": lambda turn, offer: request_adviser(turn, offer["reason"]),
    "erase": lambda turn, _: erase(turn),
    "stop": lambda turn, _: stop(turn),
    "restart": lambda turn, _: restart(turn),
    "complete": lambda turn, offer: complete(turn, offer["reference"]),
    "recommend": lambda turn, _: turn.go_on_with("action_recommend_course"),
}
"""What a yes does, by what was offered."""


class Deny(Verb):
    """A no to the last thing offered is respected, and something else is at hand; "no, English" is a wish."""

    action_name = "action_deny"

    def respond(self, turn: Turn) -> None:
        if turn.in_form:
            answer_needed(turn)
            return
        if criteria.any_given(turn.entities):
            turn.set("offer", None)
            opens = criteria.opens_new_search(turn.entities)
            turn.go_on_with("action_find_course" if opens else "action_inform")
            return
        offer: dict[str, Any] = turn.slots.get("offer") or {}
        turn.set("offer", None)
        if offer == CONCERN:
            turn.say("concern-kept")
            return
        do = offer.get("do", "")
        key = OFFERS[do].left_undone if do in OFFERS else "deny"
        turn.say(
            key,
            [
                Option("option-other-topic", "find_course"),
                Option("option-advise-me", "recommend_course"),
                Option("option-menu", "help"),
            ],
        )


def answer_needed(turn: Turn) -> None:
    """A yes or no where a form asks for something else: say what it is for and how to leave; the form asks again."""
    turn.say("answer-needed" if turn.form == REGISTRATION_FORM else "answer-not-recognised")


class ChangeLanguage(Verb):
    """Speak another variety from now on; the choice is kept with the person."""

    action_name = "action_change_language"

    def respond(self, turn: Turn) -> None:
        wanted = turn.entity("view") or self._named(turn)
        if wanted in VARIETIES:
            if turn.confidence < self._sure(turn) and shown(turn) and not turn.from_option:
                turn.go_on_with("action_inform")
                return
            people.set_variety(turn.session, turn.person_id, wanted, "chosen")
            turn.say("language-changed", [] if turn.in_form else [Option("option-menu", "help")])
        elif turn.entity("language"):
            turn.say(
                "language-unknown",
                self._choices(),
                language=arguments.term("language", turn.entity("language")),
            )
        else:
            turn.say("ask-language", self._choices())

    def _sure(self, turn: Turn) -> float:
        return SURE_UNDER_A_LIST if turn.slots.get("expecting") == "pick" else SURE

    def _named(self, turn: Turn) -> str | None:
        variety = VARIETY_OF_LANGUAGE.get(turn.entity("language") or "")
        if variety == "ary" and turn.text.isascii():
            return "ary-Latn"
        return variety

    def _choices(self) -> list[Option]:
        return [Option(f"option-variety-{v}", "change_language", {"view": v}) for v in VARIETIES]


class Restart(Verb):
    """Forget the search and the questions in progress; registrations stay."""

    action_name = "action_restart"

    def respond(self, turn: Turn) -> None:
        if turn.is_sure(SURE_TO_ACT):
            restart(turn)
        else:
            offer_to_confirm(turn, "restart")


def restart(turn: Turn) -> None:
    """Do what `ask-restart` asked about."""
    turn.leave_form()
    for slot in turn.slots:
        if slot not in ("welcomed", "requested_slot", "options") and turn.slots[slot] is not None:
            turn.set(slot, None)
    turn.say("restarted", menu_options())


class StopMessages(Verb):
    """No more messages, as after the word itself (channels/steps/opt_out.py), however it was said."""

    action_name = "action_stop_messages"
    welcomes = False

    def respond(self, turn: Turn) -> None:
        if turn.is_sure(SURE_TO_ACT):
            stop(turn)
        else:
            offer_to_confirm(turn, "stop")


def stop(turn: Turn) -> None:
    """Do what `ask-stop` asked about; this answer is the last that leaves."""
    turn.leave_form()
    turn.set("offer", None)
    opt_out(turn.session, turn.person_id, turn.channel, f"word:{turn.channel}")
    turn.say("opt-out-done")
    turn.send_despite_opt_out()


def _ask_restart(turn: Turn, _: Mapping[str, Any]) -> None:
    question = "offer_restart"
    turn.say("ask-restart", [yes_option("option-yes-restart", question), no_option("option-go-on", question)])


def _ask_stop(turn: Turn, _: Mapping[str, Any]) -> None:
    question = "offer_stop"
    turn.say("ask-stop", [yes_option("option-yes-stop", question), no_option("option-go-on", question)])


OFFERS["restart"] = Confirmation(_ask_restart, "not-restarted")
OFFERS["stop"] = Confirmation(_ask_stop, "not-stopped")


class Feedback(Verb):
    """Praise or complaint is kept for the advisers; anger is met calmly."""

    action_name = "action_feedback"

    def respond(self, turn: Turn) -> None:
        if is_insult(turn):
            turn.say("calm", [Option("option-adviser", "talk_to_adviser"), Option("option-menu", "help")])
            return
        feedback.record(turn.session, turn.person_id, "said", turn.text)
        turn.say(
            "feedback",
            []
            if turn.in_form
            else [Option("option-adviser", "talk_to_adviser"), Option("option-menu", "help")],
        )


class OutOfScope(Verb):
    """Say plainly that this is not done here, and what is."""

    action_name = "action_out_of_scope"

    def respond(self, turn: Turn) -> None:
        if is_insult(turn):
            turn.say("calm", [Option("option-adviser", "talk_to_adviser"), Option("option-menu", "help")])
            return
        if _is_a_value(turn):
            turn.go_on_with("action_inform")
            return
        if turn.confidence < SURE and not turn.from_option:  # rather not understood than sent away
            turn.go_on_with("action_fallback")
            return
        turn.say("out-of-scope", [] if turn.in_form else menu_options())


def is_insult(turn: Turn) -> bool:
    return turn.says_any(turn.services.calm_words)


def _is_a_value(turn: Turn) -> bool:
    """Whether a message of unclear intent is short and holds a value: then the value is what it says."""
    return criteria.any_given(turn.entities) and len(turn.words) <= A_FEW_WORDS and turn.confidence < SURE


class Fallback(Verb):
    """Not understood: first the two likeliest readings as choices, then the menu and a person."""

    action_name = "action_fallback"
    understands = False

    def respond(self, turn: Turn) -> None:
        if turn.concern:
            ask_kindly(turn)
            return
        if is_insult(turn):
            turn.say("calm", [Option("option-adviser", "talk_to_adviser"), Option("option-menu", "help")])
            return
        if turn.intent == "nlu_fallback" and _is_a_value(turn):
            turn.go_on_with("action_inform")
            return
        misses = int(turn.slots.get("misses") or 0) + 1
        turn.set("misses", misses)
        readings = self._readings(turn)
        if misses == 1 and readings:
            turn.say("fallback-rephrase", [*readings, Option("option-none-of-these", "help")])
        else:
            turn.set("offer", {"do": "adviser", "reason": "not_understood"})
            turn.say("fallback-menu", menu_options())

    def _readings(self, turn: Turn) -> list[Option]:
        """The two likeliest intents as choices, with the entities found."""
        names = [r["name"] for r in turn.ranking if r["name"] not in NO_READING][:2]
        entities = {k: v[0] if len(v) == 1 else v for k, v in turn.entities.items()}
        return [Option(f"reading-{name.replace('_', '-')}", name, entities) for name in names]


CONCERN = {"do": "adviser", "reason": "concern"}


def ask_kindly(turn: Turn) -> None:
    """To what is sad, and asks for nothing clearly: a kind word, how they are, and a person."""
    turn.leave_form()
    again = turn.offered.get("reason") == "concern"
    turn.set("offer", CONCERN)
    turn.say(
        "concern-again" if again else "concern",
        [
            Option("option-adviser", "talk_to_adviser", {"view": "concern"}),
            Option("option-find", "find_course"),
        ],
    )


NO_READING = frozenset(
    {
        "nlu_fallback", "inform", "affirm", "deny", "out_of_scope", "greet", "goodbye", "thank", "feedback",
        "stop_messages", "restart", "delete_my_data", "report_completion",
    }
)  # fmt: skip
"""Intents that make no sense as "did you mean ...?", and those that nobody is to be led to by a guess."""
