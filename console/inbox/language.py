"""The filter language of the inbox, as typed in its search field and kept in addresses and saved views.

    formation                     a word somewhere in the conversation, in any script
    "appel d'offre"               these words one after the other in one message
    form*                         words that begin so
    channel:sms,whatsapp          a field with one of these values
    -state:closed   not is:mine   not so
    conf<0.5   conf>=0.8          a message understood with less, or at least so much, confidence
    intent:register conf<0.6      written beside each other: of one and the same message
    after:2026-11-01 before:2026-12-01     by the day of the last message
    a b     a and b     a or b    (a or b) -c

Fields: state channel variety region city tag topic intent reply adviser is mentions after before conf.
`is:` takes mine unread unassigned fallback out-of-scope flagged media request registered urgent.
`mentions:me` are those where a note calls who looks, `mentions:new` those they have not read since.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from store.advisers.tags import written_tag
from store.core.vocabulary import CHANNELS, CITIES, TOPICS, VARIETIES
from store.inbox.filters import FLAGS, All, Any, Confidence, Day, Filter, Not, Where, Words

STATES = ("assistant", "waiting", "adviser", "closed")
LONGEST = 500
_DEEPEST = 20

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\))
    | (?P<minus>-)(?=\S)
    | (?P<field>[A-Za-z_]+)(?P<sign>:|<=?|>=?)(?P<value>"[^"]*"|[^\s()"]*)
    | "(?P<phrase>[^"]*)"
    | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
_CODE = re.compile(r"[a-z0-9_+ -]{1,60}", re.IGNORECASE)
_ACCEPTED: dict[str, Sequence[str]] = {
    "state": STATES,
    "channel": CHANNELS,
    "variety": VARIETIES,
    "city": CITIES,
    "topic": TOPICS,
    "is": FLAGS,
    "mentions": ("me", "new"),
}
FIELDS = (*_ACCEPTED, "region", "tag", "intent", "reply", "adviser", "after", "before", "conf")


class FilterProblem(ValueError):
    """A filter that cannot be read: a key of words with its values, to be told to who typed it."""

    def __init__(self, key: str, **values: str) -> None:
        self.key = key
        self.values = values
        super().__init__(f"{key} {values}")


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str = ""
    sign: str = ""
    value: str = ""


def parse_filter(typed: str) -> Filter:
    """What was typed, as a filter; nothing typed is met by all. Raises FilterProblem."""
    if len(typed) > LONGEST:
        raise FilterProblem("filter-too-long")
    parser = _Parser(list(_tokens(typed)))
    found = parser.either() if parser.tokens else All(())
    if parser.tokens:
        raise FilterProblem("filter-close-without-open")
    return found


def _tokens(typed: str) -> Iterator[_Token]:
    at, end = 0, len(typed.rstrip())
    while at < end:
        match = _TOKEN.match(typed, at)
        if match is None:
            raise FilterProblem("filter-quote-open")
        at = match.end()
        kind = match.lastgroup or ""
        if match["field"] is not None:
            yield _Token("field", match["field"].lower(), match["sign"], match["value"].strip('"'))
        elif match["phrase"] is not None:
            yield _Token("phrase", match["phrase"])
        elif kind == "word" and match["word"].lower() in ("and", "or", "not"):
            yield _Token(match["word"].lower())
        elif kind == "word":
            yield _Token("word", match["word"])
        else:
            yield _Token({"minus": "not"}.get(kind, kind))


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.depth = 0

    def _next_is(self, kind: str) -> bool:
        return bool(self.tokens) and self.tokens[0].kind == kind

    def either(self) -> Filter:
        items = [self._together()]
        while self._next_is("or"):
            self.tokens.pop(0)
            items.append(self._together())
        return items[0] if len(items) == 1 else Any(tuple(items))

    def _together(self) -> Filter:
        items: list[Filter] = []
        while self.tokens and self.tokens[0].kind not in ("or", "close"):
            if self._next_is("and"):
                self.tokens.pop(0)
                if not items or not self.tokens:
                    raise FilterProblem("filter-incomplete", word="and")
                continue
            items.append(self._one())
        if not items:
            raise FilterProblem("filter-incomplete", word="or")
        joined = _same_message(items)
        return joined[0] if len(joined) == 1 else All(tuple(joined))

    def _one(self) -> Filter:
        token = self.tokens.pop(0)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FilterProblem("filter-too-long")
        try:
            match token.kind:
                case "not":
                    if not self.tokens or self.tokens[0].kind in ("or", "and", "close"):
                        raise FilterProblem("filter-incomplete", word="not")
                    return Not(self._one())
                case "open":
                    inside = self.either()
                    if not self._next_is("close"):
                        raise FilterProblem("filter-open-without-close")
                    self.tokens.pop(0)
                    return inside
                case "phrase":
                    return Words(token.text, phrase=True)
                case "field":
                    return _field(token)
            return Words(token.text)
        finally:
            self.depth -= 1


def _same_message(items: list[Filter]) -> list[Filter]:
    """An intent and a confidence beside each other are of the same message."""
    intents = next((each.values for each in items if isinstance(each, Where) and each.field == "intent"), ())
    confident = any(isinstance(each, Confidence) for each in items)
    if not (intents and confident):
        return items
    kept = [each for each in items if not (isinstance(each, Where) and each.field == "intent")]
    return [
        Confidence(each.below, each.share, intents) if isinstance(each, Confidence) else each for each in kept
    ]


def _field(token: _Token) -> Filter:
    name, sign, value = token.text, token.sign, token.value
    if name not in FIELDS:
        raise FilterProblem("filter-no-such-field", field=name, fields=", ".join(FIELDS))
    if not value:
        raise FilterProblem("filter-no-value", field=name)
    if name == "conf":
        return _confidence(sign, value)
    if sign != ":":
        raise FilterProblem("filter-colon", field=name)
    if name in ("after", "before"):
        return _day(name, value)
    read: Callable[[str, str], str] = _value
    return Where(name, tuple(read(name, each.strip()) for each in value.split(",") if each.strip()))


def _value(field: str, value: str) -> str:
    if field in _ACCEPTED:
        wanted = value if field == "variety" else value.lower().replace(" ", "_")
        wanted = wanted.replace("_", "-") if field == "is" else wanted
        if wanted not in _ACCEPTED[field]:
            raise FilterProblem(
                "filter-no-such-value", field=field, value=value, values=", ".join(_ACCEPTED[field])
            )
        return wanted
    if field == "tag":
        return written_tag(value) or value
    if field in ("intent", "reply") and not _CODE.fullmatch(value):
        raise FilterProblem(
            "filter-no-such-value", field=field, value=value, values="find_course, register …"
        )
    return value


def _confidence(sign: str, value: str) -> Filter:
    try:
        share = float(value.replace(",", "."))
    except ValueError:
        raise FilterProblem("filter-confidence", value=value) from None
    if sign == ":" or not 0 <= share <= 1 or abs(share * 20 - round(share * 20)) > 1e-6:
        raise FilterProblem("filter-confidence", value=value)
    return Confidence(below=sign.startswith("<"), share=share)


def _day(name: str, value: str) -> Filter:
    try:
        return Day(date.fromisoformat(value), before=name == "before")
    except ValueError:
        raise FilterProblem("filter-date", value=value) from None
