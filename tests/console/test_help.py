"""The help: every topic in both languages, its examples work, its pictures are light."""

import re
from html import unescape

import pytest

from console.help.topics import FILTERS, SHOTS, TOPICS
from console.inbox.language import parse_filter
from console.web.words import AllWords
from takwin.compose.console import DATA
from takwin.settings import ROOT
from tests.console.conftest import Console
from tests.console.pages_checked import check, texts

STATIC = ROOT / "console" / "static"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_topic_is_a_page(console: Console, language: str) -> None:
    browser = console.as_role("reader")
    browser.post("/console/language", language=language)
    start = browser.get("/console/help").text
    check(start, language)
    for topic in TOPICS:
        assert f'href="/console/help/{topic.key}"' in start
        root = check(browser.get(f"/console/help/{topic.key}").text, language)
        assert len(texts(root)) > 300, topic.key
    assert browser.get("/console/help/nothing").status_code == 404


def test_no_line_of_the_help_is_left_unsaid() -> None:
    """Lines that are written and those that pages have are the same; that both languages have them, AllWords checks."""
    keys = {
        key
        for key in AllWords(DATA, ROOT / "data" / "replies").of("fr").keys
        if re.match(r"help-.+-\d+$", key)
    }
    used = {key for topic in TOPICS for _, lines in topic.numbered() for key in lines}
    used |= {f"help-filter-{number}" for number in range(1, len(FILTERS) + 1)}
    assert keys == used


@pytest.mark.parametrize("filter_", FILTERS)
def test_examples_of_filters_can_be_read(filter_: str) -> None:
    parse_filter(filter_)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("shot", SHOTS)
def test_pictures_are_there_and_light(shot: str, language: str) -> None:
    assert 0 < (STATIC / f"help-{shot}-{language}.webp").stat().st_size <= 40 * 1024


def test_examples_open_their_lists(console: Console) -> None:
    browser = console.as_role("reader")
    page = browser.get("/console/help/filters").text
    links = [unescape(each) for each in re.findall(r'href="(/console/inbox\?[^"]+)"', page)]
    assert len(links) == len(FILTERS)
    for link in links:
        assert browser.get(link).status_code == 200, link
