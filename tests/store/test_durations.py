"""Durations, and what they come to."""

import pytest

from store.durations import LONG_HOURS, SHORT_HOURS, study_hours


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
