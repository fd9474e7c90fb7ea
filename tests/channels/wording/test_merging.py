"""Replies of one turn as one message, with one menu whose numbers are right."""

from dataclasses import replace

import pytest

from channels.contract.capabilities import PLAIN_SMS, WHATSAPP
from channels.contract.messages import Option
from channels.wording.merging import Choice, merged
from channels.wording.render import RenderedReply
from channels.wording.replies import to_records
from store.conversations.replies import Reply


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


def reply(key: str, *offered: str) -> tuple[Reply, RenderedReply]:
    options = tuple(Option(id=t, title=t, intent="inform") for t in offered)
    return (
        Reply(key, options=[{"id": t, "title_key": "x"} for t in offered]),
        RenderedReply(key, options, "fr", "Plus"),
    )


def test_a_turn_is_one_message_where_each_costs() -> None:
    said = [reply("privacy", "Copie", "Effacer"), reply("consent", "Oui", "Non")]
    for capabilities in (WHATSAPP, PLAIN_SMS):
        (record,) = to_records([r for r, _ in said], [w for _, w in said], capabilities)
        assert record.reply_keys == ("privacy", "consent")
        assert [o["title"] for o in record.options] == ["Oui", "Non", "Copie", "Effacer"]
    (sms,) = to_records([r for r, _ in said], [w for _, w in said], PLAIN_SMS)
    assert sms.text == "privacy\nconsent\n1. Oui\n2. Non\n3. Copie\n4. Effacer"
    assert to_records([], [], WHATSAPP) == []


def said_shorter(*texts: str) -> tuple[Reply, RenderedReply]:
    """A reply in ever shorter words."""
    first, *others = [RenderedReply(text, (), "fr", "Plus") for text in texts]
    return Reply("any"), replace(first, shorter=lambda: iter(others))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("a" * 160, "b"), "a" * 160),  # one segment is as few as can be
        (("a" * 161, "b" * 161, "c" * 160, "d"), "c" * 160),  # no shorter than that takes
        (("a" * 161, "b" * 161), "a" * 161),  # shorter words that save nothing are not used
        (("a" * 400, "b" * 300, "c" * 200), "b" * 300),
    ],
)
def test_shorter_words_where_they_save_a_segment(texts: tuple[str, ...], said: str) -> None:
    reply, rendered = said_shorter(*texts)
    (record,) = to_records([reply], [rendered], PLAIN_SMS)
    assert record.text == said
    (elsewhere,) = to_records([reply], [rendered], WHATSAPP)
    assert elsewhere.text == texts[0]


def test_shorter_titles_can_still_be_told_apart() -> None:
    choices = [{"id": f"o{n}", "title_key": "k", "intent": "course_details", "entities": []} for n in (1, 2)]
    long, short = (
        tuple(Option(f"o{n}", title, "course_details", ()) for n, title in enumerate(titles, start=1))
        for titles in (("Bases d'anglais A1", "Bases d'anglais A2"), ("Bases..", "Bases.."))
    )
    rendered = RenderedReply(
        "a" * 130, long, "fr", "Plus", lambda: iter([RenderedReply("a" * 130, short, "fr")])
    )
    (record,) = to_records([Reply("any", options=choices)], [rendered], PLAIN_SMS)
    assert "1. Bases d'anglais A1\n2. Bases d'anglais A2" in record.text


def test_a_message_leaves_despite_an_opt_out_where_any_of_its_replies_does() -> None:
    said = [reply("numbers"), reply("away")]
    asked = [replace(said[0][0], despite_opt_out=True), said[1][0]]
    (record,) = to_records(asked, [rendered for _, rendered in said], WHATSAPP)
    assert record.despite_opt_out
