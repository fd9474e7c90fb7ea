"""The token that every form carries: only a page we made for this browser has it.

It is masked anew for each page, so that a compressed page tells nothing of it by its length.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

FIELD = "csrf"
HEADER = "x-csrf-token"
_SIZE = 20


def token_for(secret: str, cookie: str) -> str:
    """A token for the browser that has this cookie."""
    mask = secrets.token_bytes(_SIZE)
    return urlsafe_b64encode(mask + _xor(mask, _bound(secret, cookie))).decode()


def is_token_for(secret: str, cookie: str, token: str) -> bool:
    """Whether the token was made for the browser that has this cookie."""
    try:
        given = urlsafe_b64decode(token.encode("ascii", "replace"))
    except (Error, ValueError):
        return False
    if not cookie or len(given) != 2 * _SIZE:
        return False
    return hmac.compare_digest(_xor(given[:_SIZE], given[_SIZE:]), _bound(secret, cookie))


def _bound(secret: str, cookie: str) -> bytes:
    return hmac.new(secret.encode(), b"takwin/console/csrf\0" + cookie.encode(), hashlib.sha256).digest()[
        :_SIZE
    ]


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(first, second, strict=True))
