"""Identifiers sort by time; references are read aloud without mistakes."""

import pytest

from store.core.ids import REFERENCE_ALPHABET, is_made_before, new_id, new_reference, parse_reference


def test_ids_are_version_7_and_rise() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def test_an_id_tells_what_was_made_before_it() -> None:
    first, second = new_id(), new_id()
    assert is_made_before(first, str(second))
    assert not is_made_before(second, str(first))
    assert not is_made_before(first, str(first))
    assert is_made_before(first, None)
    assert is_made_before(first, "wamid.HBg")


def test_references_have_nothing_to_confuse() -> None:
    assert not set("01OI") & set(REFERENCE_ALPHABET)
    assert len(REFERENCE_ALPHABET) == 32
    for _ in range(200):
        made = new_reference()
        assert parse_reference(made) == made
        assert len(made) == 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TK-7F3K2", "TK-7F3K2"),
        ("tk 7f3k2.", "TK-7F3K2"),
        ("7F3K2", "TK-7F3K2"),
        ("TK-٧F٣K٢", "TK-7F3K2"),
        ("TK-TK345", "TK-TK345"),
        ("TKABC", "TK-TKABC"),
        ("TK-7F3K", None),
        ("TK-7F3K0", None),
        ("", None),
        ("ßßßßß", None),
    ],
)
def test_references_as_typed(typed: str, meant: str | None) -> None:
    assert parse_reference(typed) == meant
