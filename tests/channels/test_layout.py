"""Options become what a channel can show, and none of them is lost."""

from dataclasses import replace

import pytest

from channels.capabilities import PLAIN_SMS, TELEGRAM, WHATSAPP
from channels.contract import Capabilities, Option
from channels.layout import clip, lay_out, numbered


def options(*titles: str) -> list[Option]:
    return [Option(id=f"o{n}", title=title, intent="inform") for n, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("capabilities", "titles", "kind"),
    [
        (WHATSAPP, [], "text"),
        (WHATSAPP, ["Oui", "Non"], "buttons"),
        (WHATSAPP, ["Oui", "Non", "Menu", "Aide"], "list"),
        (WHATSAPP, ["Une formation au nom assez long"], "list"),
        (WHATSAPP, ["x"] * 11, "numbers"),
        (WHATSAPP, ["x" * 80], "numbers"),
        (TELEGRAM, ["Une formation au nom assez long"] * 5, "buttons"),
        (PLAIN_SMS, ["Oui"], "numbers"),
    ],
)
def test_options_take_the_best_form_the_channel_has(
    capabilities: Capabilities, titles: list[str], kind: str
) -> None:
    layout = lay_out("Alors ?", options(*titles), capabilities)
    assert layout.kind == kind
    assert [option.id for option in layout.options] == [f"o{n}" for n in range(len(titles))]


def test_a_row_too_long_keeps_its_whole_title_below() -> None:
    layout = lay_out("Alors ?", options("Certificat Google en support informatique", "Menu"), WHATSAPP)
    assert layout.options[0].title == "Certificat Google en su…"
    assert layout.descriptions == ("Certificat Google en support informatique", "")


def test_numbers_are_lines_under_the_text() -> None:
    assert numbered("Alors ?", options("Oui", "Non"), isolates=False) == "Alors ?\n1. Oui\n2. Non"


def test_what_the_text_lists_already_is_not_listed_twice() -> None:
    listed = [replace(option, in_text=True) for option in options("Google IT", "Excel")]
    text = "Voici :\n1. Google IT\n2.Excel"
    more = Option(id="more", title="Voir plus", intent="more_results")
    assert numbered(text, [*listed, more], isolates=False) == f"{text}\n3. Voir plus"
    assert numbered("Voici :", listed, isolates=False) == "Voici :\n1. Google IT\n2. Excel"
    assert numbered("1. Ouvrez le lien", options("Oui"), isolates=False) == "1. Ouvrez le lien\n1. Oui"


def test_a_latin_title_in_an_arabic_message_is_isolated() -> None:
    assert numbered("اختر", options("Google IT"), isolates=True) == "اختر\n1. \u2068Google IT\u2069"


def test_clipping_keeps_letters_whole() -> None:
    assert clip("Menu", 20) == "Menu"
    assert clip("مُدَرِّسٌ", 5) == "مُدَ…"
    assert len(clip("a" * 50, 24)) == 24
