"""An adviser at work on the running product, and people who write to it by SMS through a gateway of the tests."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from console.web.words import AllWords, Words
from store.people.lookups import conversation_at
from takwin.compose.console import DATA
from tests.channels.simulators.kannel import KannelSimulator
from tests.product import ROOT, SECRET, Product

TOKEN = "the-token-of-the-gateway"
PASSWORD = "la montagne est haute en hiver"
PATIENCE = 30.0
WORDS = AllWords(DATA, ROOT / "data" / "replies")
_numbers = itertools.count(int(time.time()) % 10_000_000)
#: Counts the presses of a mouse or finger, over all pages of a browser tab.
_COUNT_CLICKS = """document.addEventListener("click", event => {
    if (event.isTrusted && event.detail > 0) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true)"""


@dataclass(frozen=True)
class Service:
    """The product, its gateway, and how takwin's command line reaches its store."""

    product: Product
    gateway: KannelSimulator
    environment: dict[str, str]

    def add_adviser(self, login: str, role: str, language: str) -> str:
        """Makes an adviser as an operator does; the one-time password that is printed."""
        command = [sys.executable, "-m", "takwin.cli.main", "advisers", "add", login, "--role", role]
        said = subprocess.run(
            [*command, "--name", f"Conseillère {login}", "--language", language],
            cwd=ROOT, env={**os.environ, "TAKWIN_SECRET": SECRET, **self.environment},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        found = re.search(r"one-time password (\S+)", said.stdout)
        assert found, said.stdout + said.stderr
        return found[1]


@dataclass
class Texter:
    """Somebody with a phone that does SMS."""

    service: Service
    number: str = field(default_factory=lambda: f"+2126{next(_numbers):08}")

    def write(self, text: str) -> None:
        """Writes, and waits for nothing."""
        assert self.service.gateway.write(self.service.product.url, TOKEN, self.number, text) == 200

    def say(self, text: str) -> str:
        """Writes; what is answered."""
        before = len(self.got())
        self.write(text)
        until(lambda: len(self.got()) > before, "an answer by SMS")
        return self.got()[-1]

    def got(self) -> list[str]:
        """Every text the gateway was given for this phone."""
        return [taken.text for taken in self.service.gateway.sent if taken.to == self.number]

    def gets(self, text: str) -> None:
        """Waits until a text with these words has come."""
        until(lambda: any(text in each for each in self.got()), f"{text!r} by SMS")

    @property
    def path(self) -> str:
        """Where the console has the conversation."""
        with self.service.product.database.session() as session:
            found = conversation_at(session, "sms", self.number)
            assert found is not None
            return f"/console/conversations/{found.id}"


@dataclass
class Desk:
    """One adviser's browser tab."""

    service: Service
    page: Page
    words: Words

    def __call__(self, key: str, **values: str | int) -> str:
        return self.words.say(key, **values)

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.service.product.url}{path}")
        assert answer is not None
        assert answer.status == 200, path

    def press(self, key: str, **values: str | int) -> None:
        self.page.get_by_role("button", name=self(key, **values), exact=True).click()

    def follow(self, key: str) -> None:
        """Goes to a page by the bar above."""
        bar = self.page.get_by_role("navigation", name=self("nav-label"))
        bar.get_by_role("link", name=self(key), exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_be_attached()

    def fold_out(self, key: str) -> None:
        self.page.locator("summary").filter(has_text=self(key)).first.click()

    def row(self, texter: Texter) -> Locator:
        """The line of the inbox that leads to somebody's conversation."""
        return self.page.locator(f'a[href="{texter.path}"]')

    def open(self, texter: Texter) -> None:
        self.go(texter.path)

    def sees(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(text, timeout=PATIENCE * 1000)

    def answer(self, text: str) -> None:
        self.page.get_by_role("textbox", name=self("reply"), exact=True).fill(text)
        self.press("send")

    def letter(self, letter: str) -> None:
        """Presses the key of a letter, also one that only an Arabic keyboard has."""
        if letter.isascii():
            self.page.keyboard.press(letter)
            return
        wire = self.page.context.new_cdp_session(self.page)
        for kind in ("keyDown", "keyUp"):
            text = {"text": letter} if kind == "keyDown" else {}
            wire.send("Input.dispatchKeyEvent", {"type": kind, "key": letter, "code": "KeyH", **text})

    @property
    def clicks(self) -> int:
        return int(self.page.evaluate("Number(sessionStorage.clicks || 0)"))

    def sign_in(self, login: str, password: str) -> None:
        self.go("/console/sign-in")
        self.page.get_by_label(self("login")).fill(login)
        self.page.get_by_label(self("password")).fill(password)
        self.press("sign-in")

    def choose_password(self, old: str) -> None:
        for key, value in (("password-old", old), ("password-new", PASSWORD), ("password-again", PASSWORD)):
            self.page.get_by_label(self(key), exact=True).fill(value)
        self.press("password-change")
        expect(self.page.get_by_role("navigation", name=self("inbox-tabs"))).to_be_visible()

    def download(self, press: Callable[[], None]) -> Path:
        with self.page.expect_download() as waited:
            press()
        return Path(waited.value.path())


def open_desk(
    browser: Browser, service: Service, language: str, **more: object
) -> tuple[BrowserContext, Desk]:
    """A browser of its own, in a language."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale=f"{language}-MA", **more)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(_COUNT_CLICKS)
    return context, Desk(service, context.new_page(), WORDS.of(language))


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.05)
