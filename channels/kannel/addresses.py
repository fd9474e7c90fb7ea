"""Who writes, in one form: E.164 with "+" for a telephone, digits for a short code, else as it came."""

import re
import unicodedata

import phonenumbers

_LONGEST_SHORT_CODE = 6
_LONGEST_ADDRESS = 32
_ANSWERABLE = re.compile(r"\+?[0-9]{3,15}")


def address_of(written: str, country: str = "MA") -> str:
    """The address of a sender. Gateways leave out the "+", write 00, or the number as it is dialled at home."""
    plain = re.sub(r"[\s().\-]", "", unicodedata.normalize("NFKC", written))
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in plain)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    number = digits.removeprefix("+")
    if not number.isdigit() or len(number) > _LONGEST_ADDRESS:
        return written.strip()[
            :_LONGEST_ADDRESS
        ]  # a name, such as networks put over what they send themselves
    if digits.startswith("+"):
        return _e164(digits, None) or digits
    if len(number) <= _LONGEST_SHORT_CODE:
        return number
    return _e164(number, country) or _e164(f"+{number}", None) or number


def can_be_answered(address: str) -> bool:
    """Whether an SMS can be sent there: a name takes none."""
    return _ANSWERABLE.fullmatch(address) is not None


def _e164(number: str, country: str | None) -> str | None:
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
