"""Options become what a channel can show, and none of them is lost."""

from dataclasses import replace

import pytest

from channels.contract.capabilities import PLAIN_SMS, TELEGRAM, WHATSAPP
from channels.contract.messages import Capabilities, Option
from channels.wording.layout import Layout, clip, lay_out, numbered
from channels.wording.segments import count_segments


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


def test_words_too_long_for_buttons_keep_their_options_as_numbers() -> None:
    words = "x" * 1025
    assert lay_out(words[1:], options("Oui", "Non"), WHATSAPP).kind == "buttons"
    long = lay_out(words, options("Oui", "Non"), WHATSAPP)
    assert (long.kind, long.text) == ("numbers", f"{words}\n1. Oui\n2. Non")
    too_long = lay_out("x" * 5000, options("Oui", "Non"), WHATSAPP)
    assert len(too_long.text) == 4096
    assert too_long.text.endswith("…\n1. Oui\n2. Non")


def test_a_text_of_its_own_is_within_the_channels_length() -> None:
    assert len(lay_out("x" * 5000, [], WHATSAPP).text) == 4096
    assert lay_out("x" * 700, [], PLAIN_SMS).text == "x" * 667 + "..."


def by_sms(text: str, titles: list[str], left: set[int] | None = None, more: str = "Plus") -> Layout:
    return lay_out(text, options(*titles), PLAIN_SMS, more=more, left=left)


LONG = [f"Une formation numero {n} au nom assez long" for n in range(1, 10)]


def test_by_sms_a_long_menu_is_one_segment_and_goes_on() -> None:
    first = by_sms("Laquelle ?", LONG)
    assert count_segments(first.text).count == 1
    lines = first.text.split("\n")
    assert lines[0] == "Laquelle ?"
    assert lines[-1] == "0. Plus"
    assert len(lines) - 2 == 9 - len(first.later)
    assert first.later == tuple(range(len(lines) - 1, 10))
    assert len(first.options) == 9
    second = by_sms("", LONG, left=set(first.later))
    assert second.text.startswith(f"{first.later[0]}. {LONG[first.later[0] - 1]}\n")
    assert count_segments(second.text).count == 1


@pytest.mark.parametrize(
    "titles", [LONG, ["Oui"], ["Oui", "Non"], [*LONG[:3], "العربية"], ["x" * 200] * 4, ["م" * 30] * 9]
)
@pytest.mark.parametrize("text", ["Laquelle ?", "x" * 150, "x" * 400, "م" * 65, ""])
def test_pages_show_every_option_once_and_in_order(text: str, titles: list[str]) -> None:
    page, left, seen = text, set(range(1, len(titles) + 1)), list[str]()
    while True:
        layout = by_sms(page, titles, left=left)
        seen += [
            line for line in layout.text.split("\n") if line.split(".")[0].isdigit() and line != "0. Plus"
        ]
        if not layout.later:
            break
        assert set(layout.later) < left
        page, left = "", set(layout.later)
    assert seen == [f"{n}. {title}" for n, title in enumerate(titles, start=1)]


def test_what_fits_is_not_paged() -> None:
    assert by_sms("D'accord ?", ["Oui", "Non"]).later == ()
    # A yes stands with its no, whatever it takes.
    assert by_sms("x" * 155, ["Oui", "Non"]).text == "x" * 155 + "\n1. Oui\n2. Non"
    # Two segments that the words need anyway are filled.
    assert by_sms("x" * 200, ["Oui", "Non", "Menu", "Aide"]).later == ()
    # Without words for it there is no next page.
    assert by_sms("Laquelle ?", LONG, more="").later == ()


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
