"""Addresses at rest: encrypted to be read back, and digested to be found again."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import cast

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

SESSION_KEY = "takwin_cipher"


class CipherError(Exception):
    """What was stored cannot be read with this secret, or no secret was given."""


class Cipher:
    """Encrypts and digests with two keys drawn from one secret, so that neither tells anything of the other."""

    def __init__(self, secret: str) -> None:
        """`secret` is TAKWIN_SECRET: any text of 16 characters or more. Raises ValueError for a shorter one."""
        if len(secret) < 16:
            raise ValueError("the secret needs at least 16 characters")
        self._fernet = Fernet(urlsafe_b64encode(_derive(secret, b"takwin/store/encryption")))
        self._digest_key = _derive(secret, b"takwin/store/digest")

    def encrypt(self, text: str) -> str:
        """The text as a token that only this secret opens; different at every call."""
        return self._fernet.encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii")

    def decrypt(self, token: str) -> str:
        """The text of a token. Raises CipherError where the secret is not the one it was made with."""
        try:
            return self._fernet.decrypt(token.encode("ascii")).decode("utf-8", "surrogatepass")
        except InvalidToken as error:
            raise CipherError("stored with another secret: was TAKWIN_SECRET changed?") from error

    def digest(self, kind: str, text: str) -> str:
        """64 hexadecimal digits, the same at every call: how an address is looked up without being readable."""
        message = kind.encode() + b"\0" + text.encode("utf-8", "surrogatepass")
        return hmac.new(self._digest_key, message, hashlib.sha256).hexdigest()


def cipher_of(session: Session) -> Cipher:
    """The cipher given to the `Database` that opened this session. Raises CipherError where none was."""
    cipher = session.info.get(SESSION_KEY)
    if cipher is None:
        raise CipherError("this database was opened without a cipher: addresses cannot be read or written")
    return cast("Cipher", cipher)


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode("utf-8"))
