"""Whether a request comes from Twilio: its signature over our public URL and the form's fields.

The URL is the configured one with the query as it came: behind a proxy the scheme, host and port that a request shows
are not those that Twilio signed, and a request can show any. Blank fields are part of what is signed.
"""

from collections.abc import Sequence

from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

__all__ = ["SIGNATURE_HEADER", "SIGNATURE_SETTINGS_HEADER", "Signature"]


class Signature:
    """Checks signatures made with any of the secrets: the auth token, and a shared key where one is in use."""

    def __init__(self, *secrets: str) -> None:
        self._validators = [RequestValidator(secret) for secret in secrets if secret]

    def holds(self, url: str, fields: Sequence[tuple[str, str]], signature: str, settings: str = "") -> bool:
        """Whether the signature is Twilio's, by the algorithm that the settings header names (SHA-1 without it)."""
        algorithm = get_signature_algorithm(settings).upper()
        if not signature or algorithm not in (HMAC_SHA1, HMAC_SHA256):
            return False
        form = ImmutableMultiDict(list(fields))
        try:
            return any(each.validate(url, form, signature, algorithm) for each in self._validators)
        except ValueError:  # a query that makes no URL, or cannot be encoded
            return False
