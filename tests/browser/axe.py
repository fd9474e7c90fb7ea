"""axe-core, which looks at a page as those do who cannot see, point or tell colours apart.

`python -m tests.browser.axe` before the tests fetches it by npm, in the version of package-lock.json beside this file,
into a cache outside the repository. In this order: TAKWIN_AXE (a path of axe.min.js), that cache. Without either the
tests that need it are skipped and say so; with TAKWIN_REQUIRE_BROWSER=1 they fail instead.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser import chromium

_HERE = Path(__file__).resolve().parent
_LOCKED = ("package.json", "package-lock.json")
_SCRIPT = Path("node_modules", "axe-core", "axe.min.js")
_TIMEOUT = 180.0
#: The rules of WCAG 2.0 to 2.2, A and AA, and what axe calls good practice.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_GRAVE = ("serious", "critical")
_RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
    .then(found => found.violations)"""


@dataclass(frozen=True)
class Violation:
    """A rule that a page breaks, and where."""

    rule: str
    impact: str
    where: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {'; '.join(self.where[:4])}"


def find() -> Path | None:
    """The script that is there, None where there is none."""
    named = os.environ.get("TAKWIN_AXE")
    script = Path(named) if named else _folder() / _SCRIPT
    return script if script.is_file() else None


def fetch() -> Path | None:
    """The script, fetched by npm where it can be."""
    npm = shutil.which("npm")
    if find() is None and npm is not None:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        for name in _LOCKED:
            shutil.copy(_HERE / name, folder / name)
        command = [npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=folder, check=False, timeout=_TIMEOUT)
    return find()


def violations(page: Page, script: str) -> list[Violation]:
    """Every rule that the page breaks, whatever its impact. `script`: the text of axe.min.js."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script)
    found: list[dict[str, Any]] = page.evaluate(_RUN, _TAGS)
    return [
        Violation(
            each["id"],
            each["impact"] or "minor",
            tuple(f"{node['target']} {node['html'][:160]}" for node in each["nodes"]),
        )
        for each in found
    ]


def grave(found: list[Violation]) -> list[Violation]:
    """Those that shut somebody out."""
    return [each for each in found if each.impact in _GRAVE]


def _folder() -> Path:
    """One folder for each lock, so that a new version is fetched and an old one is not taken for it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    lock = hashlib.sha256((_HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    return cache / "takwin" / f"axe-{lock}"


if __name__ == "__main__":
    fetched = fetch()
    if fetched is None:
        print("axe-core cannot be had here: its tests will be skipped (set TAKWIN_AXE to run them)")
        sys.exit(1 if chromium.required() else 0)
    print(f"browser tests use {fetched}")
