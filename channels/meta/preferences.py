"""What a person sets in WhatsApp itself about our offers: to stop them, or to have them again
(developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from channels.contract.messages import Preference
from channels.meta.config import CHANNEL
from channels.meta.identity import identity_of

FIELD = "user_preferences"

_CATEGORY = "marketing_messages"
_WISHES: Mapping[str, Literal["stop", "resume"]] = {"stop": "stop", "resume": "resume"}


def preference_of(
    told: Mapping[str, Any], contacts: Sequence[Mapping[str, Any]], at: datetime
) -> Preference | None:
    """Who wishes what; None where either cannot be told."""
    value = told.get("value")
    wish = _WISHES.get(value) if isinstance(value, str) else None
    who = identity_of({"from": told.get("wa_id"), "from_user_id": told.get("user_id")}, contacts)
    if wish is None or who is None or told.get("category") != _CATEGORY:
        return None
    return Preference(CHANNEL, (who.sender, *who.aliases), wish, at)
