"""Twilio's error codes, each with what is done about it.

The page of a code is https://www.twilio.com/docs/api/errors/<code>; what it says decided its row. A code comes in the
answer to a message (then the row's policy counts) or later in a status (then only whether the address refuses).
Twilio adds codes at will: one that is not here is judged by the answer's HTTP status.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from channels.contract.errors import Ambiguous, ChannelError, GiveUp, RetryLater
from channels.contract.messages import AddressState, Refusal

Policy = Literal["later", "mend", "give-up"]


@dataclass(frozen=True)
class Row:
    """`later`: it passes by itself (in about `after` seconds). `mend`: an operator must set something right, then it
    goes. `give-up`: this message cannot be sent; `state` is what that says of the address.
    """

    policy: Policy
    title: str
    state: AddressState | None = None
    after: float | None = None
    reason: str = ""


CODES: Mapping[int, Row] = {
    # The account: nothing leaves until somebody mends it.
    10001: Row("mend", "Account is not active", reason="auth"),
    20003: Row("mend", "Permission denied", reason="auth"),
    20005: Row("mend", "Account not active", reason="auth"),
    20404: Row("mend", "Not found: the account SID or the address of the API is wrong"),
    21609: Row("mend", "Invalid StatusCallback: the public URL is wrong"),
    21659: Row("mend", "From is not a number of the account"),
    21660: Row("mend", "From does not belong to the account"),
    21703: Row("mend", "The Messaging Service has no numbers"),
    63007: Row("mend", "No channel with this From address"),
    63022: Row("mend", "Invalid vname certificate of the WhatsApp sender"),
    # Limits: the message was not taken and is welcome later.
    20429: Row("later", "Too many requests: not processed, safe to retry"),
    21611: Row("later", "The From number's queue is full (10 hours)", after=600),
    30001: Row("later", "Queue overflow", after=600),
    30022: Row("later", "Rate limit of the sender exceeded", after=60),
    63017: Row("later", "Rate limit of the messaging account exceeded", after=60),
    63018: Row("later", "Rate limit exceeded for the channel", after=60),
    63038: Row("later", "The account's messages of 24 hours are used up", after=3600),
    # The person's wish.
    21610: Row("give-up", "Attempt to send to an unsubscribed recipient", "opted_out"),
    30004: Row("give-up", "Message blocked by the recipient or the carrier", "blocked"),
    63014: Row("give-up", "Channel message blocked by the recipient's action", "blocked"),
    # Nobody is there.
    21211: Row("give-up", "Invalid To number", "unreachable"),
    21214: Row("give-up", "The To number cannot be reached", "unreachable"),
    21217: Row("give-up", "The number does not appear to be valid", "unreachable"),
    21614: Row("give-up", "The To number is not a mobile number", "unreachable"),
    21635: Row("give-up", "The To number cannot be a landline", "unreachable"),
    30005: Row("give-up", "Unknown destination handset", "unreachable"),
    30006: Row("give-up", "Landline or unreachable carrier", "unreachable"),
    63003: Row("give-up", "The channel could not find the To address", "unreachable"),
    63024: Row("give-up", "Invalid message recipient (WhatsApp 1002, 1026)", "unreachable"),
    # Not this message, not now; the address stays good.
    # 30003: "powered off, no service ... temporarily unreachable": whoever sleeps is not gone.
    30003: Row("give-up", "Unreachable destination handset"),
    30007: Row("give-up", "Message filtered"),
    30008: Row("give-up", "Unknown error of the carrier"),
    63005: Row("give-up", "The channel did not accept the content"),
    63013: Row("give-up", "The channel's policy was violated"),
    63016: Row("give-up", "Outside the messaging window", reason="outside-window"),
    63021: Row("give-up", "Invalid content for the channel"),
    63032: Row("give-up", "Not sent to this user because of a limitation of WhatsApp (472)"),
    63049: Row("give-up", "Meta chose not to deliver this message"),
    # The message itself.
    21408: Row("give-up", "No permission to send to this country"),
    21606: Row("give-up", "The From number cannot send to this destination"),
    21612: Row("give-up", "No route from this From to this To"),
    21617: Row("give-up", "The body is longer than 1,600 characters"),
    21655: Row("give-up", "The ContentSid is invalid"),
    21656: Row("give-up", "The ContentVariables are invalid"),
    21658: Row("give-up", "A parameter exceeds its length"),
}

#: What says that a form of the Content API, not the message or the person, was refused.
CONTENT_CODES = frozenset({21655, 21656, 21658, 63005, 63013, 63021})


class Refused(GiveUp):
    """GiveUp with Twilio's number, for callers that know another way."""

    def __init__(self, reason: str, *, refusal: Refusal | None, code: int) -> None:
        super().__init__(reason, refusal=refusal)
        self.code = code


def refusal_of(code: int) -> Refusal | None:
    """What a code says of the address it was sent to; None where that stays good."""
    row = CODES.get(code)
    return None if row is None or row.state is None else Refusal(row.state, str(code))


def error_of(status: int, code: int | None, retry_after: float | None = None) -> ChannelError:
    """What to do after an answer that is no success. `retry_after`: the seconds it asked for."""
    row = None if code is None else CODES.get(code)
    reason = f"twilio-{code or status}"
    if row is not None:
        reason = row.reason or reason
        if row.policy == "later":
            return RetryLater(reason, after=retry_after or row.after, counts=False)
        if row.policy == "mend":
            return RetryLater(reason, counts=False)
    elif status in (401, 403):
        return RetryLater("auth", counts=False)
    elif status in (429, 503):
        return RetryLater(reason, after=retry_after, counts=False)
    elif status >= 500 or status == 408:
        # A gateway that gave up waiting says nothing of what became of the request behind it.
        return Ambiguous(reason, after=retry_after, counts=False)
    return Refused(reason, refusal=None if code is None else refusal_of(code), code=code or status)
