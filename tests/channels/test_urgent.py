"""Danger is noticed in every variety, answered with numbers to call, and seen by advisers first."""

from uuid import UUID

import pytest
from sqlalchemy import update

from bot.nlu.folding import plain
from channels.segments import count_segments, gsm7_fold
from channels.urgent import REPLY, Urgent
from channels.with_adviser import with_adviser
from channels.words import VARIETIES
from store import adviser_requests, conversations
from store.tables import Conversation
from takwin.steps import WORDS, messages
from tests.channels.conftest import World
from tests.channels.stepping import Stepping, renderer

URGENT = Urgent(messages(WORDS / "urgent.txt"))


@pytest.mark.parametrize(
    "said",
    [
        "Je veux mourir, aidez-moi",
        "MON MARI ME FRAPPE",
        "je n’ai plus envie de vivre.",
        "أُريدُ أن أموت",
        "زوجي يضربني كل يوم",
        "بغيت نموت صافي",
        "راجلي كيضربني",
        "Bghit nmout",
        "rajli kaydrbni dima",
        "I want to die",
    ],
)
def test_danger_is_noticed(said: str) -> None:
    assert URGENT.is_urgent(plain(said))


@pytest.mark.parametrize(
    "said",
    [
        "je veux une formation",
        "je suis motivée, je veux vivre de mon travail",
        "mourir d'ennui au bureau",
        "بغيت نتعلم البرمجة",
        "بغيت نخدم",
        "bghit nt3ellem lcloud",
        "ana f casa",
        "le marché me frappe par sa taille",
        "",
    ],
)
def test_no_alarm_without_cause(said: str) -> None:
    assert not URGENT.is_urgent(plain(said))


def test_numbers_are_told_and_an_adviser_asked_for(world: World) -> None:
    talk = Stepping.out_of(world, URGENT, with_adviser)
    message = talk.say("bghit nmout")
    assert talk.keys() == [REPLY]
    assert talk.engine.asked == []
    assert message.flagged
    talk.say("bghit nmout")
    with world.database.session() as session:
        (request,) = adviser_requests.of_person(session, message.person_id)
        assert (request.reason, request.state) == (adviser_requests.URGENT, "open")
        assert conversations.get(session, message.conversation_id).state == "waiting"


def test_an_adviser_who_has_the_conversation_answers_themselves(world: World) -> None:
    talk = Stepping.out_of(world, URGENT, with_adviser)
    before = talk.say("salam")
    with world.database.session() as session:
        session.execute(
            update(Conversation)
            .where(Conversation.id == before.conversation_id)
            .values(state="adviser", adviser_id=UUID(int=1))
        )
    message = talk.say("je veux mourir")
    assert (message.state, message.flagged) == ("quiet", True)
    said = talk.keys()
    assert REPLY not in said


@pytest.mark.parametrize("variety", VARIETIES)
def test_the_numbers_are_one_short_message_by_sms(variety: str) -> None:
    text = renderer().render({"reply": REPLY, "args": {}, "options": []}, variety, "sms").text
    assert all(number in text for number in ("19", "177", "15"))
    assert count_segments(gsm7_fold(text)).count == 1
