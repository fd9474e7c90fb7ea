"""Takes the pictures of the help: `python -m tests.console.screenshots`.

The console on a small database of made-up people, in Debian's chromium, in French and in Arabic. Pictures go to
`console/static/help-<name>-<language>.webp`, at most 40 KB each.
"""

import io
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from channels.queue.deferrer import Deferrer
from channels.wording.render import Renderer
from console import build_console
from store.advisers import canned_answers
from store.core.database import Database, ensure_database, migrate
from store.core.encryption import Cipher
from store.embedded.server import EmbeddedPostgres
from takwin.compose.console import DATA, console_services
from takwin.settings import ROOT, Settings
from tests.browser import chromium
from tests.browser.conftest import QUIET
from tests.console import scene

SHOTS = ROOT / "console" / "static"
LANGUAGES = ("fr", "ar")
MOST_BYTES = 40 * 1024
_SIZE: ViewportSize = {"width": 1280, "height": 840}
_PORT = 8187


def main() -> None:
    path = chromium.find()
    if path is None:
        raise SystemExit("no browser: run `python -m tests.browser.chromium`, or set TAKWIN_CHROMIUM")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as made,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(path), args=list(QUIET))
        for language in LANGUAGES:
            take(browser, language, made)
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[scene.Made]:
    """The console on loopback, with people in it."""
    secret = "a secret for pictures, long enough"
    with EmbeddedPostgres(folder / "postgres", settings={"fsync": "off"}) as server:
        url = ensure_database(server.url, "pictures")
        migrate(url)
        database = Database(url, Cipher(secret))
        made = scene.fill(database)
        with database.session() as session:
            canned_answers.fill_once(session, DATA / "canned.json")
        settings = Settings(_env_file=None, sms_price=float(Decimal("0.35")))
        renderer = Renderer(ROOT / "data" / "replies")
        services = replace(
            console_services(settings, database, secret, renderer, Deferrer(), url),
            slots_of=lambda _: {"criteria": {"topic": ["office_tools"]}},
        )
        app = FastAPI(openapi_url=None)
        for router in build_console(services):
            app.include_router(router)
        running = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=_PORT, log_level="error", lifespan="off")
        )
        thread = threading.Thread(target=running.run, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.05)
        try:
            yield made
        finally:
            running.should_exit = True
            running.force_exit = True
            thread.join(10)
            database.close()


def take(browser: Browser, language: str, made: scene.Made) -> None:
    """The pictures in one language."""
    context = browser.new_context(
        viewport=_SIZE, base_url=f"http://127.0.0.1:{_PORT}", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/console/sign-in")
    page.fill("[name=login]", f"{scene.LOGIN}-{language}")
    page.fill("[name=password]", scene.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/console/inbox")
    for name, address in made.pages(language).items():
        page.goto(address)
        keep(page, f"help-{name}-{language}")
    context.close()


def keep(page: Page, name: str) -> None:
    """The page as it is seen, as light as it must be."""
    page.wait_for_timeout(150)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for quality in (70, 55, 40, 25):
        written = io.BytesIO()
        picture.save(written, "webp", quality=quality, method=6)
        if written.tell() <= MOST_BYTES:
            break
    (SHOTS / f"{name}.webp").write_bytes(written.getvalue())
    print(f"{name}.webp {written.tell() / 1024:.0f} KB")


if __name__ == "__main__":
    main()
