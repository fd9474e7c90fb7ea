"""The client of the turn endpoint: what is asked, and what each failure means."""

import asyncio
import socket

import pytest

from channels.contract.errors import ChannelError, GiveUp, RetryLater
from channels.turn.engine import Answer, Engine, Question
from store.conversations.replies import Reply
from tests.channels.engines import SECRET, FakeEngine, says

HELLO = Question(message_id="m1", person_id="p1", channel="web", variety="ary", text="سلام")


def ask(urls: list[str], question: Question = HELLO, secret: str = SECRET, timeout: float = 5) -> Answer:
    async def once() -> Answer:
        engine = Engine(urls, secret, timeout=timeout)
        try:
            return await engine.ask(question)
        finally:
            await engine.close()

    return asyncio.run(once())


def nobody() -> str:
    """The URL of a port where nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{found.getsockname()[1]}"


def test_a_text_is_asked_with_what_is_known(engine: FakeEngine) -> None:
    answer = ask([engine.url + "/"])
    assert engine.asked == [
        {"message_id": "m1", "person_id": "p1", "channel": "web", "variety": "ary", "text": "سلام"}
    ]
    assert answer.replies == (Reply("echo", args={"text": "سلام"}),)
    assert answer.understanding["variety"] == "fr"


def test_an_option_is_asked_as_intent_and_entities(engine: FakeEngine) -> None:
    option = {"intent": "inform", "entities": [{"entity": "ordinal", "value": 2}]}
    ask([engine.url], Question("m2", "p1", "web", option=option))
    assert engine.asked[0] == {"message_id": "m2", "person_id": "p1", "channel": "web", "option": option}


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (503, RetryLater, "engine-status-503"),
        (500, RetryLater, "engine-status-500"),
        (429, RetryLater, "engine-status-429"),
        (404, RetryLater, "engine-status-404"),
        (422, GiveUp, "engine-refused-422"),
        (413, GiveUp, "engine-refused-413"),
        (400, GiveUp, "engine-refused-400"),
    ],
)
def test_what_a_status_means(engine: FakeEngine, status: int, error: type[ChannelError], reason: str) -> None:
    engine.failures = [status]
    with pytest.raises(error) as raised:
        ask([engine.url])
    assert raised.value.reason == reason
    # Only a turn that failed says anything about the message; an engine that answers nobody does not.
    if isinstance(raised.value, RetryLater):
        assert raised.value.counts == (status == 500)


@pytest.mark.parametrize(
    ("said", "reason"), [("too-slow", "engine-turn-too-slow"), ("broke-engine", "engine-died-of-it")]
)
def test_a_text_that_the_engine_will_not_have_again_is_given_up(
    engine: FakeEngine, said: str, reason: str
) -> None:
    engine.failures, engine.error = [413], said
    with pytest.raises(GiveUp, match=reason):
        ask([engine.url])


def test_an_engine_that_dies_over_a_question_says_nothing_of_it(engine: FakeEngine) -> None:
    engine.failures = [0]
    with pytest.raises(RetryLater, match="engine-broke-off") as raised:
        ask([engine.url])
    assert not raised.value.counts


def test_another_engine_is_asked_when_one_is_not_there(engine: FakeEngine) -> None:
    down = nobody()
    assert ask([down, engine.url, down]).replies
    with pytest.raises(RetryLater, match="engine-unreachable"):
        ask([down])


def test_a_slow_engine_is_asked_later_and_not_another_one(engine: FakeEngine) -> None:
    engine.delay = 2.5
    with pytest.raises(RetryLater, match="engine-timeout") as raised:
        ask([engine.url, engine.url], timeout=1.0)
    assert not raised.value.counts


def test_a_wrong_secret_is_ours_to_mend(engine: FakeEngine) -> None:
    with pytest.raises(RetryLater, match="engine-status-401"):
        ask([engine.url], secret="another")
    assert engine.asked == []


@pytest.mark.parametrize(
    "answer", [{}, {"replies": [{}], "understanding": {}}, {"replies": None, "understanding": {}}]
)
def test_an_answer_of_another_shape_is_refused(engine: FakeEngine, answer: dict[str, object]) -> None:
    engine.answering = lambda _: answer
    with pytest.raises(GiveUp, match="engine-answer-malformed"):
        ask([engine.url])


def test_a_person_stays_with_one_engine(engine: FakeEngine) -> None:
    engine.answering = lambda _: says()
    both = [engine.url, nobody()]
    firsts = {Engine(both, SECRET)._in_turn(f"p{n}")[0] for n in range(40)}
    assert len(firsts) == 2
    assert Engine(both, SECRET)._in_turn("p1") == Engine(both, SECRET)._in_turn("p1")


def test_an_engine_needs_a_url() -> None:
    with pytest.raises(ValueError, match="URL"):
        Engine([], SECRET)
