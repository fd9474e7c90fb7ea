"""`takwin doctor` names what is missing, and the mend."""

import socket
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from store.catalogue.helplines import COLUMNS
from takwin.cli.doctor import Finding, examine, helplines_checked
from takwin.cli.main import app
from takwin.compose.engine_process import free_port
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


TODAY = date(2026, 11, 24)


def numbers(tmp_path: Path, *checked: str) -> Path:
    path = tmp_path / "helplines.csv"
    rows = [f"{number},police,,,https://a.ma,{day}," for number, day in enumerate(checked, start=10)]
    path.write_text("\n".join((",".join(COLUMNS), *rows)), encoding="utf-8")
    return path


def test_help_numbers_that_were_checked_are_one_good_finding(tmp_path: Path) -> None:
    path = numbers(tmp_path, "2026-11-24", "2026-05-25")
    assert helplines_checked(path, TODAY) == [Finding(True, "2 help numbers, each checked within six months")]


@pytest.mark.parametrize("day", ["2026-05-24", "2020-04-01", "2026-11-25"])
def test_a_help_number_that_nobody_checked_is_warned_of(tmp_path: Path, day: str) -> None:
    [finding] = helplines_checked(numbers(tmp_path, "2026-11-24", day), TODAY)
    assert (finding.ok, finding.warns, finding.fails) == (False, True, False)
    assert finding.what == f"help number 11 (police) was last checked on {day}"
    assert finding.mend == "verify it (https://a.ma), then change its date in helplines.csv"


def test_help_numbers_that_cannot_be_read_fail(tmp_path: Path) -> None:
    [finding] = helplines_checked(numbers(tmp_path, "soon"), TODAY)
    assert finding.fails
    assert "row 2" in finding.mend


def test_help_numbers_are_among_what_is_looked_at(tmp_path: Path) -> None:
    chosen = Settings(_env_file=None, var=tmp_path, port=free_port())  # type: ignore[call-arg]
    assert [f for f in examine(chosen) if "help number" in f.what]


@pytest.mark.parametrize(
    ("found", "status", "mark"),
    [
        (Finding(True, "a thing"), 0, "ok"),
        (Finding(False, "a thing", "look", warns=True), 0, "check"),
        (Finding(False, "a thing", "mend"), 1, "missing"),
    ],
)
def test_only_what_is_missing_fails(
    monkeypatch: pytest.MonkeyPatch, found: Finding, status: int, mark: str
) -> None:
    monkeypatch.setattr("takwin.cli.doctor.examine", lambda _: [Finding(True, "another"), found])
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == status
    assert f"{mark}  a thing" in done.output
    assert found.mend in done.output
