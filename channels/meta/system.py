"""What WhatsApp itself writes into a chat: that a person changed their number or their business-scoped id.

The old id is marked as unreachable, and no more. Whoever gets an old number next must not be given what belonged to
somebody else, and a new number is not joined to a history on a notice alone: the person who has it says so themselves,
with the code that links two channels.
"""

from collections.abc import Mapping
from typing import Any

from channels.contract.messages import AddressUpdate
from channels.meta.config import CHANNEL
from channels.meta.identity import bsuid_in, number_in

_NUMBER_CHANGED = frozenset({"user_changed_number", "customer_changed_number"})
_ID_CHANGED = "user_changed_user_id"


def changes_of(message: Mapping[str, Any]) -> list[AddressUpdate]:
    """The ids that nobody is reached by any more, with the reason as a code."""
    system = message.get("system")
    if not isinstance(system, Mapping):
        return []
    kind = system.get("type")
    left = []
    if kind in _NUMBER_CHANGED:
        left.append(_left(number_in(message, "from"), _number_now(system), "changed-number"))
    if kind in _NUMBER_CHANGED or kind == _ID_CHANGED:
        was = bsuid_in(system, "previous_user_id") or bsuid_in(message, "from_user_id")
        left.append(_left(was, bsuid_in(system, "user_id"), "changed-user-id"))
    return [update for update in left if update is not None]


def _number_now(system: Mapping[str, Any]) -> str | None:
    return number_in(system, "wa_id") or number_in(system, "new_wa_id")


def _left(was: str | None, now: str | None, reason: str) -> AddressUpdate | None:
    if was is None or now is None or was == now:
        return None
    return AddressUpdate(CHANNEL, was, "unreachable", reason)
