"""Messages as Meta takes them: what fits no button becomes a number, and nothing is lost."""

from dataclasses import replace
from typing import Any

import pytest

from channels.contract.errors import GiveUp
from channels.contract.messages import Option, Outbound, Template
from channels.meta.outbound import request_for
from tests.channels.simulators.whatsapp_rules import check

NUMBER, BSUID = "212612345678", "MA.13491208655302741918"


def options(*titles: str, **more: Any) -> tuple[Option, ...]:
    return tuple(Option(id=f"o{n}", title=title, intent="x", **more) for n, title in enumerate(titles, 1))


def outbound(text: str = "Bonjour", *titles: str, **more: Any) -> Outbound:
    return Outbound("m-1", "whatsapp", more.pop("to", NUMBER), text, options(*titles), **more)


def sent(message: Outbound) -> dict[str, Any]:
    request = request_for(message)
    check(request, None)
    return request


def test_a_text() -> None:
    assert sent(outbound("شوف https://anapec.org")) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": NUMBER,
        "type": "text",
        "text": {"body": "شوف https://anapec.org", "preview_url": False},
        "biz_opaque_callback_data": "m-1",
    }


def test_a_person_without_a_number() -> None:
    request = sent(outbound(to=BSUID))
    assert request["recipient"] == BSUID
    assert "to" not in request


@pytest.mark.parametrize("to", ["", "amina", "+212612345678", "212 612", "MA.", "ma.12", f"{NUMBER}\n"])
def test_an_address_that_is_none_of_whatsapps(to: str) -> None:
    with pytest.raises(GiveUp, match="bad-address"):
        request_for(outbound(to=to))


def test_buttons() -> None:
    request = sent(outbound("Vous confirmez ?", "Oui", "Non", kind="buttons"))
    assert request["interactive"] == {
        "type": "button",
        "body": {"text": "Vous confirmez ?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "o1", "title": "Oui"}},
                {"type": "reply", "reply": {"id": "o2", "title": "Non"}},
            ]
        },
    }


def test_a_list() -> None:
    message = outbound(
        "?", "Excel", "Google…", kind="list", menu_label="Choisir", descriptions=("", "Google IT Support")
    )
    assert sent(message)["interactive"] == {
        "type": "list",
        "body": {"text": "?"},
        "action": {
            "button": "Choisir",
            "sections": [
                {
                    "rows": [
                        {"id": "o1", "title": "Excel"},
                        {"id": "o2", "title": "Google…", "description": "Google IT Support"},
                    ]
                }
            ],
        },
    }


@pytest.mark.parametrize(
    "message",
    [
        outbound("x" * 1024, "a" * 20, kind="buttons"),
        outbound("x" * 1024, *map(str, range(10)), kind="list", menu_label="a" * 20),
        outbound("?", "a" * 24, kind="list", menu_label="Choisir", descriptions=("d" * 72,)),
        outbound("م" * 1024, "نعم", "لا", "ما عرفتش", kind="buttons"),
    ],
)
def test_up_to_their_lengths_they_are_interactive(message: Outbound) -> None:
    assert sent(message)["type"] == "interactive"


@pytest.mark.parametrize(
    "message",
    [
        outbound("x" * 1025, "Oui", "Non", kind="buttons"),
        outbound("?", "1", "2", "3", "4", kind="buttons"),
        outbound("?", "a" * 21, kind="buttons"),
        outbound("?", "👍" * 11, kind="buttons"),
        outbound("?", "Oui", "Oui", kind="buttons"),
        outbound("?", " ", "Oui", kind="buttons"),
        outbound("x" * 1025, "Oui", kind="list", menu_label="Choisir"),
        outbound("?", *map(str, range(11)), kind="list", menu_label="Choisir"),
        outbound("?", "a" * 25, kind="list", menu_label="Choisir"),
        outbound("?", "Oui", kind="list", menu_label=""),
        outbound("?", "Oui", kind="list", menu_label="a" * 21),
        outbound("?", "Oui", kind="list", menu_label="Choisir", descriptions=("d" * 73,)),
        replace(outbound("?", kind="buttons"), options=(Option("i" * 257, "Oui", "x"),)),
        replace(outbound("?", kind="list", menu_label="M"), options=(Option("i" * 201, "Oui", "x"),)),
    ],
)
def test_beyond_their_lengths_nothing_is_lost(message: Outbound) -> None:
    request = sent(message)
    assert request["type"] == "text"
    lines = request["text"]["body"].split("\n")
    assert lines[0] == message.text
    whole = [*message.descriptions, *[""] * len(message.options)]
    titles = [said or option.title for option, said in zip(message.options, whole, strict=False)]
    assert [line.partition(". ")[0] for line in lines[1:]] == [str(n) for n in range(1, len(titles) + 1)]
    assert [line.partition(". ")[2] for line in lines[1:]] == titles


def test_options_that_the_text_has_under_their_numbers_are_not_said_twice() -> None:
    text = "1. Excel\n2. Google IT Support\n" + "x" * 1024
    message = outbound(text, kind="list", menu_label="Choisir")
    listed = replace(message, options=(*options("Excel", "Google", in_text=True), Option("o3", "Autre", "x")))
    assert sent(listed)["text"]["body"] == text + "\n3. Autre"


def test_the_core_may_number_them_itself() -> None:
    assert sent(outbound("?\n1. Oui", "Oui"))["text"]["body"] == "?\n1. Oui"


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_cannot_be_sent(text: str) -> None:
    with pytest.raises(GiveUp, match="empty-text"):
        request_for(outbound(text))


@pytest.mark.parametrize(("text", "length"), [("x" * 4096, 4096), ("x" * 5000, 4096), ("👍" * 4096, 2048)])
def test_a_long_text_ends_early_rather_than_not_at_all(text: str, length: int) -> None:
    body = sent(outbound(text))["text"]["body"]
    assert len(body) in (length, length - 1, length - 2)
    assert text.startswith(body.removesuffix("…"))


def test_a_template() -> None:
    template = Template("course_alert_ary", "ar", ("Google\n IT\tSupport", ""))
    assert sent(outbound(template=template))["template"] == {
        "name": "course_alert_ary",
        "language": {"policy": "deterministic", "code": "ar"},
        "components": [
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "Google IT Support"}, {"type": "text", "text": "-"}],
            }
        ],
    }


def test_a_template_without_places_has_no_components() -> None:
    request = sent(outbound("", template=Template("adviser_reply_waiting", "fr")))
    assert request["template"] == {
        "name": "adviser_reply_waiting",
        "language": {"policy": "deterministic", "code": "fr"},
    }
