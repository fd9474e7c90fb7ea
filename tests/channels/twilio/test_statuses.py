"""What Twilio says of a message afterwards."""

from typing import Any

import pytest

from channels.contract.messages import Refusal, StatusUpdate
from channels.twilio.statuses import status_of

OURS = "0198c0de-0000-7000-8000-000000000001"
SID = "SM33333333333333333333333333333333"

#: A real call about a WhatsApp message, its ids and numbers changed.
WHATSAPP = {
    "EventType": "DELIVERED", "SmsSid": SID, "SmsStatus": "delivered", "MessageStatus": "delivered",
    "ChannelToAddress": "+212612345XXX", "To": "whatsapp:+212612345678", "ChannelPrefix": "whatsapp",
    "MessageSid": SID, "AccountSid": "ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1", "From": "whatsapp:+14155550100",
    "ApiVersion": "2010-04-01", "ChannelInstallSid": "XE11111111111111111111111111111111",
    "StructuredMessage": "false",
}  # fmt: skip
SMS = {
    "SmsSid": SID, "SmsStatus": "sent", "MessageStatus": "sent", "To": "+212612345678", "MessageSid": SID,
    "AccountSid": "ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1", "From": "+14155550101", "ApiVersion": "2010-04-01",
}  # fmt: skip


def of(fields: dict[str, str], status: str, ours: str | None = OURS, **more: str) -> Any:
    return status_of({**fields, "MessageStatus": status, "SmsStatus": status, **more}, ours)


@pytest.mark.parametrize(
    "status", ["queued", "accepted", "scheduled", "sending", "receiving", "received", "new", ""]
)
def test_what_tells_nothing(status: str) -> None:
    assert of(SMS, status) == []


@pytest.mark.parametrize("status", ["sent", "delivered", "read"])
@pytest.mark.parametrize(("fields", "channel"), [(SMS, "sms"), (WHATSAPP, "whatsapp")])
def test_a_step_forward(fields: dict[str, str], channel: str, status: Any) -> None:
    assert of(fields, status) == [StatusUpdate(channel, status, SID, OURS)]


@pytest.mark.parametrize(
    ("fields", "status", "code", "refusal"),
    [
        (SMS, "failed", "21610", Refusal("opted_out", "21610")),
        (SMS, "undelivered", "30004", Refusal("blocked", "30004")),
        (SMS, "undelivered", "30005", Refusal("unreachable", "30005")),
        (SMS, "undelivered", "30006", Refusal("unreachable", "30006")),
        (SMS, "undelivered", "30003", None),
        (SMS, "undelivered", "30007", None),
        (WHATSAPP, "failed", "63024", Refusal("unreachable", "63024")),
        (WHATSAPP, "undelivered", "63014", Refusal("blocked", "63014")),
        (WHATSAPP, "failed", "63016", None),
        (WHATSAPP, "failed", "99999", None),
    ],
)
def test_a_failure_and_what_it_says_of_the_address(
    fields: dict[str, str], status: str, code: str, refusal: Refusal | None
) -> None:
    [update] = of(fields, status, ErrorCode=code, ErrorMessage="...")
    assert (update.step, update.code, update.refusal) == ("failed", code, refusal)


@pytest.mark.parametrize(
    ("code", "told"), [("", "undelivered"), ("junk", "undelivered"), ("9" * 40, "undelivered")]
)
def test_a_failure_without_a_code(code: str, told: str) -> None:
    [update] = of(SMS, "undelivered", ErrorCode=code)
    assert (update.code, update.refusal) == (told, None)


def test_only_our_ids_are_taken_for_ours() -> None:
    assert of(SMS, "sent", "x'; drop table") == [StatusUpdate("sms", "sent", SID, None)]
    assert of(SMS, "sent", None) == [StatusUpdate("sms", "sent", SID, None)]
    assert status_of({"MessageStatus": "sent"}, None) == []
    assert status_of({"MessageStatus": "sent"}, OURS) == [StatusUpdate("sms", "sent", None, OURS)]
