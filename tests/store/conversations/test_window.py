"""Until when free words may be sent."""

from datetime import UTC, datetime, timedelta

import pytest

from store.conversations.window import Window

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("wrote_at", "is_open", "closes_at"),
    [
        (NOW, True, NOW + DAY),
        (NOW - DAY + SECOND, True, NOW + SECOND),
        (NOW - DAY, False, NOW),
        (None, False, None),
    ],
)
def test_it_is_open_for_so_long_after_somebody_wrote(
    wrote_at: datetime | None, is_open: bool, closes_at: datetime | None
) -> None:
    window = Window(24, wrote_at)
    assert (window.is_open(NOW), window.closes_at) == (is_open, closes_at)


@pytest.mark.parametrize("wrote_at", [None, NOW - 9 * DAY])
def test_a_channel_without_one_is_always_open(wrote_at: datetime | None) -> None:
    window = Window(0, wrote_at)
    assert (window.is_open(NOW), window.closes_at) == (True, None)
