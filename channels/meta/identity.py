"""Who somebody is on WhatsApp: a phone number's digits, a business-scoped user id (BSUID), or both.

Since 2026 a person with a username may write without showing a number. A BSUID belongs to one person at one business
and changes with their phone (developers.facebook.com/documentation/business-messaging/whatsapp/
business-scoped-user-ids).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_DIGITS = re.compile(r"[0-9]{5,20}", re.ASCII)
_BSUID = re.compile(r"[A-Z]{2}(?:\.ENT)?\.[A-Za-z0-9]{1,128}", re.ASCII)


@dataclass(frozen=True)
class Identity:
    """Somebody who wrote: the id they are kept under, their other one, and the name they show."""

    sender: str
    aliases: tuple[str, ...] = ()
    profile_name: str | None = None


def is_number(address: str) -> bool:
    """Whether an address is a phone number: digits with country code, no "+"."""
    return _DIGITS.fullmatch(address) is not None


def is_bsuid(address: str) -> bool:
    """Whether an address is a business-scoped user id, such as MA.13491208655302741918."""
    return _BSUID.fullmatch(address) is not None


def identity_of(message: Mapping[str, Any], contacts: Sequence[Mapping[str, Any]]) -> Identity | None:
    """Who wrote a message, None where it cannot be told.

    `contacts` are those that came with it, maybe of several people: two ids are one person's only where Meta itself
    puts them side by side.
    """
    number = number_in(message, "from")
    bsuid = bsuid_in(message, "from_user_id") or bsuid_in(message, "from")
    contact = _contact_of(number, bsuid, contacts)
    if contact is not None:
        number = number or number_in(contact, "wa_id")
        bsuid = bsuid or bsuid_in(contact, "user_id")
    sender = number or bsuid
    if sender is None:
        return None
    aliases = (bsuid,) if number and bsuid else ()
    return Identity(sender, aliases, _name(contact))


def number_in(values: Mapping[str, Any], key: str) -> str | None:
    """The phone number under a key, if one is there."""
    found = _text(values.get(key)).removeprefix("+")
    return found if is_number(found) else None


def bsuid_in(values: Mapping[str, Any], key: str) -> str | None:
    """The business-scoped user id under a key, if one is there."""
    found = _text(values.get(key))
    return found if is_bsuid(found) else None


def _text(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**20:
        return str(value)
    return value if isinstance(value, str) else ""


def _contact_of(
    number: str | None, bsuid: str | None, contacts: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    for contact in contacts:
        if number is not None and number_in(contact, "wa_id") == number:
            return contact
        if bsuid is not None and bsuid_in(contact, "user_id") == bsuid:
            return contact
    # A message that names nobody is of whoever came with it, if that was one alone.
    return contacts[0] if number is None and bsuid is None and len(contacts) == 1 else None


def _name(contact: Mapping[str, Any] | None) -> str | None:
    profile = None if contact is None else contact.get("profile")
    name = profile.get("name") if isinstance(profile, Mapping) else None
    return name if isinstance(name, str) and name else None
