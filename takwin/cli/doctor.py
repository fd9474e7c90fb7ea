"""`takwin doctor`: what an installation needs, what of it is missing, and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
from sqlalchemy.exc import SQLAlchemyError

from store.catalogue.helplines import HelplinesError, read_helplines
from store.core.clock import moroccan_day, utc_now
from store.core.database import current_revision, head_revision
from takwin.compose.serve import port_taken
from takwin.credentials import channel_credentials, variable
from takwin.model.model import ENGINE_PYTHON, current_model
from takwin.secret import WeakSecret, installation_secret
from takwin.settings import ROOT, Settings

HELPLINES = ROOT / "data" / "places" / "helplines.csv"
#: A help number may change hands or close in a time as long as this.
CHECKED_WITHIN = timedelta(days=183)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is there, and what to do if not. `warns`: Takwin serves all the same."""

    ok: bool
    what: str
    mend: str = ""
    warns: bool = False

    @property
    def fails(self) -> bool:
        """Whether something is missing that an installation needs."""
        return not self.ok and not self.warns


def examine(settings: Settings) -> list[Finding]:
    """Every finding, the good ones too."""
    return [
        _engine_environment(),
        _model(),
        _secret(settings),
        _database(settings),
        _port(settings),
        *_channels(settings),
        *_public_url(settings),
        *helplines_checked(HELPLINES, moroccan_day(utc_now())),
    ]


def _engine_environment() -> Finding:
    return Finding(ENGINE_PYTHON.exists(), "engine environment bot/.venv", "run `make install`")


def _model() -> Finding:
    return Finding(current_model() is not None, "a model trained on the present data", "run `make train`")


def _secret(settings: Settings) -> Finding:
    try:
        installation_secret(settings)
    except WeakSecret as error:
        return Finding(False, "TAKWIN_SECRET", str(error))
    return Finding(True, "a secret of this installation")


def _database(settings: Settings) -> Finding:
    if not settings.database_url:
        return Finding(True, f"embedded database under {settings.var / 'postgres'} (migrated at each start)")
    try:
        at, head = current_revision(settings.database_url), head_revision()
    except (SQLAlchemyError, ValueError) as error:
        return Finding(
            False, "database of TAKWIN_DATABASE_URL", f"it cannot be reached: {type(error).__name__}"
        )
    return Finding(
        at == head,
        f"database at migration {at or 'none'} of {head}",
        "start `takwin serve` once: it migrates",
    )


def _port(settings: Settings) -> Finding:
    what = f"port {settings.port}"
    if not port_taken(settings.host, settings.port):
        return Finding(True, f"{what} is free")
    if _ours(settings):
        return Finding(True, f"{what}: Takwin is serving on it")
    return Finding(False, f"{what} is taken by another program", "stop it, or set PORT to another")


def _ours(settings: Settings) -> bool:
    try:
        answer = httpx.get(f"{settings.address}/health/live", timeout=2.0, trust_env=False)
        return bool(answer.json() == {"live": True})
    except (httpx.HTTPError, ValueError):
        return False


def _channels(settings: Settings) -> list[Finding]:
    findings = []
    for channel in channel_credentials(settings):
        if channel.half_set:
            missing = ", ".join(variable(f) for f in channel.missing)
            findings.append(
                Finding(False, f"{channel.channel}: half set", f"set {missing}, or unset the others")
            )
        else:
            findings.append(
                Finding(True, f"{channel.channel}: {'on' if channel.complete else 'off, nothing set'}")
            )
    return findings


def _public_url(settings: Settings) -> list[Finding]:
    if not any(c.complete for c in channel_credentials(settings)):
        return []
    ok = settings.public_url.startswith("https://")
    return [Finding(ok, "TAKWIN_PUBLIC_URL", "set it to the https:// address that providers call")]


def helplines_checked(path: Path, today: date) -> list[Finding]:
    """A warning for each help number that nobody checked of late; one good finding where there is none."""
    try:
        lines = read_helplines(path)
    except HelplinesError as error:
        return [Finding(False, "help numbers for somebody in danger", str(error))]
    # A day that is yet to come was not checked on either.
    old = [line for line in lines if not today - CHECKED_WITHIN <= line.checked <= today]
    if not old:
        return [Finding(True, f"{len(lines)} help numbers, each checked within six months")]
    return [
        Finding(
            False,
            f"help number {line.number} ({line.service}) was last checked on {line.checked}",
            f"verify it ({line.source}), then change its date in {path.name}",
            warns=True,
        )
        for line in old
    ]
