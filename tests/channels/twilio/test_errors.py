"""Each answer of Twilio has its policy."""

import pytest

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import Refusal
from channels.twilio.errors import CODES, error_of, refusal_of


def told(error: ChannelError) -> tuple[type[ChannelError], str]:
    kind = next(each for each in (Ambiguous, RetryLater, GiveUp) if isinstance(error, each))
    return kind, error.reason


@pytest.mark.parametrize(
    ("status", "code", "kind", "reason"),
    [
        (401, 20003, RetryLater, "auth"),
        (401, None, RetryLater, "auth"),
        (403, None, RetryLater, "auth"),
        (404, 20404, RetryLater, "twilio-20404"),
        (429, 20429, RetryLater, "twilio-20429"),
        (429, None, RetryLater, "twilio-429"),
        (503, None, RetryLater, "twilio-503"),
        (500, None, Ambiguous, "twilio-500"),
        (500, 20500, Ambiguous, "twilio-20500"),
        (502, None, Ambiguous, "twilio-502"),
        (504, None, Ambiguous, "twilio-504"),
        (400, 21611, RetryLater, "twilio-21611"),
        (429, 63018, RetryLater, "twilio-63018"),
        (400, 21610, GiveUp, "twilio-21610"),
        (400, 21614, GiveUp, "twilio-21614"),
        (400, 63016, GiveUp, "outside-window"),
        (400, 21999, GiveUp, "twilio-21999"),
        (400, None, GiveUp, "twilio-400"),
        (302, None, GiveUp, "twilio-302"),
    ],
)
def test_an_answer_and_its_policy(
    status: int, code: int | None, kind: type[ChannelError], reason: str
) -> None:
    error = error_of(status, code)
    assert told(error) == (kind, reason)
    # Whatever is not this message's own fault does not count against it.
    assert isinstance(error, GiveUp) or not error.counts  # type: ignore[attr-defined]


def test_twilio_says_how_long_to_wait() -> None:
    for code in (20429, 63018):
        error = error_of(429, code, 7.0)
        assert isinstance(error, RetryLater)
        assert error.after == 7.0
    full = error_of(400, 21611)
    assert isinstance(full, RetryLater)
    assert full.after == 600


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (21610, "opted_out"),
        (63014, "blocked"),
        (21614, "unreachable"),
        (30005, "unreachable"),
        (63024, "unreachable"),
    ],
)
def test_a_refusal_marks_the_address(code: int, state: str) -> None:
    error = error_of(400, code)
    assert isinstance(error, GiveUp)
    assert error.refusal == refusal_of(code) == Refusal(state, str(code))  # type: ignore[arg-type]


def test_only_what_is_given_up_refuses() -> None:
    for code, row in CODES.items():
        assert row.title, code
        assert row.state is None or row.policy == "give-up", code
        assert refusal_of(code) is None or row.state is not None
