"""What a gateway says of a message it took: Kannel's report types, and the network's answer as a code."""

import re

from channels.contract.messages import DeliveryStep, Refusal, StatusUpdate
from channels.kannel.config import Config
from channels.kannel.fields import Fields, value_of
from channels.kannel.inbound import CHANNEL

_FAILED = 2 | 16  # not delivered; rejected by the network. Expired (34) and unknown (66) hold the 2 as well.
_DELIVERED = 1
_ON_THE_WAY = 4 | 8  # waits at the network; taken by the network

_WORDS: dict[str, DeliveryStep] = {
    "delivrd": "delivered",
    "delivered": "delivered",
    "success": "delivered",
    "accepted": "sent",
    "acceptd": "sent",
    "enroute": "sent",
    "sent": "sent",
    "queued": "sent",
    "undeliv": "failed",
    "undelivered": "failed",
    "expired": "failed",
    "deleted": "failed",
    "rejectd": "failed",
    "rejected": "failed",
    "failed": "failed",
    "unknown": "failed",
}

# A report may quote the message itself ("... text:Bonjour"): only these parts of it are kept.
_STATE = re.compile(r"\bstat:([A-Z]{3,10})")
_ERROR = re.compile(r"\berr:([0-9A-Fa-f]{1,6})\b")
_NACK = re.compile(r"NACK/(0x[0-9a-fA-F]{8}|\d{1,10})")

_NO_SUCH_ADDRESS = re.compile(r"NACK/(0x0000000b|11)\b", re.IGNORECASE)  # SMPP 3.4: ESME_RINVDSTADR


def is_report(fields: Fields, config: Config) -> bool:
    """Whether a call of the inbound route is a report: it has a type and no text."""
    return bool(value_of(fields, config.names.type)) and config.names.text not in fields


def parse_report(fields: Fields, config: Config) -> StatusUpdate | None:
    """The status; None for a report that says nothing of use or names no message."""
    names = config.names
    message_id, step = value_of(fields, names.message), step_of(value_of(fields, names.type))
    if not message_id or step is None:
        return None
    answer = value_of(fields, names.answer)
    failed = step == "failed"
    return StatusUpdate(
        channel=CHANNEL,
        step=step,
        message_id=message_id,
        code=_code(answer, value_of(fields, names.type)) if failed else None,
        refusal=Refusal("unreachable", "sms-no-such-address")
        if failed and _NO_SUCH_ADDRESS.search(answer)
        else None,
    )


def step_of(kind: str) -> DeliveryStep | None:
    """A report's type (Kannel's bit mask, or a word of SMPP) as a step of the delivery."""
    if not re.fullmatch(r"\d{1,3}", kind, re.ASCII):
        return _WORDS.get(kind.lower())
    bits = int(kind)
    if bits & _DELIVERED:
        return "delivered"
    if bits & _FAILED:
        return "failed"
    return "sent" if bits & _ON_THE_WAY else None


def _code(answer: str, kind: str) -> str:
    found = [pattern.search(answer) for pattern in (_STATE, _NACK, _ERROR)]
    parts = [match.group(1) for match in found if match]
    return "-".join(["dlr", *(parts or [re.sub(r"\W", "", kind)[:12]])]).lower()
