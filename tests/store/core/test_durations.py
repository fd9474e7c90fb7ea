"""Durations, and what they come to."""

import pytest

from store.core.durations import LONG_HOURS, SHORT_HOURS, Amount, parse_duration, study_hours


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("PT20H", 20),
        ("PT1H30M", 1.5),
        ("P2W", 10),
        ("P1W/P4W", 12.5),
        ("P12M", 260),
        ("P1Y", 260),
        ("P1DT2H", 8),
    ],
)
def test_hours_of_study(written: str, hours: float) -> None:
    assert study_hours(written) == pytest.approx(hours)


def test_a_week_s_course_is_short_and_one_of_months_is_long() -> None:
    assert study_hours("P1W/P4W") <= SHORT_HOURS < LONG_HOURS <= study_hours("P1M/P3M")


@pytest.mark.parametrize(
    "written", ["", "P", "PT", "20H", "P0D", "PT20", "P3M/", "P6M/P3M", "P1M/P2M/P3M", "short", "P-1M"]
)
def test_what_is_no_duration(written: str) -> None:
    with pytest.raises(ValueError, match=r"duration|longer end"):
        study_hours(written)


def test_a_duration_keeps_the_units_it_was_stated_in() -> None:
    assert parse_duration("PT36H") == ((Amount(36, "hour"),),)
    assert parse_duration("P2W") == ((Amount(2, "week"),),)
    assert parse_duration("P1M/P1Y6M") == ((Amount(1, "month"),), (Amount(1, "year"), Amount(6, "month")))
