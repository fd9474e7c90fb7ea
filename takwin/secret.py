"""The installation's secret: the operator's, or one made at the first start and kept under var/."""

from __future__ import annotations

import secrets
from pathlib import Path

from takwin.settings import Settings

MIN_LENGTH = 32


class WeakSecret(ValueError):
    """TAKWIN_SECRET is too short to sign and encrypt with."""


def installation_secret(settings: Settings) -> str:
    """The secret in force.

    Raises:
        WeakSecret: TAKWIN_SECRET has fewer than 32 characters.
    """
    if settings.secret:
        if len(settings.secret) < MIN_LENGTH:
            raise WeakSecret(
                f"TAKWIN_SECRET: {len(settings.secret)} characters, at least {MIN_LENGTH} are needed "
                "(try: python3 -c 'import secrets; print(secrets.token_urlsafe(48))')"
            )
        return settings.secret
    return _kept(settings.var / "secret")


def _kept(path: Path) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(48) + "\n")
    return path.read_text().strip()
