"""Finds or fetches the browser of the tests: `python -m tests.browser.chromium` before the tests.

In this order: TAKWIN_CHROMIUM, a Chromium or Chrome on PATH, Debian's package (as root), the binary that npm's
`@sparticuz/chromium` carries. Without any, the tests that need it are skipped and say so; with
TAKWIN_REQUIRE_BROWSER=1 they fail instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from takwin.settings import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_FOLDER = ROOT / "var" / "npm-chromium"
NPM_PACKAGE = "@sparticuz/chromium@131"
DEBIAN = ("chromium", "fonts-noto-core", "fonts-noto-color-emoji")
_WHERE = "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(p => console.log(p))"


def find() -> Path | None:
    """The browser that is there, None where there is none."""
    named = os.environ.get("TAKWIN_CHROMIUM")
    if named:
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return _from_npm(fetch=False)


def fetch() -> Path | None:
    """The browser, fetched where it can be."""
    return find() or _from_debian() or _from_npm(fetch=True)


def required() -> bool:
    return os.environ.get("TAKWIN_REQUIRE_BROWSER") == "1"


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *DEBIAN]):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return None
    return find()


def _from_npm(*, fetch: bool) -> Path | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    if fetch:
        command = [npm, "install", "--silent", "--prefix", str(NPM_FOLDER), NPM_PACKAGE]
        if subprocess.run(command, check=False).returncode != 0:
            return None
    if not (NPM_FOLDER / "node_modules").is_dir():
        return None
    asked = subprocess.run([node, "-e", _WHERE], cwd=NPM_FOLDER, capture_output=True, text=True, check=False)
    path = Path(asked.stdout.strip())
    return path if asked.returncode == 0 and path.is_file() else None


if __name__ == "__main__":
    browser = fetch()
    if browser is None:
        print(
            "no browser can be had here: the browser tests will be skipped (set TAKWIN_CHROMIUM to run them)"
        )
        sys.exit(1 if required() else 0)
    print(f"browser tests use {browser}")
