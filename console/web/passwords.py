"""Passwords of advisers: argon2id, and what a new one must be."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from console.web.services import PasswordCost

SHORTEST = 10
LONGEST = 200
#: Letters and digits that are not taken for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str, cost: PasswordCost) -> str:
    """The password as it is kept."""
    return _hasher(cost).hash(password)


def is_password(kept: str | None, password: str, cost: PasswordCost) -> bool:
    """Whether it is the password kept. Takes as long where there is none, so that nobody learns who has one."""
    if len(password) > LONGEST:
        return False
    hasher = _hasher(cost)
    try:
        return hasher.verify(kept or _nobodys(cost), password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def needs_new_hash(kept: str, cost: PasswordCost) -> bool:
    """Whether a password was kept at another cost than is paid now."""
    return _hasher(cost).check_needs_rehash(kept)


def problem_with(password: str, login: str) -> str | None:
    """Why a password cannot be taken (a key of words); None where it can."""
    if len(password) < SHORTEST:
        return "password-too-short"
    if len(password) > LONGEST:
        return "password-too-long"
    lowered = password.casefold()
    if login in lowered or len(set(lowered)) < 5:
        return "password-too-simple"
    return None


def one_time_password() -> str:
    """A password to be told once and changed at the first sign-in: 77 bits."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


@lru_cache(maxsize=4)
def _hasher(cost: PasswordCost) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.threads)


@lru_cache(maxsize=4)
def _nobodys(cost: PasswordCost) -> str:
    return hash_password(secrets.token_urlsafe(), cost)
