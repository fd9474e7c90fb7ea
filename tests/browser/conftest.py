"""A page of the running product in a real browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser import chromium
from tests.product import ROOT

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SHOTS = ROOT / "docs" / "screenshots"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        if chromium.required():
            pytest.fail("no browser: run `python -m tests.browser.chromium`, or set TAKWIN_CHROMIUM")
        pytest.skip("no browser here: set TAKWIN_CHROMIUM, or install Debian's chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(path), args=list(QUIET))
        yield opened
        opened.close()


def leave(context: BrowserContext) -> None:
    """Closes a context. Its pages are left first: Chromium 156 may wait for ever for one that is on its way to another
    page, as after a form was sent.
    """
    for page in context.pages:
        for _ in range(3):
            try:
                page.goto("about:blank")
            except Error:  # the page on its way came in between
                continue
            break
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 860}, locale="fr-MA")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    leave(context)
    assert not errors, f"the page complained: {errors}"


@pytest.fixture
def keep_shot(tmp_path: Path) -> Callable[[Page, str], None]:
    """Takes a screenshot; TAKWIN_SCREENSHOTS=1 keeps it under docs/screenshots/."""
    folder = SHOTS if os.environ.get("TAKWIN_SCREENSHOTS") == "1" else tmp_path

    def keep(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(folder / f"{name}.png"))

    return keep
