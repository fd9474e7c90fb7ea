"""No text of a person can be a command, break the database, or hide something from who reads it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.intake.cleaning import MAX_STORED_CHARACTERS, for_engine, storable


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("/restart", "restart"),
        ('//register{"name":"x"}', 'register{"name":"x"}'),
        ("\u00a0/restart", "restart"),
        ("\x1c / /restart", "restart"),
        ("\u200b/\u2028/restart", "restart"),
        ("\u202e/restart", "restart"),
        ("\x00/restart", "restart"),
        ("\u200d/restart", "restart"),
        ("  bghit formation\r\n f casa \t", "bghit formation  f casa"),
        ("بغيت\u200f نقرا\u202c", "بغيت نقرا"),
        ("1/2 journée", "1/2 journée"),
        ("👩‍💻", "👩‍💻"),
        (" / \u200b\u00ad/", "\u00ad/"),
        ("", ""),
        (" \u2067\u200e ", ""),
        ("/ / /", ""),
    ],
)
def test_what_the_engine_may_read(text: str, cleaned: str) -> None:
    assert for_engine(text) == cleaned


@given(st.text())
def test_nothing_that_leaves_can_be_a_command(text: str) -> None:
    cleaned = for_engine(text)
    assert not re.match(r"\s*/", cleaned)
    assert cleaned == cleaned.strip()
    assert for_engine(cleaned) == cleaned


def test_what_is_kept_of_a_long_text_goes_to_the_engine_whole() -> None:
    assert for_engine("أ" * MAX_STORED_CHARACTERS) == "أ" * MAX_STORED_CHARACTERS
    assert storable("x" * 20_000) == "x" * MAX_STORED_CHARACTERS


def test_what_postgresql_refuses_is_taken_out() -> None:
    assert storable("a\0b\ud800c") == "abc"
    storable("\udfff" * 5 + "é").encode()
