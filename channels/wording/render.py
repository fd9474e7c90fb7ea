"""From a reply's key and arguments to words in a variety.

Arguments are strings, integers, or tagged objects that only get their words here, since only here the
variety is known:

    {"$": "term", "set": "topic", "value": "it_support"}         the message topic-it_support
    {"$": "terms", "set": "city", "values": ["fes", "sale"]}     several, as a list is said
    {"$": "text", "by": {"fr": "...", "ar": "..."}}              data that exists in some languages
    {"$": "date", "value": "2026-12-01"}    {"$": "duration", "value": "PT20H"}
    {"$": "lines", "items": [...]}          {"$": "parts", "items": [...]}
    {"$": "reply", "reply": key, "args": {...}}
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date

from channels.contract.messages import FULL, SMS, Form, Option
from channels.wording.bidi import Direction, isolate
from channels.wording.segments import gsm7_fold
from channels.wording.short import short_link, short_title
from channels.wording.words import RIGHT_TO_LEFT, MissingValueError, Words
from store.conversations.replies import Reply
from store.core.durations import Amount, parse_duration

log = logging.getLogger(__name__)

MORE = "menu-more"
BRIEF = "brief"
"""The form of a message that takes the place of that for SMS where it saves a segment: for company, mostly."""

#: How an SMS is made shorter, step by step: whether its words are brief, and how much of a title is told.
_SHORTER: tuple[tuple[bool, float], ...] = (
    (False, 0.8),
    *((True, share / 100) for share in range(100, 35, -5)),
)

#: Where a course is told by its whole title, by SMS too.
_WHOLE = frozenset({"course-page.course", "course-page-past.course"})

# Who understands what is written for whom, nearest first: for the day a key is missing in one variety.
_NEXT_BEST: Mapping[str, tuple[str, ...]] = {
    "ar": ("ary", "fr", "ary-Latn"),
    "ary": ("ar", "fr", "ary-Latn"),
    "ary-Latn": ("fr", "ary", "ar"),
    "fr": ("ary-Latn", "ar", "ary"),
}
_DATA_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "ar": ("ar", "ary", "fr", "en"),
    "ary": ("ary", "ar", "fr", "en"),
    "ary-Latn": ("ary-Latn", "fr", "en", "ar"),
    "fr": ("fr", "en", "ar"),
}
_DATE_LOCALES: Mapping[str, str] = {"ar": "ar_MA", "ary": "ar_MA", "ary-Latn": "fr", "fr": "fr"}


class RenderError(Exception):
    """A reply cannot be put into words. The message names keys and arguments, never their values."""


@dataclass(frozen=True)
class RenderedReply:
    """A reply in words. `variety` is the one asked for; `more` the words that offer the rest of a long menu by SMS.

    `shorter` says the same once more, in ever shorter forms, for an SMS that may save a segment.
    """

    text: str
    options: tuple[Option, ...]
    variety: str
    more: str = ""
    shorter: "Callable[[], Iterator[RenderedReply]]" = field(default=lambda: iter(()), compare=False)


@dataclass(frozen=True)
class _Setting:
    variety: str
    form: Form
    isolates: bool
    brief: bool = False
    share: float = 1.0

    @property
    def forms(self) -> tuple[str, ...]:
        return () if self.form != SMS else (BRIEF, SMS) if self.brief else (SMS,)

    @property
    def direction(self) -> Direction:
        return "rtl" if self.variety in RIGHT_TO_LEFT else "ltr"


class Renderer:
    """Puts replies into words.

    With `strict` (tests) a missing key or argument raises RenderError. Without, another variety is used and
    the key is logged as an error; RenderError is then left for a key that no variety has.
    """

    def __init__(self, replies_folder: Path, *, strict: bool = False) -> None:
        self._words = Words(replies_folder)
        self._strict = strict

    def render(
        self, reply: Reply, variety: str, form: Form = FULL, *, isolates: bool = True
    ) -> RenderedReply:
        """The reply and its options. `isolates`: whether the channel keeps bidi isolates; SMS never carries
        them.
        """
        setting = _Setting(variety, form, isolates and form != SMS)
        text = self._rendered(reply, setting)
        if form != SMS:
            return text

        def shorter() -> Iterator[RenderedReply]:
            for brief, share in _SHORTER:
                yield self._rendered(reply, replace(setting, brief=brief, share=share))

        return replace(text, shorter=shorter)

    def _rendered(self, reply: Reply, setting: _Setting) -> RenderedReply:
        text = _tidy(self._say(reply.key, reply.args, setting))
        options = tuple(self._option(option, setting) for option in reply.options)
        if setting.form != SMS:
            return RenderedReply(text, options, setting.variety)
        return RenderedReply(gsm7_fold(text), options, setting.variety, self._more(setting.variety))

    def knows(self, key: str) -> bool:
        """Whether some variety has this key."""
        return any(self._words.find(key, variety) for variety in self._words.varieties)

    def _more(self, variety: str) -> str:
        phrase = self._words.find(MORE, variety, SMS)
        return "" if phrase is None else gsm7_fold(phrase.fill({}))

    def _option(self, option: Mapping[str, Any], setting: _Setting) -> Option:
        # A title is short and stands alone: isolates would only eat its length.
        plain = replace(setting, isolates=False)
        text = self._say(_key(option, "title_key"), option.get("title_args") or {}, plain)
        title = " ".join(text.split())
        return Option(
            id=str(option["id"]),
            title=gsm7_fold(title) if setting.form == SMS else title,
            intent=str(option["intent"]),
            entities=tuple(option.get("entities") or ()),
            in_text=bool(option.get("in_text")),
        )

    def _say(self, key: str, args: Mapping[str, Any], setting: _Setting) -> str:
        problem = f"{key}: no such key"
        for each in self._settings(setting):
            phrase = self._words.find(key, each.variety, *each.forms)
            if phrase is None:
                problem = f"{key}: missing in {each.variety}"
            else:
                try:
                    return phrase.fill(self._resolved(key, args, each))
                except MissingValueError as missing:
                    problem = str(missing)
            if self._strict:
                raise RenderError(problem)
            log.error("reply not rendered, trying the next variety: %s", problem)
        raise RenderError(problem)

    def _settings(self, setting: _Setting) -> Iterator[_Setting]:
        yield setting
        for variety in _NEXT_BEST.get(setting.variety, tuple(_NEXT_BEST)):
            yield replace(setting, variety=variety)

    def _resolved(self, key: str, args: Mapping[str, Any], setting: _Setting) -> dict[str, Any]:
        return {name: self._value(value, setting, f"{key}.{name}") for name, value in args.items()}

    def _value(self, value: Any, setting: _Setting, where: str) -> str | int | float:
        match value:
            case bool():
                raise RenderError(f"{where}: a yes or no has no words")
            case int() | float():
                return value
            case str():
                text = short_link(value) if setting.form == SMS else value
                return _isolated(text, setting)
        return self._tagged(value, setting, where)

    def _tagged(self, value: Any, setting: _Setting, where: str) -> str:
        match value:
            case {"$": "term", "set": str(group), "value": term}:
                return self._term(group, term, setting)
            case {"$": "terms", "set": str(group), "values": [*terms]}:
                return self._listed([self._term(group, term, setting) for term in terms], setting)
            case {"$": "text", "by": dict(by)}:
                text = _best(by, setting.variety, where)
                shortens = setting.form == SMS and where.endswith(".course") and where not in _WHOLE
                return _isolated(short_title(text, setting.share) if shortens else text, setting)
            case {"$": "date", "value": str(day)}:
                return _date(day, setting, where)
            case {"$": "duration", "value": str(duration)}:
                return self._duration(duration, setting, where)
            case {"$": "lines", "items": [*items]}:
                return "\n".join(filter(None, self._items(items, setting, where)))
            case {"$": "parts", "items": [*items]}:
                return " · ".join(filter(None, self._items(items, setting, where)))
            case {"$": "reply", "reply": str(key)}:
                return self._say(key, value.get("args") or {}, setting)
        raise RenderError(f"{where}: not a value that has words")

    def _items(self, items: Sequence[Any], setting: _Setting, where: str) -> Iterator[str]:
        for item in items:
            if isinstance(item, Mapping) and "reply" in item:
                yield self._say(_key(item, "reply"), item.get("args") or {}, setting)
            else:
                yield str(self._value(item, setting, where))

    def _term(self, group: str, value: Any, setting: _Setting) -> str:
        try:
            return _isolated(self._say(f"{group}-{value}", {}, setting), setting)
        except RenderError:
            if self._strict:
                raise
            return _isolated(str(value).replace("_", " "), setting)

    def _listed(self, items: Sequence[str], setting: _Setting) -> str:
        if len(items) < 2:
            return "".join(items)
        start, bare = items[0], _bare(setting)
        for item in items[1:-1]:
            start = self._say("list-next", {"start": start, "item": item}, bare)
        return self._say("list-last", {"start": start, "item": items[-1]}, bare)

    def _duration(self, text: str, setting: _Setting, where: str) -> str:
        try:
            ends = [self._amounts(amounts, setting) for amounts in parse_duration(text)]
        except ValueError as error:
            raise RenderError(f"{where}: {error}") from None
        if len(ends) == 1:
            return ends[0]
        return self._say("duration-range", {"from": ends[0], "to": ends[1]}, _bare(setting))

    def _amounts(self, amounts: Sequence[Amount], setting: _Setting) -> str:
        text = [self._say(f"duration-{amount.unit}", {"count": amount.count}, setting) for amount in amounts]
        return self._listed(text, setting)


def _bare(setting: _Setting) -> _Setting:
    """For arguments that are already in words of this variety and isolated as they need."""
    return replace(setting, isolates=False)


def _isolated(text: str, setting: _Setting) -> str:
    return isolate(text, setting.direction) if setting.isolates else text


def _best(by: Mapping[str, Any], variety: str, where: str) -> str:
    for language in (*_DATA_LANGUAGES.get(variety, ()), *sorted(by)):
        if text := by.get(language):
            return str(text)
    raise RenderError(f"{where}: no text in any language")


def _date(text: str, setting: _Setting, where: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RenderError(f"{where}: not a date") from None
    locale = _DATE_LOCALES.get(setting.variety, "fr")
    text = format_date(day, "long", locale=locale)
    # French says "1er décembre"; CLDR's pattern does not know the ordinal.
    return text.replace("1 ", "1er ", 1) if locale == "fr" and day.day == 1 else text


def _key(mapping: Mapping[str, Any], name: str) -> str:
    key = mapping.get(name)
    if not isinstance(key, str):
        raise RenderError(f"a reply without its {name}")
    return key


def _tidy(text: str) -> str:
    """No blank ends of lines, and no empty line where an argument was empty."""
    return re.sub(r"\n{2,}", "\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()
