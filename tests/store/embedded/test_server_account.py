"""The server's account: reaches what it needs, and no more is opened for it."""

import os
import stat
from pathlib import Path

import pytest

from store.embedded import account as server_account
from store.embedded.account import Account, AccountError, account_for, let_pass, let_read

NOBODY = Account(65534, 65534, switch=True)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Programs that whoever installed them kept to themselves."""
    tree = tmp_path / "wheel" / "pginstall18"
    for folder in ("bin", "lib", "share"):
        (tree / folder).mkdir(parents=True)
    for name, mode in (("bin/postgres", 0o700), ("lib/libpq.so", 0o600), ("share/postgres.bki", 0o600)):
        (tree / name).touch()
        (tree / name).chmod(mode)
    for path in (tree, *tree.iterdir()):
        path.chmod(0o700)
    return tree


def test_we_ourselves_need_nothing(installed: Path) -> None:
    let_read(Account(os.geteuid(), os.getegid(), switch=False), installed / "bin")
    assert _mode(installed / "bin" / "postgres") == 0o700
    assert Account(1, 1, switch=False).arguments() == {}


def test_another_account_may_run_what_is_installed(installed: Path) -> None:
    let_read(NOBODY, installed / "bin")
    assert _mode(installed) == 0o701
    assert _mode(installed / "share") == 0o705
    assert _mode(installed / "bin" / "postgres") == 0o705
    assert _mode(installed / "lib" / "libpq.so") == 0o604


def test_programs_that_are_links_into_a_cache(installed: Path, tmp_path: Path) -> None:
    linked = tmp_path / "venv" / "bin"
    linked.mkdir(parents=True)
    (linked / "postgres").symlink_to(installed / "bin" / "postgres")
    let_read(NOBODY, linked)
    assert _mode(installed / "bin" / "postgres") == 0o705


def test_a_folder_is_passed_through_and_not_listed(tmp_path: Path) -> None:
    inner = tmp_path / "private" / "inner"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent):
        folder.chmod(0o700)
    let_pass(NOBODY, inner)
    assert (_mode(inner), _mode(inner.parent)) == (0o701, 0o701)


def test_root_runs_the_server_as_whoever_owns_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not account_for(tmp_path).switch
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(server_account, "_NAME", "root")
    assert account_for(tmp_path / "absent") == Account(0, 0, switch=True)


def test_root_with_nobody_to_run_it_as(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(server_account, "_NAME", "no-such-user-here")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(AccountError, match="create a user no-such-user-here"):
        account_for(tmp_path / "absent")
    monkeypatch.setattr("shutil.which", lambda _: "/bin/false")
    with pytest.raises(AccountError, match="could not create"):
        account_for(tmp_path / "absent")
