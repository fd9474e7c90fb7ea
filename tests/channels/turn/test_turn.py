"""A turn, against a real database and an engine over HTTP."""

from typing import Any

import pytest

from channels.contract.errors import GiveUp, RetryLater
from channels.turn.turn import Turns
from store.lifecycle import privacy
from store.people import people
from tests.channels.conftest import World
from tests.channels.engines import says

MORE = {
    "id": "o-more",
    "title_key": "more",
    "intent": "more_results",
    "entities": [{"entity": "ordinal", "value": 9}],
}
DETAILS = {
    "id": "o-excel",
    "title_key": "details",
    "title_args": {"title": "Excel"},
    "intent": "course_details",
    "entities": [{"entity": "ordinal", "value": 1}],
}


def menu(_: dict[str, Any]) -> dict[str, Any]:
    return says({"reply": "hello", "args": {}, "options": [DETAILS, MORE]})


def turn(world: World, text: str | None = None, **more: Any) -> None:
    world.take(world.write(text, **more).message_id)


def test_a_message_is_answered_in_its_variety(world: World) -> None:
    receipt = world.write("je cherche une formation")
    world.take(receipt.message_id)
    message = world.message(receipt.message_id)
    assert message.state == "done"
    assert message.understanding is not None
    assert message.understanding["intent"] == "find_course"
    (reply,) = world.replies()
    assert (reply.text, reply.n, reply.delivery_state) == (
        "Vous avez dit : je cherche une formation",
        1,
        "sent",
    )
    with world.database.session() as session:
        person = people.get(session, message.person_id)
        assert (person.variety, person.variety_source) == ("fr", "detected")


def test_the_variety_is_sent_with_the_next_message(world: World) -> None:
    turn(world, "je cherche une formation")
    turn(world, "encore une autre formation")
    assert "variety" not in world.engine.asked[0]
    assert world.engine.asked[1]["variety"] == "fr"


def test_a_turn_taken_again_is_one_answer(world: World) -> None:
    receipt = world.write("je cherche une formation")
    world.take(receipt.message_id)
    world.take(receipt.message_id)
    assert len(world.engine.asked) == 1
    assert len(world.replies()) == 1


def test_a_crash_between_answer_and_storing_is_made_good(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = world.write("je cherche une formation")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Turns, "_send", crash)
        with pytest.raises(KeyboardInterrupt):
            world.take(receipt.message_id)
    assert world.replies() == []
    assert world.message(receipt.message_id).state == "received"
    world.take(receipt.message_id)
    assert len({asked["message_id"] for asked in world.engine.asked}) == 1
    assert world.texts() == ["Vous avez dit : je cherche une formation"]


@pytest.mark.parametrize("text", ["", "   ", "/", "\u200b\u202e", "\0"])
def test_nothing_to_read_is_answered_without_the_engine(world: World, text: str) -> None:
    turn(world, text)
    assert world.engine.asked == []
    assert world.texts() == ["لم تصلني كلمة."]


@pytest.mark.parametrize(
    ("text", "asked"),
    [("/restart", "restart"), ("👍", "👍"), ("x\u202ey", "xy")],
)
def test_the_engine_reads_clean_text(world: World, text: str, asked: str) -> None:
    turn(world, text)
    assert world.engine.asked[0]["text"] == asked
    assert len(world.replies()) == 1


@pytest.mark.parametrize("text", ["2", "٢", "2.", "2)", "#2", "2️⃣"])
def test_a_number_picks_an_option(world: World, text: str) -> None:
    world.engine.answering = menu
    turn(world, "bonjour à vous tous")
    turn(world, text)
    assert world.engine.asked[1]["option"] == {"intent": "more_results", "entities": MORE["entities"]}


@pytest.mark.parametrize("text", ["Encore", "encore", " ENCORE "])
def test_the_title_of_an_option_picks_it_too(world: World, text: str) -> None:
    world.engine.answering = menu
    turn(world, "bonjour à vous tous")
    turn(world, text)
    assert world.engine.asked[1]["option"] == {"intent": "more_results", "entities": MORE["entities"]}


@pytest.mark.parametrize("text", ["3", "0", "12", "2 ou 3"])
def test_a_number_that_is_no_option_is_a_text(world: World, text: str) -> None:
    world.engine.answering = menu
    turn(world, "bonjour à vous tous")
    turn(world, text)
    assert world.engine.asked[1]["text"] == text


def test_a_number_without_options_is_a_text(world: World) -> None:
    turn(world, "2")
    assert world.engine.asked[0]["text"] == "2"


def test_an_option_is_picked_by_its_id(world: World) -> None:
    world.engine.answering = menu
    turn(world, "bonjour à vous tous")
    assert [option["title"] for option in world.replies()[0].options or ()] == ["Détails de Excel", "Encore"]
    turn(world, option="o-excel")
    assert world.engine.asked[1]["option"]["intent"] == "course_details"
    assert "text" not in world.engine.asked[1]


def test_an_option_nobody_offered_is_answered_kindly(world: World) -> None:
    turn(world, "je cherche une formation")
    turn(world, option="gone")
    turn(world, option="o-excel", sender="somebody else")
    assert world.texts()[1] == "Ce choix n'est plus valable."
    assert world.texts("somebody else") == ["لم يعد هذا الاختيار صالحا."]
    assert len(world.engine.asked) == 1


def test_the_answer_changes_variety_with_the_person(world: World) -> None:
    turn(world, "je cherche une formation")
    world.engine.answering = lambda _: says({"reply": "echo", "args": {"text": "x"}}, variety="ary")
    turn(world, "واخا")
    turn(world, "بغيت شي فورماسيون فابور")
    assert [text.split()[0] for text in world.texts()] == ["Vous", "Vous", "قلت:"]


def test_what_the_turn_chose_is_spoken_at_once(world: World) -> None:
    receipt = world.write("kellemni b darija")

    def choose(_: dict[str, Any]) -> dict[str, Any]:
        with world.database.session() as session:
            people.set_variety(session, world.message(receipt.message_id).person_id, "ary-Latn", "chosen")
        return says({"reply": "echo", "args": {"text": "x"}}, intent="change_language")

    world.engine.answering = choose
    world.take(receipt.message_id)
    world.engine.answering = lambda _: says({"reply": "echo", "args": {"text": "y"}})
    turn(world, "je cherche une formation gratuite")
    assert world.texts() == ["Gelti: x", "Gelti: y"]


def test_erasing_oneself_is_confirmed_to_nobody_known(world: World) -> None:
    turn(world, "je cherche une formation")
    turn(world, "encore une autre formation")
    receipt = world.write("effacez tout ce que vous savez")

    def erase(_: dict[str, Any]) -> dict[str, Any]:
        with world.database.session() as session:
            privacy.erase_person(session, world.message(receipt.message_id).person_id)
        return says({"reply": "only-french", "args": {}})

    world.engine.answering = erase
    person_id = world.message(receipt.message_id).person_id
    world.take(receipt.message_id)
    assert [(reply.n, reply.text) for reply in world.replies()] == [(1, "Seulement ici")]
    assert world.forgotten == [person_id]


@pytest.mark.parametrize(("status", "error"), [(503, RetryLater), (422, GiveUp)])
def test_a_failing_engine_leaves_the_message_as_it_was(
    world: World, status: int, error: type[Exception]
) -> None:
    receipt = world.write("je cherche une formation")
    world.engine.failures = [status]
    with pytest.raises(error):
        world.take(receipt.message_id)
    assert world.message(receipt.message_id).state == "received"
    assert world.replies() == []


def test_who_wrote_too_much_is_told_so_before_the_answer(world: World) -> None:
    answer = says({"reply": "only-french", "args": {}})
    world.engine.answering = lambda _: {**answer, "understanding": {**answer["understanding"], "cut": True}}
    turn(world, "je cherche une formation")
    assert " ".join(world.texts()) == "Message long. Seulement ici"


def test_a_reply_without_words_is_given_up(world: World) -> None:
    world.engine.answering = lambda _: says({"reply": "no-such-key", "args": {}})
    with pytest.raises(GiveUp, match="reply-not-rendered"):
        turn(world, "je cherche une formation")


def test_by_sms_a_turn_is_one_numbered_message(world: World) -> None:
    world.engine.answering = lambda _: says(
        {"reply": "only-french", "args": {}}, {"reply": "hello", "args": {}, "options": [DETAILS, MORE]}
    )
    turn(world, "je cherche une formation", channel="sms")
    (sent,) = world.replies(channel="sms")
    assert sent.text == "Seulement ici\nQue cherchez-vous ?\n1. Détails\n2. Encore"
    assert (sent.segments, sent.encoding, sent.delivery_state) == (1, "GSM-7", "pending")
    turn(world, "2", channel="sms")
    assert world.engine.asked[1]["option"]["intent"] == "more_results"


def test_a_message_erased_before_its_turn_is_nobodys(world: World) -> None:
    receipt = world.write("salam")
    with world.database.session() as session:
        privacy.erase_person(session, world.message(receipt.message_id).person_id)
    world.take(receipt.message_id)
    assert world.engine.asked == []
