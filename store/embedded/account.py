"""The account the embedded server runs under: PostgreSQL refuses root, which containers run as."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

_NAME = "pgserver"


class RunArguments(TypedDict, total=False):
    """What `subprocess.run` takes to run a program as another user."""

    user: int
    group: int
    extra_groups: list[int]


class AccountError(Exception):
    """There is no account the server could run under."""


@dataclass(frozen=True)
class Account:
    """A user and group on this machine; `switch` where it is not the one we run as."""

    uid: int
    gid: int
    switch: bool

    def arguments(self) -> RunArguments:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own(self, path: Path) -> None:
        """Gives the path to this account."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def private_folder(self, folder: Path) -> None:
        """Creates a folder only this account may enter. Raises AccountError where somebody else has made it first."""
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), self.uid):
            raise AccountError(f"{folder} belongs to somebody else: remove it")
        folder.chmod(0o700)
        self.own(folder)


def account_for(data: Path) -> Account:
    """Who runs the server of these data: we ourselves, or as root whoever owns them, or an account made for it.

    Raises AccountError where root has nobody else to run it as.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid, switch=True)
    try:
        entry = pwd.getpwnam(_NAME)
    except KeyError:
        entry = _create()
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def let_pass(account: Account, path: Path) -> None:
    """Lets the account reach this folder from the root of the file system: to pass through, not to list."""
    if not account.switch:
        return
    for folder in (path, *path.parents):
        _allow(folder, stat.S_IXOTH)


def let_read(account: Account, binaries: Path) -> None:
    """Lets the account run the programs in this folder, with the libraries and files beside it.

    They may be links into a cache, and whoever installed them may have kept them to themselves.
    """
    if not account.switch:
        return
    for folder in {binaries, (binaries / "postgres").resolve().parent}:
        let_pass(account, folder)
        if (
            not (folder / "postgres").stat().st_mode & stat.S_IXOTH
            or not folder.stat().st_mode & stat.S_IROTH
        ):
            for path in folder.parent.rglob("*"):
                executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
                _allow(path, stat.S_IROTH | stat.S_IXOTH if executable else stat.S_IROTH)


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)


def _create() -> pwd.struct_passwd:
    useradd = shutil.which("useradd")
    if useradd is None:
        raise AccountError(
            f"PostgreSQL does not run as root: create a user {_NAME}, or run as another user than root"
        )
    made = subprocess.run(
        [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _NAME],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        return pwd.getpwnam(_NAME)
    except KeyError:
        raise AccountError(f"could not create the user {_NAME}: {made.stderr.strip()}") from None
