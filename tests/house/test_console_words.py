"""The console speaks French and Arabic: the same keys in both, every key it says known, no word in a template."""

import re
from pathlib import Path

import pytest

from console.building import GROUPS
from console.web.page_group import bar_of
from console.web.words import LANGUAGES, AllWords

ROOT = Path(__file__).resolve().parents[2]
WORDS = AllWords(ROOT / "data" / "console", ROOT / "data" / "replies")
TEMPLATES = sorted((ROOT / "console").rglob("*.html"))
_NAMES = [str(path.relative_to(ROOT)) for path in TEMPLATES]
_SAID = re.compile(r"""\bt\(\s*"([a-z0-9-]+)"\s*[,)]""")
#: Marks of the trade that are the same in every language.
_NO_WORDS = re.compile(r"&[a-z]+;")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAGS = re.compile(r"<!doctype html>|<code[^>]*>[^<]*</code>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SPOKEN = re.compile(r"""\b(?:title|aria-label|placeholder|alt)="([^"]*)\"""")
_LETTER = re.compile(r"[^\W\d_]")


def test_both_languages_say_the_same() -> None:
    assert WORDS.of("fr").keys == WORDS.of("ar").keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_values_are_filled_in(language: str) -> None:
    for name in {path.name for path in (ROOT / "data" / "console" / "fr").glob("*.ftl")}:
        own = _places(ROOT / "data" / "console" / language / name)
        french = _places(ROOT / "data" / "console" / "fr" / name)
        for key in french:
            # A number may be said in words (one, two) where a language does so.
            assert own[key] <= french[key], f"{language}: {key}"
            assert french[key] - {"count"} <= own[key], f"{language}: {key}"


def _places(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    key = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-zA-Z][\w-]*) =", line):
            key = match[1]
            found[key] = set()
        if key:
            found[key] |= set(re.findall(r"\$([a-z]+)", line))
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=_NAMES)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    source = re.sub(r"(?s)\{% block body_class %\}.*?\{% endblock %\}", "", path.read_text(encoding="utf-8"))
    bare = _JINJA.sub(" ", source)
    for spoken in _SPOKEN.findall(bare):
        assert not _LETTER.search(spoken), f"{path.name}: {spoken!r} belongs into data/console/"
    said = _NO_WORDS.sub("", _TAGS.sub(" ", bare))
    assert not _LETTER.search(said), f"{path.name}: {said.split()} belongs into data/console/"


@pytest.mark.parametrize("path", TEMPLATES, ids=_NAMES)
def test_every_key_a_template_says_is_known(path: Path) -> None:
    unknown = set(_SAID.findall(path.read_text(encoding="utf-8"))) - WORDS.of("fr").keys
    assert not unknown, f"{path.name} says {sorted(unknown)}: add them to data/console/"


def test_the_bar_above_has_words() -> None:
    assert {key for key, _ in bar_of(GROUPS)} <= WORDS.of("fr").keys


def test_what_the_code_refuses_and_audits_has_words() -> None:
    keys = WORDS.of("fr").keys
    for path in (ROOT / "console").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for key in re.findall(r'Refusal\(\d+, "([a-z-]+)"\)', source):
            assert {key, f"{key}-more"} <= keys, f"{path.name}: {key}"
        for action in re.findall(r'visit\.audit\(\s*session,\s*"([a-z-]+)"', source):
            assert f"audit-{action}" in keys, f"{path.name}: audit-{action}"
        for key in re.findall(r'(?:NotSent|FilterProblem)\("([a-z-]+)"', source):
            assert key in keys, f"{path.name}: {key}"
