"""The customer service window: until when a provider takes free words to a person, and not only a content template."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Window:
    """The window of one person on one channel.

    `hours`: how long it stays open after they wrote; 0 where the channel takes free words at any time. `wrote_at`: when
    they last wrote there; None: never. While it is closed a content template goes instead of the words, or nothing.
    """

    hours: int
    wrote_at: datetime | None

    @property
    def closes_at(self) -> datetime | None:
        """Until when free words may be sent; None where it never closes, and where it never opened."""
        if not self.hours or self.wrote_at is None:
            return None
        return self.wrote_at + timedelta(hours=self.hours)

    def is_open(self, now: datetime) -> bool:
        """Whether free words may be sent at this time."""
        closes_at = self.closes_at
        return not self.hours or (closes_at is not None and now < closes_at)
