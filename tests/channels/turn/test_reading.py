"""What steps are told of a message beside its words."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from channels.contract.steps import Incoming, Settled
from tests.channels.conftest import World
from tests.channels.stepping import Stepping


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ({}, (False, None)),
        ({"forwarded": True}, (True, None)),
        ({"opt_word": "stop"}, (False, "stop")),
        ({"forwarded": True, "opt_word": "stop"}, (True, "stop")),
    ],
)
def test_steps_know_what_was_passed_on(world: World, marks: dict[str, Any], told: tuple[bool, Any]) -> None:
    seen: list[Incoming] = []

    def look(_: Session, incoming: Incoming) -> Settled:
        seen.append(incoming)
        return Settled(quiet="seen", needs_judgement=False)

    talk = Stepping.out_of(world, look)
    talk.say("oui")  # a newcomer is stored by another statement than who wrote before
    talk.say("oui", **marks)
    talk.say("oui", sender="+212600000002", **marks)
    assert [(each.forwarded, each.opt_word) for each in seen] == [(False, None), told, told]
