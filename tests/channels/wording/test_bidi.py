"""What would scramble a line is isolated, and nothing else."""

import pytest

from channels.wording.bidi import FSI, PDI, Direction, direction_of, isolate


@pytest.mark.parametrize(
    ("text", "within", "isolated"),
    [
        ("Google IT Support", "rtl", True),
        ("TK-7F3K2", "rtl", True),
        ("+212 522 00 00 00", "rtl", True),
        ("9:00-12:00", "rtl", True),
        ("C++", "rtl", True),
        ("فاطمة", "rtl", False),
        ("12", "rtl", False),
        ("", "rtl", False),
        ("فاطمة", "ltr", True),
        ("Fatima", "ltr", False),
        ("+212 522", "ltr", False),
    ],
)
def test_only_what_disturbs_is_isolated(text: str, within: Direction, isolated: bool) -> None:
    assert isolate(text, within) == (f"{FSI}{text}{PDI}" if isolated else text)


def test_each_line_is_isolated_by_itself_and_once() -> None:
    once = isolate("Excel\nدورة", "rtl")
    assert once == f"{FSI}Excel{PDI}\nدورة"
    assert isolate(once, "rtl") == once


@pytest.mark.parametrize(
    ("text", "direction"),
    [("1. مرحبا Google", "rtl"), (f"{FSI}Google{PDI} دورة", "rtl"), ("✓ Bonjour", "ltr"), ("2 👍", None)],
)
def test_the_direction_is_that_of_the_first_letter_outside_isolates(text: str, direction: str | None) -> None:
    assert direction_of(text) == direction
