"""A phone number as an adviser types it, and as the channels know it."""

import phonenumbers

#: Where the address is a number: with a plus by SMS and by one provider of WhatsApp, without it by the other.
_CHANNELS = ("sms", "whatsapp")


def addresses_of(typed: str) -> list[tuple[str, str]]:
    """The addresses (channel, provider's id) that a number may be; none for what is no whole number."""
    try:
        parsed = phonenumbers.parse(typed, "MA")
    except phonenumbers.NumberParseException:
        return []
    if not phonenumbers.is_possible_number(parsed):
        return []
    whole = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return [(channel, form) for channel in _CHANNELS for form in (whole, whole.lstrip("+"))]
