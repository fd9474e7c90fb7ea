"""Days are those of Morocco."""

from datetime import UTC, date, datetime

import pytest

from store.core.clock import moroccan_day, utc_now


def test_a_day_ends_when_it_does_in_morocco() -> None:
    assert moroccan_day(datetime(2026, 7, 1, 22, 59, tzinfo=UTC)) == date(2026, 7, 1)
    assert moroccan_day(datetime(2026, 7, 1, 23, 1, tzinfo=UTC)) == date(2026, 7, 2)
    assert utc_now().tzinfo is UTC


def test_an_instant_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moroccan_day(datetime(2026, 7, 1))  # noqa: DTZ001 - what is refused
