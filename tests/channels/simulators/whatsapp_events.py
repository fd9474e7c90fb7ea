"""Bodies of Meta's webhooks, in the form of its own examples."""

from collections.abc import Mapping, Sequence
from typing import Any


def event(phone_number_id: str, field: str = "messages", **value: Any) -> dict[str, Any]:
    """One entry with one change: `messages`, `contacts`, `statuses`, `errors` or `user_preferences`."""
    metadata = {"display_phone_number": "15550783881", "phone_number_id": phone_number_id}
    change = {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}


def joined(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several in one body, each an entry of its own."""
    return {**events[0], "entry": [entry for each in events for entry in each["entry"]]}


def message(sender: str, message_id: str, stamp: int, kind: str, part: Any) -> dict[str, Any]:
    """A message; a sender with a dot in it is a business-scoped id, and shows no number."""
    who = "from_user_id" if "." in sender else "from"
    return {who: sender, "id": message_id, "timestamp": str(stamp), "type": kind, kind: part}


def contact(sender: str, name: str, bsuid: str | None = None) -> dict[str, Any]:
    """Who wrote it."""
    found: dict[str, Any] = {"profile": {"name": name}}
    if "." in sender:
        return {**found, "user_id": sender}
    return {**found, "wa_id": sender, **({} if bsuid is None else {"user_id": bsuid})}


def status(
    step: str, wamid: str, to: str, stamp: int, callback: str | None, code: int | None
) -> dict[str, Any]:
    """A status of a message of ours."""
    found: dict[str, Any] = {"id": wamid, "status": step, "timestamp": str(stamp), "recipient_id": to}
    if callback is not None:
        found["biz_opaque_callback_data"] = callback
    if code is not None:
        found["errors"] = [{"code": code, "title": "Failed", "error_data": {"details": "Failed"}}]
    elif step in ("sent", "delivered"):
        found["pricing"] = {"billable": True, "pricing_model": "PMP", "category": "service"}
    return found


def preference(phone_number_id: str, wish: str, stamp: int, **who: str) -> dict[str, Any]:
    """What a person set in WhatsApp about our offers: `wa_id`, `user_id` or both say who."""
    told = {
        **who,
        "detail": f"User requested to {wish} marketing messages",
        "category": "marketing_messages",
        "value": wish,
        "timestamp": stamp,
    }
    contacts = [{"profile": {"name": "Amina"}, **who}]
    return event(phone_number_id, "user_preferences", contacts=contacts, user_preferences=[told])
