"""Danger stands before everything: opting out, limits, an assistant that is switched off, an adviser's conversation.

The engine judges all that is written (bot/nlu/danger). What a step would settle without it is shown to it first; where
it does not answer within seconds, a list of phrases decides alone. Whoever wrote of danger, of themselves or of others,
gets numbers to call, and again with each message until they lead away from it; an adviser is asked for, before all
others.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from channels.contract.steps import Incoming, Settled
from channels.delivery.danger_replies import HELP, STAY
from store.catalogue.helplines import Helpline
from store.conversations import danger
from store.conversations.replies import Reply
from store.core.clock import utc_now
from store.core.vocabulary import VARIETIES
from store.handover import requests as adviser_requests

AWAY = "adviser-out-of-hours"

#: So long the engine is waited for where danger may be in question.
JUDGED_WITHIN = 5.0

_SURE_OF_VARIETY = 0.6
_DEFAULT_KIND = "self"
#: The services that everybody is told first, and whom one calls besides.
_FIRST = ("police", "gendarmerie", "civil_protection", "samu")
_BESIDES = ("women_line", "child_line")
_WITH_LINE = frozenset({"violence", "child"})
#: What is asked for in or after danger that has words of its own, as bot/nlu/danger/needs.py names it.
NO_CONTACT = "no_contact"
NEEDS = frozenset({NO_CONTACT, "who_reads", "shelter", "no_answer"})

Understanding = Mapping[str, Any]
AdvisersAway = Callable[[datetime], Mapping[str, Any] | None]


class Danger:
    """Answers danger. `phrases` are in plain form, a collection for each variety (data/words/danger); `advisers_away`
    gives the arguments of "they are back on ..." where no adviser is there, None where one is.
    """

    def __init__(
        self,
        phrases: Mapping[str, Collection[str]],
        numbers: Sequence[Helpline] = (),
        advisers_away: AdvisersAway = lambda _: None,
    ) -> None:
        self._advisers_away = advisers_away
        self._phrases = {
            variety: tuple(f" {phrase} " for phrase in sorted(set(spaced)) if phrase)
            for variety, spaced in phrases.items()
        }
        self._numbers = {helpline.service: helpline.number for helpline in numbers}

    def listed(self, plain: str) -> Understanding | None:
        """What the list alone makes of a message in plain form; None where none of its phrases stands in it."""
        spaced = f" {plain} "
        for variety, phrases in self._phrases.items():
            if any(phrase in spaced for phrase in phrases):
                return {"danger": True, **({"variety": variety} if variety in VARIETIES else {})}
        return None

    def settle(self, session: Session, incoming: Incoming) -> Settled | None:
        """The answer to a message that is judged to need care; None where it needs none."""
        if not needs_care(incoming.understanding):
            return None
        replies = self.answer(
            session, incoming.person_id, incoming.conversation_id, incoming.text, incoming.understanding
        )
        return Settled(replies, flag=True)

    def answer(
        self,
        session: Session,
        person_id: UUID,
        conversation_id: UUID,
        text: str,
        understood: Understanding,
    ) -> tuple[Reply, ...]:
        """The numbers, and when advisers are back where none is there. An adviser is asked for, with what was written,
        and the talk stays.
        """
        request = adviser_requests.request(session, person_id, adviser_requests.URGENT, text)
        danger.note(session, conversation_id)
        need = understood.get("danger_need")
        need = need if need in NEEDS else None
        if need == NO_CONTACT:
            adviser_requests.note_no_contact(session, request)
        alone = request.no_contact_at is not None
        if not understood.get("danger"):
            return (self.stay(need, alone=alone),)
        away = None if alone else self._advisers_away(utc_now())
        # Nobody is to wait for an adviser who is not there.
        later = () if away is None else (Reply(AWAY, away, despite_opt_out=True),)
        return (self.help(str(understood.get("danger_kind") or _DEFAULT_KIND), alone=alone), *later)

    def help(self, kind: str, *, alone: bool = False) -> Reply:
        """The numbers for a kind of danger: the first ones, and those that fit besides.

        Args:
            alone: they asked that nobody writes to them; no adviser is promised.
        """
        line = _words_of(f"danger-line-{kind}", **self._of(_BESIDES)) if kind in _WITH_LINE else ""
        told = _words_of("danger-told-no_contact" if alone else "danger-told")
        return self._reply(HELP, word=_words_of(f"danger-word-{kind}"), line=line, told=told)

    def stay(self, need: str | None = None, *, alone: bool = False) -> Reply:
        """All numbers once more, to whatever is written after, with the answer to what is asked for.

        Args:
            need: one of ``NEEDS``.
            alone: as for ``help``.
        """
        word = _words_of(f"danger-need-{need}" if need else "danger-here", **self._of(_BESIDES))
        told = (
            _words_of("danger-here-no_contact" if alone else "danger-here-told") if need != NO_CONTACT else ""
        )
        return self._reply(STAY, word=word, told=told, **self._of(_BESIDES))

    def _reply(self, key: str, **args: Any) -> Reply:
        return Reply(key, {**self._of(_FIRST), **args}, despite_opt_out=True)

    def _of(self, services: Sequence[str]) -> dict[str, str]:
        return {service: self._numbers.get(service, "") for service in services}


def _words_of(key: str, **args: Any) -> dict[str, Any]:
    return {"$": "reply", "reply": key, "args": args}


def needs_care(understood: Understanding | None) -> bool:
    """Whether somebody is in danger by this, or was and has not led away from it."""
    return bool(understood and (understood.get("danger") or understood.get("stays")))


def variety_of_care(understood: Understanding, spoken: str | None) -> str | None:
    """The variety to answer in: the message's own, where that is clear; else the one `spoken` so far."""
    variety = understood.get("variety")
    sure = float(understood.get("variety_confidence") or 1.0) >= _SURE_OF_VARIETY
    return variety if variety in VARIETIES and (sure or spoken is None) else spoken
