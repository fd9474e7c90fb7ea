"""A number alone picks; a number in a sentence does not."""

import pytest

from channels.contract.numbers import bare_number


@pytest.mark.parametrize("text", ["2", "٢", "۲", "2.", "2)", "(2)", "#2", "2️⃣", " 2 ", "②", "2 .", "2-", "2!"])
def test_a_bare_number_in_any_writing(text: str) -> None:
    assert bare_number(text) == 2


def test_two_digits_and_zero() -> None:
    assert bare_number("12") == 12
    assert bare_number("0") == 0


@pytest.mark.parametrize(
    "text", ["", "deux", "2 w 3", "2/3", "bac+2", "the 2", "2024", "-2", "2.5", "٢ من فضلك", "👍"]
)
def test_anything_else_is_not_a_number(text: str) -> None:
    assert bare_number(text) is None
