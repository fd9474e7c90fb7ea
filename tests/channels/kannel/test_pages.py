"""A long menu by SMS in a conversation: read on with 0, answered with any of its numbers."""

import itertools
from typing import Any

import pytest

from tests.channels.conftest import World
from tests.channels.engines import says


def options(count_of: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"o{n}",
            "title_key": "echo",
            "title_args": {"text": f"Une formation numero {n} au nom assez long"},
            "intent": "inform",
            "entities": [{"entity": "course", "value": f"course-{n}"}],
        }
        for n in range(1, count_of + 1)
    ]


@pytest.fixture
def menu(world: World) -> World:
    world.engine.answering = lambda asked: (
        says({"reply": "echo", "args": {"text": "Choisi"}})
        if "option" in asked
        else says({"reply": "hello", "args": {}, "options": options(9)})
    )
    write(world, "je cherche une formation")
    return world


def write(world: World, text: str) -> str:
    world.take(world.write(text, channel="sms").message_id)
    return world.texts(channel="sms")[-1]


def picked(world: World) -> str:
    option = world.engine.asked[-1]["option"]
    return str(option["entities"][0]["value"])


def test_a_menu_goes_on_with_zero_without_asking_the_engine(menu: World) -> None:
    first = menu.texts(channel="sms")[-1]
    asked = len(menu.engine.asked)
    assert first.endswith("0. Plus")
    pages = [first]
    for zero in itertools.cycle(("0", "٠", "0.")):
        if not pages[-1].endswith("0. Plus"):
            break
        pages.append(write(menu, zero))
    assert len(menu.engine.asked) == asked
    lines = [line for page in pages for line in page.split("\n") if line[0].isdigit()]
    numbers = [line.split(".")[0] for line in lines if line != "0. Plus"]
    assert numbers == [str(number) for number in range(1, 10)]
    assert all(each.segments == 1 for each in menu.replies(channel="sms"))


@pytest.mark.parametrize("number", [1, 4, 9])
def test_numbers_of_every_page_can_be_answered(menu: World, number: int) -> None:
    write(menu, "0")
    write(menu, str(number))
    assert picked(menu) == f"course-{number}"


def test_a_number_not_shown_yet_can_be_answered(menu: World) -> None:
    write(menu, "9")
    assert picked(menu) == "course-9"


def test_after_the_last_page_a_zero_is_a_word_like_others(menu: World) -> None:
    while "0. Plus" in write(menu, "0"):
        pass
    write(menu, "0")
    assert menu.engine.asked[-1]["text"] == "0"


def test_the_words_beside_the_zero_ask_for_it_too(menu: World) -> None:
    asked = len(menu.engine.asked)
    write(menu, "PLUS")
    assert len(menu.engine.asked) == asked
