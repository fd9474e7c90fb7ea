"""Each code of Meta's and what is done about it."""

import pytest

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import Refusal
from channels.meta.errors import Failure, error_for, refusal_for


def kind(error: ChannelError) -> tuple[str, bool | None]:
    if isinstance(error, RetryLater):
        return type(error).__name__, error.counts
    return type(error).__name__, None


@pytest.mark.parametrize(
    ("failure", "expected", "reason"),
    [
        (Failure(401, 190), ("RetryLater", False), "meta-190"),
        (Failure(401, 0), ("RetryLater", False), "meta-0"),
        (Failure(403, 10), ("RetryLater", False), "meta-10"),
        (Failure(403, 200), ("RetryLater", False), "meta-200"),
        (Failure(403, 368), ("RetryLater", False), "meta-368"),
        (Failure(403, 131031), ("RetryLater", False), "meta-131031"),
        (Failure(400, 131042), ("RetryLater", False), "meta-131042"),
        (Failure(400, 133010), ("RetryLater", False), "meta-133010"),
        (Failure(400, 131048), ("RetryLater", False), "meta-131048"),
        (Failure(400, 4), ("RetryLater", False), "meta-4"),
        (Failure(400, 80007), ("RetryLater", False), "meta-80007"),
        (Failure(400, 130429), ("RetryLater", False), "meta-130429"),
        (Failure(400, 131056), ("RetryLater", False), "meta-131056"),
        (Failure(503, 2), ("RetryLater", True), "meta-2"),
        (Failure(500, 131000), ("RetryLater", True), "meta-131000"),
        (Failure(500, 131016), ("RetryLater", True), "meta-131016"),
        (Failure(500, 424242), ("RetryLater", True), "meta-424242"),
        (Failure(400, 424242, transient=True), ("RetryLater", True), "meta-424242"),
        (Failure(400, 131026), ("GiveUp", None), "meta-131026"),
        (Failure(400, 131047), ("GiveUp", None), "outside-window"),
        (Failure(400, 131049), ("GiveUp", None), "meta-131049"),
        (Failure(400, 131050), ("GiveUp", None), "meta-131050"),
        (Failure(400, 131051), ("GiveUp", None), "meta-131051"),
        (Failure(400, 131053), ("GiveUp", None), "meta-131053"),
        (Failure(404, 132001), ("GiveUp", None), "meta-132001"),
        (Failure(400, 132015), ("GiveUp", None), "meta-132015"),
        (Failure(400, 132999), ("GiveUp", None), "meta-132999"),
        (Failure(400, 100), ("GiveUp", None), "meta-100"),
        (Failure(400, 131008), ("GiveUp", None), "meta-131008"),
        (Failure(400, 131009), ("GiveUp", None), "meta-131009"),
        (Failure(400, 424242), ("GiveUp", None), "meta-424242"),
        # The number in the URL is not ours: no message is to blame.
        (Failure(400, 100, 33), ("RetryLater", False), "meta-100"),
        # Answers that are not Meta's own words.
        (Failure(400), ("GiveUp", None), "meta-http-400"),
        (Failure(401), ("RetryLater", False), "meta-http-401"),
        (Failure(404), ("RetryLater", False), "meta-http-404"),
        (Failure(302), ("RetryLater", False), "meta-http-302"),
        (Failure(408), ("RetryLater", True), "meta-http-408"),
        (Failure(429), ("RetryLater", False), "meta-http-429"),
        (Failure(503), ("RetryLater", True), "meta-http-503"),
        (Failure(500), ("Ambiguous", True), "meta-http-500"),
        (Failure(502), ("Ambiguous", True), "meta-http-502"),
        (Failure(504), ("Ambiguous", True), "meta-http-504"),
    ],
)
def test_policies(failure: Failure, expected: tuple[str, bool | None], reason: str) -> None:
    error = error_for(failure, 1)
    assert kind(error) == expected
    assert error.reason == reason


def test_the_limit_to_one_person_waits_longer_each_time() -> None:
    waits = [error_for(Failure(400, 131056), attempt) for attempt in (1, 2, 3, 4, 50)]
    assert [wait.after for wait in waits if isinstance(wait, RetryLater)] == [1.0, 4.0, 16.0, 64.0, 1024.0]


@pytest.mark.parametrize(
    "failure", [Failure(429, 130429, after=17.0), Failure(503, after=17.0), Failure(502, after=17.0)]
)
def test_what_meta_asks_for_comes_first(failure: Failure) -> None:
    error = error_for(failure, 3)
    assert isinstance(error, RetryLater)
    assert error.after == 17.0


def test_an_address_that_takes_no_more() -> None:
    error = error_for(Failure(400, 131026), 1)
    assert isinstance(error, GiveUp)
    assert error.refusal == Refusal("unreachable", "131026") == refusal_for(131026)
    assert not isinstance(error, Ambiguous)


@pytest.mark.parametrize("code", [131047, 131049, 131050, 130472, 132001, 100, 424242])
def test_what_says_nothing_of_the_address(code: int) -> None:
    assert refusal_for(code) is None
