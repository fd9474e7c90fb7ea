"""Buttons and lists as forms with places."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.contract.messages import Option, Outbound
from channels.twilio.shapes import Shaped, as_text, shaped
from tests.channels.twilio.conftest import menu, message


def filled(shape: Shaped) -> Any:
    written = json.dumps(shape.types)
    return json.loads(re.sub(r"\{\{(\d+)\}\}", lambda m: json.dumps(shape.values[m[1]])[1:-1], written))


def made(outbound: Outbound) -> Shaped:
    shape = shaped(outbound)
    assert shape is not None
    return shape


def test_buttons_are_places_in_a_quick_reply() -> None:
    outbound = menu(2, "Salam!\n\nAchmen domaine?")
    shape = made(outbound)
    assert shape.types == {
        "twilio/quick-reply": {
            "body": "{{1}}\n\n{{2}}",
            "actions": [{"title": "{{3}}", "id": "{{4}}"}, {"title": "{{5}}", "id": "{{6}}"}],
        }
    }
    form = filled(shape)["twilio/quick-reply"]
    assert form["body"] == outbound.text
    assert form["actions"] == [{"title": option.title, "id": option.id} for option in outbound.options]


def test_a_list_has_a_label_and_descriptions_where_there_are_any() -> None:
    outbound = replace(menu(3, kind="list"), descriptions=("Excel, Word", "", "Réseaux"))
    items = filled(made(outbound))["twilio/list-picker"]["items"]
    assert [item.get("description") for item in items] == ["Excel, Word", None, "Réseaux"]
    assert [item["item"] for item in items] == ["Domaine 1", "Domaine 2", "Domaine 3"]
    assert filled(made(outbound))["twilio/list-picker"]["button"] == "Chouf"


def test_one_form_serves_every_message_of_its_shape() -> None:
    assert made(menu(3, "Chno bghiti?")).key == made(menu(3, "Que souhaitez-vous ?")).key
    assert made(menu(3, "Chno bghiti?")).types == made(menu(3, "Que souhaitez-vous ?")).types
    shapes = [menu(2), menu(3), menu(3, "a\nb"), menu(3, "a\n\nb"), menu(3, kind="list"),
              replace(menu(3, kind="list"), descriptions=("", "x", ""))]  # fmt: skip
    assert len({made(each).key for each in shapes}) == len(shapes)


@pytest.mark.parametrize(
    "outbound",
    [
        message("salam"),
        menu(3, kind="text"),
        menu(4),
        menu(11, kind="list"),
        menu(2, "x" * 1025),
        menu(3, "\n".join("abc" * 33)),
        replace(menu(1), options=(Option("o1", "t" * 21, "inform"),)),
        replace(menu(1), options=(Option("i" * 201, "Oui", "inform"),)),
        replace(menu(1), options=(Option("o1", "", "inform"),)),
        replace(menu(1, kind="list"), options=(Option("o1", "t" * 25, "inform"),)),
        replace(menu(1, kind="list"), descriptions=("d" * 73,)),
        replace(menu(1, kind="list"), menu_label="   "),
        replace(menu(1, kind="list"), menu_label="m" * 21),
    ],
)
def test_what_twilio_would_not_take_has_no_shape(outbound: Outbound) -> None:
    assert shaped(outbound) is None


def test_without_buttons_the_options_are_numbers() -> None:
    assert as_text(menu(2, "Domaine?")) == "Domaine?\n1. Domaine 1\n2. Domaine 2"
    assert as_text(menu(2, "Domaine?", kind="text")) == "Domaine?"


@pytest.mark.parametrize("text", ["é" * 1600, "é" * 1601, "س" * 4096, "😀" * 1000, "a" * 1590 + "😀" * 20])
def test_words_are_as_many_as_twilio_takes(text: str) -> None:
    sent = as_text(message(text))
    assert len(sent.encode("utf-16-le")) <= 3200
    assert sent == text if len(text.encode("utf-16-le")) <= 3200 else sent.endswith("…")


@given(st.text(min_size=1, max_size=300), st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=3))
def test_no_value_is_one_that_twilio_refuses(text: str, titles: list[str]) -> None:
    options = tuple(Option(f"o{n}", title, "inform") for n, title in enumerate(titles))
    shape = shaped(message(text, options=options, kind="buttons"))
    for value in shape.values.values() if shape else ():
        assert 0 < len(value) <= 1600
        assert not re.search(r"[\n\r\t]| {5,}", value)
