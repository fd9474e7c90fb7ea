"""What Meta says of a message it took: sent, delivered, read, failed. It may come twice and in any order."""

from collections.abc import Mapping
from typing import Any, get_args

from channels.contract.messages import DeliveryStep, StatusUpdate
from channels.meta.config import CHANNEL
from channels.meta.errors import refusal_for

_STEPS: Mapping[str, DeliveryStep] = {step: step for step in get_args(DeliveryStep)}


class StatusUnread(ValueError):
    """A status that says nothing of ours."""


def status_of(status: Mapping[str, Any]) -> StatusUpdate:
    """The status; our id of the message is in the callback data that was sent with it. Raises StatusUnread."""
    step = _STEPS.get(str(status.get("status")))
    wamid, ours = _id(status.get("id")), _id(status.get("biz_opaque_callback_data"))
    if step is None or (wamid is None and ours is None):
        raise StatusUnread
    code = _first_code(status.get("errors")) if step == "failed" else None
    return StatusUpdate(
        channel=CHANNEL,
        step=step,
        provider_message_id=wamid,
        message_id=ours,
        code=None if step != "failed" else "unknown" if code is None else str(code),
        refusal=None if code is None else refusal_for(code),
    )


def _id(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 512 else None


def _first_code(errors: Any) -> int | None:
    for error in errors if isinstance(errors, list) else [errors]:
        code = error.get("code") if isinstance(error, Mapping) else None
        if isinstance(code, int | str) and str(code).isdecimal() and len(str(code)) < 10:
            return int(code)
    return None
