"""Replies of one turn as one message, with one menu whose numbers are right."""

from typing import Any

from channels.capabilities import PLAIN_SMS, WHATSAPP
from channels.contract import Option
from channels.merging import Choice, merged
from channels.render import RenderedReply
from channels.replies import to_records


def choices(*titles: str, in_text: bool = False) -> list[Choice]:
    return [(Option(id=t, title=t, intent="inform", in_text=in_text), {"id": t}) for t in titles]


def titles(merged_choices: list[Choice]) -> list[str]:
    return [option.title for option, _ in merged_choices]


def test_the_last_question_keeps_the_first_numbers() -> None:
    text, menu = merged(
        [("Vos messages...", choices("Copie", "Effacer")), ("D'accord ?", choices("Oui", "Non"))]
    )
    assert text == "Vos messages...\n\nD'accord ?"
    assert titles(menu) == ["Oui", "Non", "Copie", "Effacer"]


def test_options_in_the_words_come_first_under_their_numbers() -> None:
    lists = [("Menu ?", choices("Aide")), ("Voici :\n1. A\n2. B", choices("A", "B", in_text=True))]
    text, menu = merged(lists)
    assert titles(menu) == ["A", "B", "Aide"]
    assert "\n1. A\n2. B" in text


def test_a_second_list_in_the_words_is_numbered_on() -> None:
    lists = [
        ("Prix :\n1. A\n2. B", [*choices("A", "B", in_text=True), *choices("Aide")]),
        ("Autres :\n1.C\n2.D\n2026. X", choices("C", "D", in_text=True)),
    ]
    text, menu = merged(lists)
    assert text == "Prix :\n1. A\n2. B\n\nAutres :\n3.C\n4.D\n2026. X"
    assert titles(menu) == ["A", "B", "C", "D", "Aide"]


def test_what_is_offered_twice_is_offered_once() -> None:
    _, menu = merged([("x", choices("Aide", "A")), ("y", choices("Aide"))])
    assert titles(menu) == ["Aide", "A"]


def reply(key: str, *offered: str) -> tuple[dict[str, Any], RenderedReply]:
    options = tuple(Option(id=t, title=t, intent="inform") for t in offered)
    return (
        {"reply": key, "args": {}, "options": [{"id": t, "title_key": "x"} for t in offered]},
        RenderedReply(key, options, "fr", "Plus"),
    )


def test_a_turn_is_one_message_where_each_costs() -> None:
    said = [reply("privacy", "Copie", "Effacer"), reply("consent", "Oui", "Non")]
    for capabilities in (WHATSAPP, PLAIN_SMS):
        (record,) = to_records([r for r, _ in said], [w for _, w in said], capabilities)
        assert record.reply == "privacy + consent"
        assert [o["title"] for o in record.options] == ["Oui", "Non", "Copie", "Effacer"]
    (sms,) = to_records([r for r, _ in said], [w for _, w in said], PLAIN_SMS)
    assert sms.text == "privacy\nconsent\n1. Oui\n2. Non\n3. Copie\n4. Effacer"
    assert to_records([], [], WHATSAPP) == []
