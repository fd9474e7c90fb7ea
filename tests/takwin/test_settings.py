"""Settings are one frozen object, and what documents them tells the truth."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from channels.worker.worker import Pace
from takwin.credentials import NEEDED, channel_credentials, variable
from takwin.secret import WeakSecret, installation_secret
from takwin.settings import ROOT, Settings


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type,call-arg]


def test_settings_do_not_change_after_they_are_read() -> None:
    with pytest.raises(ValidationError):
        settings().port = 9  # type: ignore[misc]


def test_the_example_names_every_variable() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for field in Settings.model_fields:
        name = "PORT" if field == "port" else variable(field)
        assert re.search(rf"^# {name}=", text, re.MULTILINE), f".env.example lacks {name}"


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_readme_names_only_variables_that_exist() -> None:
    known = {variable(field) for field in Settings.model_fields}
    named = set(re.findall(r"TAKWIN_[A-Z_]+", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named <= known, named - known


@pytest.mark.parametrize(("host", "on"), [("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False)])
def test_the_web_channel_is_on_by_default_only_on_loopback(host: str, on: bool) -> None:
    assert settings(host=host).web_channel_on is on
    assert settings(host=host, web_channel=True).web_channel_on


def test_engines_are_separated_by_commas() -> None:
    assert settings(engine_url="http://a:1/, http://b:2").engine_urls == ("http://a:1", "http://b:2")


@pytest.mark.parametrize(
    ("given", "half", "complete"),
    [
        ({}, set(), set()),
        ({"telegram_bot_token": "x"}, {"Telegram"}, set()),
        ({"telegram_bot_token": "x", "telegram_secret_token": "y"}, set(), {"Telegram"}),
        (
            {"twilio_account_sid": "AC", "twilio_auth_token": "t", "twilio_sms_from": "+1"},
            set(),
            {"Twilio SMS"},
        ),
        ({"twilio_sms_from": "+1"}, {"Twilio SMS"}, set()),
    ],
)
def test_half_set_credentials_are_told(given: dict[str, str], half: set[str], complete: set[str]) -> None:
    found = channel_credentials(settings(**given))
    assert {c.channel for c in found} == set(NEEDED)
    assert {c.channel for c in found if c.half_set} == half
    assert {c.channel for c in found if c.complete} == complete


def test_a_secret_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first = installation_secret(settings(var=tmp_path))
    assert installation_secret(settings(var=tmp_path)) == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeakSecret, match="at least 32"):
        installation_secret(settings(secret="short", var=tmp_path))


def test_the_number_of_jobs_at_once_that_was_measured_is_the_one_that_runs() -> None:
    assert settings().workers == Pace().at_once
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert f"# TAKWIN_WORKERS={Pace().at_once}\n" in example
