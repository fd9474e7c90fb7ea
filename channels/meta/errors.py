"""Meta's error codes, and what is done about each.

Codes and meanings: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (May 2026).
A code may come as the answer to a request or, later, with the status "failed".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import AddressState, Refusal

#: retry: trouble at Meta with this message. wait: a limit, or something an operator mends; not this message's fault.
Action = Literal["retry", "wait", "give-up"]

_OPERATOR = 300.0  # seconds until a token, a payment or a registration may have been mended
_LOCKED = 1800.0
_LONGEST_PAIR_WAIT = 1024.0  # 4^5


@dataclass(frozen=True)
class Policy:
    """What a code means for the message. `after`: seconds; `state`: what becomes of the address."""

    action: Action
    after: float | None = None
    state: AddressState | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Failure:
    """What Meta answered instead of an id. `after`: the seconds it asked us to wait."""

    status: int
    code: int | None = None
    subcode: int | None = None
    transient: bool = False
    after: float | None = None


_TOKEN = Policy("wait", _OPERATOR)
_NOT_READY = Policy("wait", _OPERATOR)
_BUSY = Policy("retry")
_LIMIT = Policy("wait", 5.0)
_WRONG = Policy("give-up")

POLICIES: Mapping[int, Policy] = {
    # Who we are: an operator mends it, and nothing is wrong with the message.
    0: _TOKEN,  # AuthException
    3: _TOKEN,  # capability or permission
    10: _TOKEN,  # permission denied
    190: _TOKEN,  # access token expired
    **dict.fromkeys(range(200, 300), _TOKEN),  # API permission
    131005: _TOKEN,  # access denied
    33: _NOT_READY,  # the business number was deleted
    131037: _NOT_READY,  # display name not approved
    131042: _NOT_READY,  # payment
    131045: _NOT_READY,  # certificate of the number
    133010: _NOT_READY,  # number not registered
    368: Policy("wait", _LOCKED),  # blocked for a while for a violation of policy
    131031: Policy("wait", _LOCKED),  # account locked
    131048: Policy("wait", _LOCKED),  # spam rate limit: too many people blocked or reported the number
    # How fast we are.
    4: _LIMIT,  # calls of the app
    80007: _LIMIT,  # calls of the WhatsApp account
    130429: _LIMIT,  # messages a second of the number
    131056: Policy("wait"),  # messages to one person; its wait grows with the attempts
    # Trouble at Meta.
    1: _BUSY,  # unknown: a request that is wrong, or the server
    2: _BUSY,  # service temporarily down
    131000: _BUSY,  # something went wrong
    131016: _BUSY,  # service overloaded
    131057: _BUSY,  # account in maintenance
    133004: _BUSY,  # server temporarily unavailable
    # Whom it is for. An old version of WhatsApp, no account, terms not accepted, or we are blocked: Meta does not say.
    131026: Policy("give-up", state="unreachable"),
    131021: Policy("give-up", state="unreachable"),  # our own number
    131047: Policy("give-up", reason="outside-window"),  # more than 24 hours since their last message
    # Neither says anything of answers: the address stays as it is.
    131049: _WRONG,  # kept back so that people are not flooded; sending it again makes it worse
    131050: _WRONG,  # they stopped marketing messages of ours
    130472: _WRONG,  # part of an experiment
    130497: _WRONG,  # no messages into this country
    131030: _WRONG,  # a trial number, and not on its list
    131043: _WRONG,  # expired undelivered
    131062: _WRONG,  # this kind of message takes no business-scoped id
    # What it is.
    100: _WRONG,  # invalid parameter
    131001: _WRONG,  # too long
    131002: _WRONG,  # recipient type
    131006: _WRONG,  # resource not found
    131008: _WRONG,  # required parameter missing
    131009: _WRONG,  # parameter value
    131051: _WRONG,  # unsupported message type
    131052: _WRONG,  # media download
    131053: _WRONG,  # media upload
    135000: _WRONG,  # parameters, of whatever kind
    **dict.fromkeys(
        range(132000, 133000), _WRONG
    ),  # templates: unknown, paused, disabled, other places than values
}

#: Subcode 33 of "invalid parameter": no such object, or not ours. Here that is the number in the URL, never a message.
_NO_SUCH_NUMBER = (100, 33)


def reason_for(code: int) -> str:
    """The code kept with a message that failed."""
    policy = POLICIES.get(code)
    return policy.reason if policy is not None and policy.reason is not None else f"meta-{code}"


def refusal_for(code: int) -> Refusal | None:
    """What a code says of the address, if anything."""
    policy = POLICIES.get(code)
    return None if policy is None or policy.state is None else Refusal(policy.state, str(code))


def error_for(failure: Failure, attempt: int) -> ChannelError:
    """The policy for an answer without an id. `attempt` counts from 1."""
    policy = _policy(failure)
    reason = f"meta-http-{failure.status}" if failure.code is None else reason_for(failure.code)
    if policy is None:
        return Ambiguous(reason, after=failure.after)
    if policy.action == "give-up":
        return GiveUp(reason, refusal=None if failure.code is None else refusal_for(failure.code))
    after = failure.after
    if after is None:
        after = _pair_wait(attempt) if failure.code == 131056 else policy.after
    return RetryLater(reason, after=after, counts=policy.action == "retry")


def _policy(failure: Failure) -> Policy | None:
    """None: it may have been taken all the same."""
    if (failure.code, failure.subcode) == _NO_SUCH_NUMBER:
        return _NOT_READY
    if failure.code is not None and failure.code in POLICIES:
        return POLICIES[failure.code]
    if failure.status == 429:
        return _LIMIT
    if failure.status >= 500:
        # Something in between gave up waiting; only Meta's own words say that nothing was done.
        return _BUSY if failure.code is not None or failure.status == 503 else None
    if failure.status in (401, 403, 404, 405) or failure.status < 400:
        return _NOT_READY
    return _BUSY if failure.transient or failure.status in (408, 425) else _WRONG


def _pair_wait(attempt: int) -> float:
    """4^X seconds, X counting the retries from 0, as Meta asks for the limit to one person."""
    return min(_LONGEST_PAIR_WAIT, 4.0 ** min(max(attempt - 1, 0), 5))
