"""Which messages this process has taken in lately, so that the backfill does not bring them again.

The inbox knows them too, but forgets those of a person whose data were erased: their own request to erase must not come
back from Twilio's list a minute later.
"""

from collections.abc import Iterable

LIMIT = 200_000  # ids of 34 letters: about 25 MB, and two days of a busy number


class Seen:
    """Ids, the latest `limit` of them."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._ids: dict[str, None] = {}

    def add(self, ids: Iterable[str]) -> None:
        """Remember ids; the oldest are dropped where there are too many."""
        self._ids.update(dict.fromkeys(ids))
        while len(self._ids) > self._limit:
            del self._ids[next(iter(self._ids))]

    def __contains__(self, sid: object) -> bool:
        return sid in self._ids
