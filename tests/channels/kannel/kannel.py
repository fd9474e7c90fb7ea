"""The real Kannel for tests: bearerbox, smsbox and fakesmsc on loopback, with the configuration of the runbook."""

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

CONFIGURATION = Path(__file__).resolve().parents[3] / "docs" / "runbook" / "kannel.conf"
TOKEN, PASSWORD = "change-me-token", "change-me-password"
_PATH = "/usr/sbin:/usr/lib/kannel/test:/usr/local/sbin:/usr/local/bin"
_GOT = re.compile(r"Got message \d+: <(\S+) (\S+) (.*)>$")
PROGRAMS = ("bearerbox", "smsbox", "fakesmsc")


def program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=_PATH)


@dataclass(frozen=True)
class Part:
    """One SMS as the network got it."""

    to: str
    text: str


class Phone:
    """What fakesmsc printed: everything that people got."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def parts(self) -> list[Part]:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [_part(match) for line in lines if (match := _GOT.search(line))]

    def wait(self, count: int, seconds: float = 20) -> list[Part]:
        """The parts, once there are so many."""
        _until(lambda: len(self.parts()) >= count, seconds, f"{count} SMS at the network")
        return self.parts()


class Kannel:
    """A running gateway. `configuration` is a file that says where everything is."""

    def __init__(self, folder: Path, app_port: int, *, recodes: bool) -> None:
        self.folder = folder
        self.admin, self.boxes, self.network, self.sendsms = free_ports(4)
        self.configuration = folder / "kannel.conf"
        self.configuration.write_text(self._configured(app_port, recodes), encoding="utf-8")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.sendsms}/cgi-bin/sendsms"

    def _configured(self, app_port: int, recodes: bool) -> str:
        text = CONFIGURATION.read_text(encoding="utf-8")
        changes = {
            "admin-port = 13000": f"admin-port = {self.admin}",
            "smsbox-port = 13001": f"smsbox-port = {self.boxes}",
            "bearerbox-port = 13001": f"bearerbox-port = {self.boxes}",
            "\nport = 13010": f"\nport = {self.network}",
            "sendsms-port = 13013": f"sendsms-port = {self.sendsms}",
            "127.0.0.1:8000": f"127.0.0.1:{app_port}",
            "http-queue-delay = 10": f"http-queue-delay = 1\nmo-recode = {str(recodes).lower()}",
        }
        for before, after in changes.items():
            assert text.count(before) == 1, f"{CONFIGURATION.name} has not one {before.strip()!r}"
            text = text.replace(before, after)
        return text

    @contextmanager
    def running(self) -> Iterator["Kannel"]:
        with ExitStack() as stack:
            for box, port in (("bearerbox", self.boxes), ("smsbox", self.sendsms)):
                stack.enter_context(self._process(box, [box, "-v", "2", str(self.configuration)]))
                _until(lambda port=port: _listens(port), 20, box)  # type: ignore[misc]
            _until(lambda: "smsbox:(none)" in self.status(), 20, "smsbox at bearerbox")
            yield self

    @contextmanager
    def people(self, *messages: str, interval: float = 0.3) -> Iterator[Phone]:
        """People with phones: each of "sender receiver kind text" is sent once; what they get is kept."""
        log = self.folder / f"fakesmsc-{time.monotonic_ns()}.out"
        with ExitStack() as stack:
            for number, message in enumerate(messages or ("0600000000 3434 text nobody",)):
                options = ["-H", "127.0.0.1", "-r", str(self.network), "-i", str(interval)]
                count = "1" if messages else "0"
                own = log if number == 0 else log.with_suffix(f".{number}")
                command = ["fakesmsc", "-v", "0", *options, "-m", count, message]
                stack.enter_context(self._process(own.name, command, own))
            yield Phone(log)

    def status(self) -> str:
        url = f"http://127.0.0.1:{self.admin}/status.txt?password=change-me-admin"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(url, timeout=5) as answer:
                return str(answer.read().decode("utf-8", "replace"))
        except OSError:
            return ""

    @contextmanager
    def _process(self, name: str, command: Sequence[str], log: Path | None = None) -> Iterator[None]:
        found = program(command[0])
        assert found is not None
        with (log or self.folder / f"{name}.out").open("wb") as out:
            process = subprocess.Popen([found, *command[1:]], stdout=out, stderr=out, cwd=self.folder)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _part(match: re.Match[str]) -> Part:
    rest = match.group(3)
    joined = rest.startswith("udh ")
    if joined:
        rest = rest.split(" ", 2)[2]
    kind, _, text = rest.partition(" ")
    raw = text.encode() if kind == "text" else unquote_to_bytes(text.replace("+", " "))
    # It calls every part of a joined message "data", whatever the letters are in.
    two_bytes = kind == "ucs-2" or (joined and b"\x06" in raw)
    return Part(match.group(2), raw.decode("utf-16-be" if two_bytes else "utf-8", "replace"))


def _listens(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def _until(true: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.05)
