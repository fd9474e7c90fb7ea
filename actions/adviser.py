"""A person to talk to: asking for an adviser, waiting for one, needing none any more."""

from __future__ import annotations

from actions.base import Option, Turn, Verb
from actions.reading.bearing import NO_LONGER, WAIT
from store.core.ids import is_made_before
from store.handover import requests as adviser_requests


class TalkToAdviser(Verb):
    """Store the request for a person, and say what happens next."""

    action_name = "action_talk_to_adviser"

    def respond(self, turn: Turn) -> None:
        request_adviser(turn, turn.entity("view") or "asked")


def request_adviser(turn: Turn, reason: str) -> None:
    # A turn that was cut short is taken again: what it asked for the first time was not asked for before it.
    waiting = [
        request
        for request in adviser_requests.of_person(turn.session, turn.person_id)
        if request.state != "closed" and is_made_before(request.id, turn.message_id)
    ]
    adviser_requests.request(turn.session, turn.person_id, reason)
    turn.set("offer", None)
    turn.say("adviser-already-requested" if waiting else "adviser-requested")
    _say_when(turn)
    if not turn.in_form:
        turn.offer([Option("option-find", "find_course"), Option("option-agency", "find_agency")])


class AdviserWait(Verb):
    """How long it takes: what is known of it, and no more."""

    action_name = WAIT

    def respond(self, turn: Turn) -> None:
        turn.say("adviser-wait")
        _say_when(turn)
        turn.offer([Option("option-find", "find_course"), Option("option-agency", "find_agency")])


class AdviserNoLonger(Verb):
    """Take the requests back; a call for help stays with the advisers."""

    action_name = NO_LONGER

    def respond(self, turn: Turn) -> None:
        for request in adviser_requests.of_person(turn.session, turn.person_id):
            if request.state != "closed" and request.reason != adviser_requests.URGENT:
                adviser_requests.close(turn.session, request.id, turn.services.now())
        turn.set("offer", None)
        turn.say(
            "adviser-request-withdrawn",
            [Option("option-find", "find_course"), Option("option-adviser", "talk_to_adviser")],
        )


def _say_when(turn: Turn) -> None:
    away = turn.services.advisers_away(turn.services.now())
    if away is not None:
        turn.say("adviser-out-of-hours", **away)
