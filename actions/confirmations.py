"""Confirmations: what is done on a yes alone, what counts as one, and what is said to whatever is neither.

A confirmation is an offer whose `do` stands in `OFFERS`, or one of two questions of the registration form: consent and
summary. The engine reads its answers (bot/nlu/answers). A yes counts for the question last asked, within a day
(bot/turn.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.turn import Option, Turn
from store.conversations.replies import Reply

Ask = Callable[[Turn, Mapping[str, Any]], None]

_LISTED = frozenset({"course", "registration", "education"})

QUESTION = "question"
"""The entity of an option that answers a confirmation: which one."""

SURE = 0.85
"""From this confidence on, stopping, erasing, starting again and a completion are taken as meant; below it people are
asked. Of 320 messages kept apart one that was read wrong lies above it, and four that were right below.
"""

SURE_WISH = 0.6
"""From this confidence on a question or another wish at a confirmation is answered before it is asked again."""

SAYS_LITTLE = frozenset(
    {
        "nlu_fallback", "affirm", "deny", "greet", "goodbye", "thank", "inform", "feedback", "out_of_scope", "register",
        "job_loss", "report_completion", "stop_messages", "restart", "delete_my_data", "cancel_registration",
    }
)  # fmt: skip
"""Intents of a message that is neither a yes nor a no, and no question or wish to be answered before it is asked again:
values, manners, and what may not be done on a guess."""


_DONE_BY = {"stop_messages": "stop", "restart": "restart", "report_completion": "complete"}
_ASKS_ITSELF = {"delete_my_data": "offer_erase", "cancel_registration": "offer_cancel"}


@dataclass(frozen=True)
class Confirmation:
    """How an offer is asked about, and the key that says it was left undone."""

    ask: Ask
    left_undone: str


OFFERS: dict[str, Confirmation] = {}
"""Filled by the modules whose offers these are."""


def yes_option(title_key: str, question: str) -> Option:
    """The choice that says yes to this question, and to no other."""
    return Option(title_key, "affirm", {QUESTION: question})


def no_option(title_key: str, question: str) -> Option:
    """The choice that says no to this question."""
    return Option(title_key, "deny", {QUESTION: question})


def agrees(turn: Turn, question: str) -> bool:
    """Whether the message is a yes to this question: the question last asked, answered plainly or by its own choice."""
    if turn.open_question != question:
        return False
    if turn.from_option:
        return turn.intent == "affirm" and turn.entity(QUESTION) == question
    return turn.answer == "yes"


def offer_to_confirm(turn: Turn, do: str, **what: Any) -> None:
    """Ask about something that is done on a yes alone."""
    turn.leave_form()  # its next question would take the yes
    offer = {"do": do, **what}
    turn.set("offer", offer)
    turn.set("unclear", 0)
    OFFERS[do].ask(turn, offer)


def is_unclear(turn: Turn) -> bool:
    """Whether the message follows a confirmation and is neither its answer nor anything that can be answered."""
    if turn.from_option or turn.answer != "neither" or turn.entity("ordinal"):
        return False
    if turn.intent == "change_language":
        return not turn.entity("language")
    if turn.intent in SAYS_LITTLE:
        return not (_says_it_again(turn) or _asks_another(turn))
    return not turn.is_sure(SURE_WISH)


def _says_it_again(turn: Turn) -> bool:
    """Whether what was not sure enough to be done is now said so that it is."""
    done = _DONE_BY.get(turn.intent)
    return done is not None and done == turn.offered.get("do") and turn.is_sure(SURE)


def _asks_another(turn: Turn) -> bool:
    """Whether it surely wishes for something that is asked about itself, and is not what was just asked."""
    own = _ASKS_ITSELF.get(turn.intent)
    return own is not None and own != turn.open_question and turn.is_sure(SURE)


def ask_once_more(turn: Turn) -> None:
    """Once, with what would happen; after that it is left undone, and the talk goes on."""
    unclear = int(turn.slots.get("unclear") or 0) + 1
    offer = turn.offered if turn.offered.get("do") in OFFERS else None
    if unclear > 1:
        _leave_undone(turn, offer)
        return
    turn.set("unclear", unclear)
    turn.say("yes-or-no")
    if offer is not None:
        turn.set("offer", offer)
        OFFERS[offer["do"]].ask(turn, offer)


def ask_after_answer(turn: Turn) -> None:
    """After a question or another wish was answered the confirmation stands again.

    Not under a list, whose numbers would be its yes and no, nor before another question: then it is left undone, as
    after a no with a wish.
    """
    do = turn.offered.get("do", "")
    answers = bool(turn.replies) or turn.goes_on
    answered = do in OFFERS and turn.open_question == f"offer_{do}" and not turn.from_option and answers
    asks_another = turn.changes("offer") and (turn.slots.get("offer") or {}).get("do") in OFFERS
    if not answered or turn.answer is None or asks_another or _says_it_again(turn):
        return
    goes_on = turn.in_form or turn.goes_on or any(_is_list(reply) for reply in turn.replies)
    if turn.answer == "neither" and not goes_on:
        turn.withdraw_options()  # a number means the confirmation's choices now
        turn.set("offer", turn.offered)
        OFFERS[do].ask(turn, turn.offered)
    elif turn.intent not in ("affirm", "deny"):
        turn.set("offer", None)
        turn.say_first(OFFERS[do].left_undone)


def _is_list(reply: Reply) -> bool:
    """Whether courses or registrations are offered to be picked by number."""
    return any({entity["entity"] for entity in option["entities"]} & _LISTED for option in reply.options)


def _leave_undone(turn: Turn, offer: Mapping[str, Any] | None) -> None:
    turn.set("unclear", 0)
    turn.set("offer", None)
    if offer is None:
        turn.leave_form()
        turn.say("registration-left", _menu_of_search())
    else:
        turn.say(OFFERS[offer["do"]].left_undone, _menu_of_search())


def _menu_of_search() -> list[Option]:
    return [
        Option("option-other-topic", "find_course"),
        Option("option-adviser", "talk_to_adviser"),
        Option("option-menu", "help"),
    ]
