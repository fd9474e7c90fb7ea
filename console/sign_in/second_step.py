"""The second step of a sign-in: codes of an authenticator (RFC 6238), or recovery codes, each good once."""

import secrets
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from store.advisers import sign_ins
from store.tables import Adviser

ISSUER = "Takwin"
_STEP = 30
_RECOVERY_CODES = 8
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """The `otpauth:` address that authenticators read."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step a code is of, the one before and after counted in; None for no code of this secret."""
    digits = "".join(str(int(character)) for character in code if character.isdecimal())
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // _STEP
    for step in (present, present - 1, present + 1):
        if secrets.compare_digest(totp.at(step * _STEP), digits):
            return step
    return None


def is_code(session: Session, adviser: Adviser, code: str, now: datetime) -> bool:
    """Whether the code does the second step of this adviser; it does so once."""
    secret = sign_ins.totp_secret(session, adviser)
    if secret is None:
        return False
    step = matching_step(secret, code, now)
    if step is not None:
        return sign_ins.use_step(session, adviser.id, step)
    return sign_ins.use_recovery_code(session, adviser.id, code.strip().lower())


def recovery_codes() -> list[str]:
    """Codes for the day the authenticator is lost: 49 bits each."""
    made = ("".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(_RECOVERY_CODES))
    return [f"{code[:5]}-{code[5:]}" for code in made]
