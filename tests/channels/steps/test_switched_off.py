"""The assistant switched off: nothing is lost, advisers are asked for, people are told."""

from channels.steps.switched_off import switched_off
from store.handover import requests as adviser_requests
from tests.channels.conftest import World
from tests.channels.stepping import Stepping


def test_people_are_told_once_and_wait_for_an_adviser(world: World) -> None:
    talk = Stepping.out_of(world, switched_off)
    first = talk.say("je cherche une formation")
    assert talk.say("il y a quelqu'un ?").state == "quiet"
    assert talk.keys() == ["assistant-off"]
    assert talk.engine.asked == []
    assert (first.state, first.failure) == ("done", "assistant-off")
    with world.database.session() as session:
        (request,) = adviser_requests.of_person(session, first.person_id)
        assert (request.reason, request.state) == ("assistant-off", "open")
