"""Meta's signature: HMAC-SHA256 of the raw body under the app's secret, in hexadecimal.

Meta signs the bytes it sends: a body that was read and written again no longer has them.
"""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"
_PREFIX = "sha256="


def sign(secret: str, body: bytes) -> str:
    """The header's value for a body."""
    return _PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, header: str | None) -> bool:
    """Whether Meta, or whoever has the secret, sent these bytes. Without a secret nobody did."""
    if not secret or header is None:
        return False
    return same(header, sign(secret, body))


def same(given: str, expected: str) -> bool:
    """Whether two texts are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8", "replace"))
