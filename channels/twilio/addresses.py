"""Addresses as Twilio writes them (`whatsapp:+212...`, `+212...`, `7726`) and as we keep them."""

import re

import phonenumbers

WHATSAPP, SMS = "whatsapp", "sms"
REGION = "MA"

_PREFIX = "whatsapp:"
_ADDRESS = re.compile(r"[^\x00-\x20\x7f]{1,128}")
_CHANNEL_PREFIX = re.compile(r"[a-z]{2,20}:")


def channel_of(address: str) -> str | None:
    """The channel of one of Twilio's addresses; None for those we do not serve (Messenger, RCS)."""
    if address.startswith(_PREFIX):
        return WHATSAPP
    return None if _CHANNEL_PREFIX.match(address) else SMS


def whatsapp_id(address: str, wa_id: str = "") -> str | None:
    """A WhatsApp user's id: digits with country code, or `ID.4566...` of one without a number; None for none."""
    bare = address.removeprefix(_PREFIX).strip()
    digits = bare.removeprefix("+")
    if digits.isascii() and digits.isdigit():
        return digits
    if wa_id.isascii() and wa_id.isdigit():
        return wa_id
    return _kept(bare)


def sms_id(address: str) -> str | None:
    """A number as E.164, read as Moroccan where it has no country code; short codes and names stay as they are."""
    written = address.strip()
    if re.search(r"[^\W\d_]", written):
        return _kept(written)
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        return _kept(written)
    whole = phonenumbers.is_possible_number if written.startswith("+") else phonenumbers.is_valid_number
    if not whole(number):
        return _kept(written)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def person_id(address: str, wa_id: str = "") -> str | None:
    """The person's id on the channel of this address; None where there is none."""
    return whatsapp_id(address, wa_id) if channel_of(address) == WHATSAPP else sms_id(address)


def twilio_address(channel: str, person: str) -> str:
    """A person's or a sender's id as Twilio wants it on this channel."""
    if channel != WHATSAPP or person.startswith(_PREFIX):
        return person
    return f"{_PREFIX}+{person}" if person.isdigit() else f"{_PREFIX}{person}"


def _kept(address: str) -> str | None:
    return address if _ADDRESS.fullmatch(address) else None
