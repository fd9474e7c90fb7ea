"""Buckets and the breaker, with a clock of the test's own."""

import asyncio

import pytest

from channels.contract.errors import Ambiguous, GiveUp, RetryLater
from channels.contract.messages import Outbound
from channels.contract.provider import Limits, Sent
from channels.delivery.pacing import Breaker, Bucket, PacedSender


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Answering:
    """A sender that does as told, and counts how often it was called."""

    def __init__(self) -> None:
        self.calls = 0
        self.failure: Exception | None = None

    async def send(self, message: Outbound) -> Sent:
        self.calls += 1
        if self.failure is not None:
            raise self.failure
        return Sent(message.message_id)


def message(to: str = "amina") -> Outbound:
    return Outbound("m-1", "whatsapp", to, "salam")


def send(paced: PacedSender, to: str = "amina") -> str:
    try:
        asyncio.run(paced.send(message(to)))
    except (RetryLater, GiveUp) as error:
        return error.reason
    return "sent"


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket.full(rate=2.0, burst=3.0, now=0.0)
    for _ in range(3):
        assert bucket.wait(0.0) == 0.0
        bucket.take()
    assert bucket.wait(0.0) == pytest.approx(0.5)
    assert bucket.wait(0.5) == 0.0
    assert Bucket.full(2.0, 3.0, 0.0).wait(1000.0) == 0.0  # it does not fill over its burst


def test_a_person_gets_no_more_than_the_provider_allows() -> None:
    clock = Clock()
    sender = Answering()
    paced = PacedSender(sender, Limits(per_person_every=6.0, per_person_burst=2), clock=clock)
    assert [send(paced), send(paced), send(paced)] == ["sent", "sent", "paced"]
    assert send(paced, "another") == "sent"
    clock.now += 6.0
    assert [send(paced), send(paced)] == ["sent", "paced"]


def test_a_message_that_is_paced_knows_when_to_come_back() -> None:
    paced = PacedSender(Answering(), Limits(per_person_every=6.0), clock=Clock())
    send(paced)
    with pytest.raises(RetryLater) as refused:
        asyncio.run(paced.send(message()))
    assert refused.value.after == pytest.approx(6.0)
    assert not refused.value.counts


@pytest.mark.parametrize("failure", [RetryLater("down", counts=False), Ambiguous("timeout")])
def test_a_provider_that_is_down_is_left_alone(failure: Exception) -> None:
    clock = Clock()
    sender = Answering()
    sender.failure = failure
    paced = PacedSender(sender, Limits(), clock=clock, breaker=Breaker(failures=3, rest=10.0, clock=clock))
    assert [send(paced) for _ in range(5)][3:] == ["provider-resting"] * 2
    assert sender.calls == 3
    clock.now += 10.0
    sender.failure = None
    assert [send(paced), send(paced)] == ["sent", "sent"]


def test_after_a_rest_one_message_tries_and_the_rest_grows() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, rest=10.0, longest=25.0, clock=clock)
    breaker.failed()
    clock.now += 10.0
    assert breaker.rests_for() == 0.0
    assert breaker.rests_for() == pytest.approx(10.0)  # the others wait for how it goes
    breaker.failed()
    assert breaker.rests_for() == pytest.approx(20.0)
    clock.now += 20.0
    breaker.failed()
    assert breaker.rests_for() == pytest.approx(25.0)
    breaker.worked()
    assert breaker.rests_for() == 0.0


@pytest.mark.parametrize(
    "failure",
    [GiveUp("bad-number"), RetryLater("too-many", after=2.0, counts=False), RetryLater("odd", counts=True)],
)
def test_a_refusal_is_no_outage(failure: Exception) -> None:
    sender = Answering()
    sender.failure = failure
    paced = PacedSender(sender, Limits(), breaker=Breaker(failures=2))
    for _ in range(6):
        send(paced)
    assert sender.calls == 6
