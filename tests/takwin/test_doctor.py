"""`takwin doctor` names what is missing, and the mend."""

import socket
from pathlib import Path

from takwin.doctor import examine
from takwin.engine_process import free_port
from takwin.settings import Settings


def findings(tmp_path: Path, **values: object) -> dict[str, str]:
    """What is missing, with its mend."""
    chosen = Settings(_env_file=None, var=tmp_path, **{"port": free_port(), **values})  # type: ignore[arg-type,call-arg]
    return {f.what: f.mend for f in examine(chosen) if not f.ok}


def test_a_port_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        missing = findings(tmp_path, port=port)
    assert missing[f"port {port} is taken by another program"] == "stop it, or set PORT to another"


def test_half_set_credentials_are_told(tmp_path: Path) -> None:
    missing = findings(tmp_path, telegram_bot_token="x")
    assert "TAKWIN_TELEGRAM_SECRET_TOKEN" in missing["Telegram: half set"]


def test_a_weak_secret_is_told(tmp_path: Path) -> None:
    assert "at least 32" in findings(tmp_path, secret="weak")["TAKWIN_SECRET"]


def test_a_database_out_of_reach_is_told(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    missing = findings(tmp_path, database_url=url)
    assert "cannot be reached" in missing["database of TAKWIN_DATABASE_URL"]
    assert "nobody" not in str(missing)


def test_a_database_not_migrated_is_told(tmp_path: Path, database_url: str) -> None:
    assert not [what for what in findings(tmp_path, database_url=database_url) if what.startswith("database")]


def test_real_channels_need_a_public_address(tmp_path: Path) -> None:
    missing = findings(tmp_path, telegram_bot_token="x", telegram_secret_token="y")
    assert "TAKWIN_PUBLIC_URL" in missing
