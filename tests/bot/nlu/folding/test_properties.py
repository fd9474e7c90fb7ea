"""What folding promises for any text at all."""

from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.folding import fold, plain, stems, tokenize

LETTERS = "abcdefghijklmnopqrstuvwxyzéèçàôABCDE0123456789٢٣ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئگڭپڤـًٌَُِّْ '-+.,؟!"
MESSAGES = st.one_of(st.text(alphabet=LETTERS, max_size=40), st.text(max_size=40))


@given(MESSAGES)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(MESSAGES)
def test_the_plain_form_of_a_plain_form_is_itself(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


@given(MESSAGES)
def test_words_stand_in_the_text_in_order(text: str) -> None:
    """Offsets grow; only letters that one character spells out (ligatures) share their place."""
    end = 0
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= end or text[token.start] == text[end - 1]
        assert token.plain
        end = token.end


@given(MESSAGES)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())


@given(st.text(alphabet=LETTERS, min_size=1, max_size=15))
def test_a_stem_and_what_came_off_make_the_word(text: str) -> None:
    for token in tokenize(text):
        readings = list(stems(token.plain))
        assert readings[0] == ("", token.plain)
        assert all(prefix + rest == token.plain for prefix, rest in readings)
