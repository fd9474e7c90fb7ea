"""Pages of a menu by SMS: asked for with a 0, numbered on, and every number answered at any time."""

import pytest

from channels.contract.capabilities import PLAIN_SMS
from channels.contract.numbers import bare_number
from channels.wording.paging import LATER, NEXT_PAGE, left, next_page
from channels.wording.render import Renderer
from channels.wording.replies import to_records
from channels.wording.segments import count_segments
from store.conversations.outbound import OutboundRecord
from store.conversations.replies import Reply
from takwin.settings import ROOT


@pytest.fixture(scope="module")
def words() -> Renderer:
    return Renderer(ROOT / "data" / "replies", strict=True)


def option(number: int, topic: str) -> dict[str, object]:
    return {
        "id": f"o{number}",
        "title_key": "option-topic",
        "title_args": {"topic": {"$": "term", "set": "topic", "value": topic}},
        "intent": "find_course",
        "entities": [{"entity": "topic", "value": topic}],
        "in_text": False,
    }


TOPICS = (
    "it_support", "ux_design", "data_analysis", "project_management", "web_development", "mobile_development",
    "programming", "digital_marketing", "ecommerce", "cybersecurity", "cloud", "networking", "databases",
)  # fmt: skip


def said(words: Renderer, variety: str, reply: dict[str, object]) -> OutboundRecord:
    (record,) = to_records([reply], [words.render(reply, variety, "sms")], PLAIN_SMS)
    return record


@pytest.mark.parametrize("variety", ["fr", "ary-Latn", "ary", "ar"])
def test_a_menu_is_read_to_its_end_with_zeros(words: Renderer, variety: str) -> None:
    menu = [option(number, topic) for number, topic in enumerate(TOPICS, start=1)]
    record = said(words, variety, Reply("ask-interest", options=menu))
    pages = [record]
    while (page := next_page(pages[-1].options, "0")) is not None:
        pages.append(said(words, variety, page))
    assert len(pages) > 1
    assert all(count_segments(each.text).count == 1 for each in pages)
    assert [page.reply_keys for page in pages[1:]] == [(NEXT_PAGE,)] * (len(pages) - 1)
    # Each page keeps every option, in the same order: a number means the same on all of them.
    assert all([o["id"] for o in page.options] == [o["id"] for o in menu] for page in pages)
    numbers = [
        int(line.split(".")[0]) for page in pages for line in page.text.split("\n") if line[:1].isdigit()
    ]
    assert [number for number in numbers if number] == list(range(1, len(TOPICS) + 1))


STORED = [{"id": "a"}, {"id": "b", LATER: "Plus"}, {"id": "c", LATER: "Plus"}]


@pytest.mark.parametrize("text", ["0", "٠", "0.", " 0 ", "0️⃣", "Plus", "plus"])
def test_a_zero_in_any_writing_asks_for_the_next_page(text: str) -> None:
    page = next_page(STORED, text)
    assert page is not None
    assert page.options == STORED


@pytest.mark.parametrize("text", ["1", "10", "plus de details", "", "zero"])
def test_anything_else_does_not(text: str) -> None:
    assert next_page(STORED, text) is None


def test_a_menu_that_was_shown_whole_has_no_next_page() -> None:
    assert next_page([{"id": "a"}], "0") is None
    assert next_page([], "0") is None
    assert bare_number("0") == 0


def test_what_is_left() -> None:
    assert left(STORED) == {2, 3}
    assert left([{"id": "a"}, {"id": "b"}]) == {1, 2}
