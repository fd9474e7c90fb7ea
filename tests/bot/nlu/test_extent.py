"""What is read of a long text, and that places in it are places in the message."""

import pytest

from bot.nlu.extent import MOST_CHARACTERS, MOST_WORDS, extent
from bot.nlu.folding import tokenize
from tests.costly_texts import KINDS

WORD = "formation "


@pytest.mark.parametrize(
    "text", ["", "salam", "a " * MOST_WORDS, "bghit n9ra " * (MOST_WORDS // 2), "❤" * MOST_WORDS]
)
def test_an_ordinary_text_is_read_whole(text: str) -> None:
    read = extent(text)
    assert (read.text, read.cut) == (text, False)
    assert [read.in_message(at) for at in range(len(text))] == list(range(len(text)))


@pytest.mark.parametrize("length", [MOST_CHARACTERS + 1, 2500, 10_000])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_is_never_long_and_every_place_is_right(kind: str, length: int) -> None:
    text = KINDS[kind](length)
    read = extent(text)
    assert read.cut
    assert len(read.text) <= MOST_CHARACTERS + 10
    for token in tokenize(read.text):
        if (token.plain and token.start < read.beginning) or token.start > read.beginning + 3:
            assert (
                text[read.in_message(token.start) : read.in_message(token.end)]
                == read.text[token.start : token.end]
            )
            assert read.within(read.in_message(token.start)) == token.start
            assert read.within(read.in_message(token.end)) == token.end


def test_a_text_of_many_small_words_is_cut_too() -> None:
    text = "a b " * 200
    read = extent(text)
    assert read.cut
    assert len(tokenize(read.text)) <= MOST_WORDS


def test_no_word_is_cut_in_two_where_there_are_blanks() -> None:
    read = extent(WORD * 500)
    assert {token.plain for token in tokenize(read.text)} == {"formation"}


def test_nothing_stands_on_both_sides_of_what_was_left_out() -> None:
    read = extent("x " * 39 + "dar " + "lhedra " * 1000 + "lbida" + " y" * 39)
    assert " … " in read.text
    assert read.text.startswith("x x")
    assert read.text.endswith("y y")
