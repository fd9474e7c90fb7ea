"""`takwin advisers`: adding, listing, disabling, a new password; what it prints opens the console."""

import re

import pytest
from typer.testing import CliRunner

from takwin.cli.advisers import advisers
from tests.console.conftest import PASSWORD, Console


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("TAKWIN_DATABASE_URL", database_url)
    monkeypatch.setenv("TAKWIN_TRACKER_URL", database_url)
    monkeypatch.setenv("TAKWIN_SECRET", "a secret that only tests know and nobody else")
    return CliRunner()


def test_an_adviser_added_here_signs_in_there(console: Console, run: CliRunner) -> None:
    added = run.invoke(
        advisers, ["add", "nadia", "--name", "Nadia", "--role", "administrator", "--city", "fes"]
    )
    assert added.exit_code == 0, added.output
    told = re.search(r"one-time password (\S+)", added.output)
    assert told is not None
    browser = console.browser()
    assert browser.sign_in("nadia", told[1]).status_code == 303
    browser.post("/console/account/password", old=told[1], new=PASSWORD, again=PASSWORD)
    assert browser.get("/console/advisers").status_code == 200
    assert "nadia" in run.invoke(advisers, ["list"]).output

    assert run.invoke(advisers, ["add", "NADIA"]).exit_code == 1
    assert run.invoke(advisers, ["add", "x", "--role", "king"]).exit_code == 1
    assert run.invoke(advisers, ["add", "x", "--city", "atlantis"]).exit_code == 1
    assert run.invoke(advisers, ["disable", "nadia"]).exit_code == 1, "the last administrator"
    assert run.invoke(advisers, ["disable", "nobody"]).exit_code == 1

    again = run.invoke(advisers, ["reset-password", "nadia"])
    renewed = re.search(r"one-time password (\S+)", again.output)
    assert renewed is not None
    assert browser.get("/console/inbox").status_code == 303
    assert browser.sign_in("nadia", renewed[1]).status_code == 303
    assert browser.get("/console/inbox").headers["location"] == "/console/account"
