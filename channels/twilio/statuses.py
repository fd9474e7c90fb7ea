"""What Twilio says afterwards of a message it took.

https://www.twilio.com/docs/messaging/guides/track-outbound-message-status: calls come out of order and more than once;
our own id comes back in the query of the address that we gave with the message.
"""

from collections.abc import Mapping
from uuid import UUID

from channels.contract.messages import DeliveryStep, StatusUpdate
from channels.twilio.addresses import SMS, WHATSAPP
from channels.twilio.errors import refusal_of
from channels.twilio.inbound import Fields, message_sid

#: `queued`, `accepted`, `scheduled` and `sending` tell nothing that we do not know.
_STEPS: Mapping[str, DeliveryStep] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}


def status_of(fields: Fields, ours: str | None) -> list[StatusUpdate]:
    """The step in a status call, or none where it tells none. `ours` is the message's id from the query."""
    status = (fields.get("MessageStatus") or fields.get("SmsStatus") or "").strip().lower()
    step = _STEPS.get(status)
    sid, message_id = message_sid(fields), _uuid(ours)
    if step is None or (sid is None and message_id is None):
        return []
    code = fields.get("ErrorCode", "").strip()
    code = code if code.isascii() and code.isdigit() and len(code) < 8 else ""
    failed = step == "failed"
    return [
        StatusUpdate(
            channel=_channel(fields),
            step=step,
            provider_message_id=sid,
            message_id=message_id,
            code=(code or status) if failed else None,
            refusal=refusal_of(int(code)) if failed and code else None,
        )
    ]


def _channel(fields: Fields) -> str:
    prefixed = any(fields.get(name, "").startswith("whatsapp:") for name in ("To", "From"))
    return WHATSAPP if prefixed or fields.get("ChannelPrefix", "").lower() == WHATSAPP else SMS


def _uuid(written: str | None) -> str | None:
    try:
        return str(UUID(written or ""))
    except ValueError:
        return None
