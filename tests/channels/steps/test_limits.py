"""How much one address may send, what is from too long ago, and conversations that go round and round."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels.steps.guards import Looping, TooOld
from channels.steps.limits import Repeated, TooFast
from channels.wording.segments import count_segments
from store.conversations.replies import Reply
from store.core.vocabulary import VARIETIES
from tests.channels.conftest import World
from tests.channels.engines import says
from tests.channels.stepping import Stepping, renderer


@pytest.fixture
def talk(world: World) -> Stepping:
    return Stepping.out_of(world, TooOld(), Looping(), TooFast(), Repeated())


def same(_: dict[str, Any]) -> dict[str, Any]:
    return says({"reply": "menu", "args": {}})


def test_above_thirty_a_minute_messages_are_kept_and_the_person_told_once(talk: Stepping) -> None:
    states = [talk.say(f"message {number}").state for number in range(34)]
    assert states == ["done"] * 31 + ["quiet"] * 3
    assert talk.keys() == ["language-unknown"] * 30 + ["limits-slow-down"]
    last = talk.say("one more")
    assert (last.state, last.failure, last.text) == ("quiet", "too-fast", "one more")
    assert len(talk.engine.asked) == 30


def test_a_flood_of_one_does_not_silence_another(talk: Stepping) -> None:
    for number in range(32):
        talk.say(f"message {number}")
    assert talk.say("salam", sender="+212600000002").state == "done"
    assert talk.keys("+212600000002") == ["language-unknown"]


def test_they_are_told_again_a_minute_later(world: World) -> None:
    later = [datetime.now(UTC)]
    talk = Stepping.out_of(world, TooFast(now=lambda: later[0]))
    for number in range(32):
        talk.say(f"message {number}")
    later[0] = datetime.now(UTC) + timedelta(seconds=61)
    talk.say("still at it")
    assert talk.keys()[30:] == ["limits-slow-down", "limits-slow-down"]


def test_what_waited_at_the_provider_and_comes_at_once_is_answered(talk: Stepping) -> None:
    start = datetime.now(UTC) - timedelta(hours=3)
    for number in range(35):
        message = talk.say(f"message {number}", sent_at=start + timedelta(minutes=7 * number))
        assert (message.state, message.failure) == ("done", None)


def test_the_same_text_over_and_over(talk: Stepping) -> None:
    talk.engine.answering = same
    outcomes = [(talk.say("PROMO\u200f www.x.y\n!").state) for _ in range(8)]
    assert outcomes == ["done"] * 6 + ["quiet"] * 2
    assert talk.keys() == ["menu"] * 5 + ["limits-repeated"]
    assert talk.say("PROMO\u200f www.x.y\n!").failure == "repeated"
    assert talk.say("something else").state == "done"


@pytest.mark.parametrize("text", ["0", "٢", "3."])
def test_numbers_turn_pages(talk: Stepping, text: str) -> None:
    talk.engine.answering = same
    assert {talk.say(text).state for _ in range(9)} == {"done"}


def test_a_word_that_gets_somewhere_each_time_turns_pages_too(talk: Stepping) -> None:
    pages = iter(range(100))
    talk.engine.answering = lambda _: says({"reply": "no-such-number", "args": {"number": next(pages)}})
    assert [talk.say("encore").failure for _ in range(9)] == [None] * 9


def test_media_are_no_text(world: World) -> None:
    from channels.contract.messages import Media, MediaKind

    talk = Stepping.out_of(world, Repeated())
    sticker = Media(MediaKind.STICKER)
    assert {talk.say(None, media=sticker).failure for _ in range(8)} == {None}


def test_two_programs_that_answer_each_other_fall_silent(talk: Stepping) -> None:
    talk.engine.answering = same
    outcomes = [talk.say(f"I am out of office ({number})") for number in range(18)]
    assert [message.state for message in outcomes] == ["done"] * 17 + ["quiet"]
    assert [message.flagged for message in outcomes] == [False] * 16 + [True] * 2
    assert outcomes[-1].failure == "looping"
    assert talk.keys() == ["menu"] * 16 + ["limits-looping"]


def test_the_silence_ends(world: World) -> None:
    later = [datetime.now(UTC)]
    talk = Stepping.out_of(world, Looping(now=lambda: later[0]))
    talk.engine.answering = same
    for number in range(18):
        talk.say(f"message {number}")
    later[0] = datetime.now(UTC) + timedelta(minutes=11)
    assert talk.say("salam").state == "done"
    assert talk.keys()[-1] == "menu"


@pytest.mark.parametrize(
    ("age", "state", "replies"),
    [
        (timedelta(hours=23), "done", ["language-unknown"]),
        (timedelta(hours=25), "done", ["late-answer + language-unknown"]),
        (timedelta(days=6, hours=23), "done", ["late-answer + language-unknown"]),
        (timedelta(days=7, minutes=1), "quiet", []),
        (timedelta(days=-1), "done", ["language-unknown"]),
    ],
)
def test_old_messages(talk: Stepping, age: timedelta, state: str, replies: list[str]) -> None:
    message = talk.say("salam", sent_at=datetime.now(UTC) - age)
    assert (message.state, talk.keys()) == (state, replies)
    assert (message.failure, message.flagged) == (("too-old", True) if state == "quiet" else (None, False))


def test_one_apology_for_all_that_waited(talk: Stepping) -> None:
    for hours in (40, 39, 38):
        talk.say(f"{hours} hours ago", sent_at=datetime.now(UTC) - timedelta(hours=hours))
    talk.say("today")
    assert talk.keys() == ["late-answer + language-unknown", *["language-unknown"] * 3]


def test_a_message_of_an_unknown_time_that_waited_here_is_late_too(world: World) -> None:
    talk = Stepping.out_of(world, TooOld(now=lambda: datetime.now(UTC) + timedelta(hours=30)))
    talk.say("salam", channel="telegram")
    assert talk.keys(channel="telegram") == ["late-answer", "language-unknown"]


KEYS = ("limits-slow-down", "limits-repeated", "limits-looping", "late-answer", "opt-out-done", "opt-in-done")


@pytest.mark.parametrize("variety", VARIETIES)
@pytest.mark.parametrize("key", KEYS)
def test_by_sms_each_is_one_segment(key: str, variety: str) -> None:
    text = renderer().render(Reply(key), variety, "sms").text
    assert count_segments(text).count == 1, text
