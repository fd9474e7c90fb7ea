"""docs/adding/console-page.md, followed: its files make a page that is served to whom it is for."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import console as console_package
from console import building
from console.web import site
from console.web.page_group import needs_of
from console.web.words import LANGUAGES
from store.conversations.messages import get_message
from takwin.compose.console import DATA
from tests.console.conftest import Console
from tests.console.pages_checked import check, texts
from tests.house.test_guides import GUIDES, block

GUIDE = "console-page"
#: Beside the words; so many are still found by somebody who is new here.
MOST_FILES = 4
FILES = re.findall(r"```\w+ (\S+)", (GUIDES / f"{GUIDE}.md").read_text(encoding="utf-8"))
WORDS = [file for file in FILES if file.startswith("data/")]


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The guide's page in the console, for one test; where its words are."""
    shutil.copytree(DATA, tmp_path / "data" / "console")
    for file in FILES:
        if file != "console/building.py":
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(block(GUIDE, file), encoding="utf-8")
    here = str(tmp_path / "console")
    loader: Any = site._templates().loader
    monkeypatch.setattr(loader, "searchpath", [*loader.searchpath, here])
    monkeypatch.setattr(console_package, "__path__", [*console_package.__path__, here])
    scope: dict[str, Any] = {"GROUPS": building.GROUPS}
    exec(block(GUIDE, "console/building.py"), scope)
    monkeypatch.setattr(building, "GROUPS", scope["GROUPS"])
    monkeypatch.setattr(building, "ROUTES", needs_of(scope["GROUPS"]))
    yield tmp_path / "data" / "console"
    for module in [name for name in sys.modules if name.startswith("console.dead_letters")]:
        del sys.modules[module]


def put_aside(console: Console) -> None:
    said = console.says("salam")
    with console.database.session() as session:
        message = get_message(session, said.message_id)
        message.state, message.failure = "failed", "engine-down"


def test_a_page_is_few_files() -> None:
    assert len(FILES) - len(WORDS) <= MOST_FILES
    assert len(WORDS) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_it_is_for_reads_it(followed: Path, make_console: Callable[..., Console], language: str) -> None:
    console = make_console(data=followed)
    supervisor = console.as_role("supervisor")
    supervisor.post("/console/language", language=language)
    check(supervisor.get("/console/dead-letters").text, language)
    put_aside(console)
    assert "engine-down" in texts(check(supervisor.get("/console/dead-letters").text, language))
    assert 'href="/console/dead-letters"' in supervisor.get("/console/inbox").text
    check(supervisor.get("/console/audit").text, language)


def test_others_neither_read_nor_see_it(followed: Path, make_console: Callable[..., Console]) -> None:
    console = make_console(data=followed)
    reader = console.as_role("reader")
    assert reader.get("/console/dead-letters").status_code == 403
    assert "/console/dead-letters" not in reader.get("/console/inbox").text
