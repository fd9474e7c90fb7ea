"""A gateway's answers as policies. Kannel's are in smsbox; others of its kind answer alike."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import Refusal
from channels.kannel.addresses import can_be_answered

_TAKEN = ("0", "3")  # "0: Accepted for delivery", "3: Queued for later delivery"
_NUMBERED = re.compile(r"\s*(\d{1,3}):")
_SAYS_ERROR = re.compile(r"\s*(err|error|fail|failed|failure|rejected)\b", re.IGNORECASE)
_OF_THE_ADDRESS = re.compile(r"(receiver|recipient|destination|msisdn|phone number)", re.IGNORECASE)
_MISSING = re.compile(r"\b(missing|empty)\b", re.IGNORECASE)
_LONGEST_WAIT = 3600.0


def failure(status: int, body: str, headers: Mapping[str, str]) -> ChannelError | None:
    """What an answer means; None where the message was taken.

    | answer | policy |
    |---|---|
    | 2xx, "0: ...", "3: ..." or no code | taken |
    | 2xx with another code or an error's word | give up |
    | 401, 403, 404, 405, 407 | the set-up is wrong: later, and it does not count against the message |
    | 408, 502, 504 | something between us and it answered: it may have been taken |
    | 413, 414, other 4xx | give up; the address is marked where the text speaks of it |
    | 425, 429, 503 | later, after Retry-After where it is given |
    | other | later |
    """
    reason = f"sms-gateway-{status}"
    if 200 <= status < 300:
        return _answered(body)
    if status in (401, 403, 404, 405, 407):
        return RetryLater(reason, counts=False, after=60.0)
    if status in (408, 502, 504):
        return Ambiguous(reason)
    if status in (425, 429, 503):
        return RetryLater(reason, after=retry_after(headers.get("retry-after", "")), counts=False)
    if 400 <= status < 500:
        speaks_of_address = _OF_THE_ADDRESS.search(body) and not _MISSING.search(body)
        return GiveUp(reason, refusal=Refusal("unreachable", reason) if speaks_of_address else None)
    return RetryLater(reason)


def refused_address(address: str) -> GiveUp | None:
    """A name as an address takes no SMS: what networks send themselves is not answered."""
    if can_be_answered(address):
        return None
    return GiveUp("sms-no-return-address", refusal=Refusal("unreachable", "sms-no-return-address"))


def retry_after(value: str) -> float | None:
    """Seconds to wait, from a number or an HTTP date; None where neither is given."""
    if re.fullmatch(r"\d{1,6}", value.strip(), re.ASCII):
        return min(float(value), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    seconds = (until if until.tzinfo else until.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(seconds.total_seconds(), 0.0), _LONGEST_WAIT)


def _answered(body: str) -> ChannelError | None:
    code = _NUMBERED.match(body)
    if code:
        return None if code.group(1) in _TAKEN else GiveUp(f"sms-gateway-answer-{code.group(1)}")
    return GiveUp("sms-gateway-answer-error") if _SAYS_ERROR.match(body) else None
