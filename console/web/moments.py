"""Times in words: in Moroccan time, as short as they are clear."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_datetime, format_time
from markupsafe import Markup

from console.web.words import Words
from store.core.clock import MOROCCO

_LOCALES = {"fr": "fr", "ar": "ar_MA"}


class Moments:
    """Times as a page of one language shows them at a moment."""

    def __init__(self, words: Words, now: datetime) -> None:
        self._words = words
        self._locale = _LOCALES[words.language]
        self._now = now.astimezone(MOROCCO)

    def short(self, at: datetime | None) -> Markup:
        """`14:05` today, `12 nov.` this year, `12/11/2025` before; with the whole time to be read on it."""
        if at is None:
            return Markup("")
        local = at.astimezone(MOROCCO)
        if local.date() == self._now.date():
            shown = format_time(local, "HH:mm", tzinfo=MOROCCO, locale=self._locale)
        elif local.year == self._now.year:
            shown = format_date(local.date(), "d MMM", locale=self._locale)
        else:
            shown = format_date(local.date(), "dd/MM/yyyy", locale=self._locale)
        return self._marked(at, shown)

    def long(self, at: datetime | None) -> Markup:
        """`12 novembre 14:05`."""
        if at is None:
            return Markup("")
        local = at.astimezone(MOROCCO)
        pattern = "d MMMM HH:mm" if local.year == self._now.year else "d MMMM yyyy HH:mm"
        return self._marked(at, format_datetime(local, pattern, tzinfo=MOROCCO, locale=self._locale))

    def hour(self, at: datetime) -> Markup:
        local = at.astimezone(MOROCCO)
        return self._marked(at, format_time(local, "HH:mm", tzinfo=MOROCCO, locale=self._locale))

    def day(self, at: datetime) -> str:
        """`jeudi 12 novembre`: above the messages of a day."""
        local = at.astimezone(MOROCCO).date()
        if local == self._now.date():
            return self._words.say("today")
        if local == self._now.date() - timedelta(days=1):
            return self._words.say("yesterday")
        pattern = "EEEE d MMMM" if local.year == self._now.year else "EEEE d MMMM yyyy"
        return format_date(local, pattern, locale=self._locale)

    def on(self, day: date) -> str:
        """`12 novembre 2026`."""
        return format_date(day, "d MMMM yyyy", locale=self._locale)

    def since(self, at: datetime) -> str:
        """How long ago: `5 min`, `3 h`, `2 j`."""
        return self.span(self._now - at)

    def span(self, span: timedelta) -> str:
        """A span in its largest unit."""
        minutes = max(0, int(span.total_seconds() // 60))
        if minutes < 60:
            return self._words.say("span-minutes", count=minutes)
        if minutes < 48 * 60:
            return self._words.say("span-hours", count=minutes // 60)
        return self._words.say("span-days", count=minutes // (24 * 60))

    def left(self, span: timedelta) -> str:
        """What is left of a window: `3 h 20`."""
        minutes = max(0, int(span.total_seconds() // 60))
        return self._words.say("span-left", hours=minutes // 60, minutes=f"{minutes % 60:02}")

    def _marked(self, at: datetime, shown: str) -> Markup:
        whole = format_datetime(
            at.astimezone(MOROCCO), "EEEE d MMMM yyyy HH:mm", tzinfo=MOROCCO, locale=self._locale
        )
        return Markup('<time datetime="{}" title="{}">{}</time>').format(
            at.isoformat(timespec="seconds"), whole, shown
        )
