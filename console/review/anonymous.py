"""A message without what would tell who wrote it: names, numbers and addresses give way to stand-ins.

Names are those known of the person, in any script, and what follows "my name is". Digits become zeros and keep their
number and places, so that a line looks as people write it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from console.review.notation import Line, Span, apart, without_signs
from store.inbox.search_index import IndexWords

_WORD = re.compile(r"[^\W_]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w{3,}")
_REFERENCE = re.compile(r"\bTK-?[0-9A-Z]{5}\b", re.IGNORECASE)
#: A Moroccan identity number: one or two letters and five or six digits.
_IDENTITY = re.compile(r"(?<!\w)[A-Za-z]{1,2}[ -]?\d{5,6}(?!\w)")
#: Digits that belong together although people part them: a telephone number, an account, a date of birth.
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[ .\-/()]{0,3}\d){4,}")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
#: Folded names shorter than this are many words' skeleton: those must be written as they are known.
_TELLING = 3
#: So many words after "my name is" may be the name.
_NAME_WORDS = 3


@dataclass(frozen=True)
class Anonymous:
    """What gives a person away, and what stands instead.

    `stand_ins`: `latin` and `arabic` for names, `email`, `link`, `handle`, `reference`. `openers`: what is said before
    one's name. `everyday`: whether a word is an everyday one, and so no name.
    """

    index_words: IndexWords
    stand_ins: Mapping[str, str]
    openers: Sequence[str] = ()
    everyday: Callable[[str], bool] = field(default=lambda _: False)

    def text(self, message: str, names: Iterable[str | None]) -> str:
        """A text made anonymous, on one line."""
        return self.line(message, (), names).text

    def line(self, message: str, spans: Sequence[Span], names: Iterable[str | None]) -> Line:
        """A text made anonymous, with the entities that are not touched by it."""
        message = without_signs(message)
        instead = apart([*self._numbers(message), *self._names(message, names, spans)])
        kept = [span for span in apart(spans) if not any(_touch(span, each) for each in instead)]
        return _put(message, instead, kept)

    def _numbers(self, message: str) -> Iterator[Span]:
        for pattern, stand_in in (
            (_EMAIL, "email"),
            (_LINK, "link"),
            (_HANDLE, "handle"),
            (_REFERENCE, "reference"),
        ):
            yield from (_instead(found, self.stand_ins[stand_in]) for found in pattern.finditer(message))
        for found in _IDENTITY.finditer(message):
            yield _instead(found, re.sub(r"\d", "0", re.sub(r"[A-Za-z]", "A", found[0])))
        for found in _NUMBER.finditer(message):
            yield _instead(found, re.sub(r"\d", "0", found[0]))

    def _names(self, message: str, names: Iterable[str | None], spans: Sequence[Span]) -> Iterator[Span]:
        known = self._known(names)
        found = [word for word in _WORD.finditer(message) if self._is_name(word[0], known)]
        found += self._introduced(message, spans)
        for first, last in _runs(message, sorted({(word.start(), word.end()) for word in found})):
            script = "arabic" if _ARABIC.search(message[first:last]) else "latin"
            yield Span(first, last, "", self.stand_ins[script])

    def _known(self, names: Iterable[str | None]) -> set[str]:
        words = {word[0].casefold() for name in names if name for word in _WORD.finditer(name)}
        words = {word for word in words if len(word) > 1 and not word.isdecimal()}
        folded = {form for word in words for form in self._folded(word)}
        return words | folded

    def _is_name(self, word: str, known: set[str]) -> bool:
        return word.casefold() in known or (
            not self.everyday(word) and not known.isdisjoint(self._folded(word))
        )

    def _folded(self, word: str) -> set[str]:
        """What a word is found by, with and without an article."""
        return {form for forms in self.index_words(word) for form in forms if len(form) >= _TELLING}

    def _introduced(self, message: str, spans: Sequence[Span]) -> Iterator[re.Match[str]]:
        """The words after "my name is", as far as they may be a name."""
        if not self.openers:
            return
        opener = "|".join(
            r"\s+".join(re.escape(word).replace("'", "['’]") for word in each.split())
            for each in sorted(self.openers, key=len, reverse=True)
        )
        for found in re.finditer(rf"(?<!\w)(?:{opener})(?!\w)\s*", message, re.IGNORECASE):
            at = found.end()
            for _ in range(_NAME_WORDS):
                word = _WORD.match(message, at)
                if word is None or len(word[0]) < 2 or word[0].isdecimal() or self.everyday(word[0]):
                    break
                if any(span.start < word.end() and word.start() < span.end for span in spans):
                    break
                yield word
                gap = re.compile(r"[ \-]{1,2}").match(message, word.end())
                if gap is None:
                    break
                at = gap.end()


def _instead(found: re.Match[str], stand_in: str) -> Span:
    return Span(found.start(), found.end(), "", stand_in)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _runs(message: str, words: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Words with nothing but spaces between them, taken together: a first and a last name are one name."""
    run: tuple[int, int] | None = None
    for start, end in words:
        if run is not None and not message[run[1] : start].strip(" -"):
            run = (run[0], max(run[1], end))
            continue
        if run is not None:
            yield run
        run = (start, end)
    if run is not None:
        yield run


def _put(message: str, instead: Sequence[Span], kept: Sequence[Span]) -> Line:
    """The text with the stand-ins, on one line, the entities moved along."""
    text, spans = "", []
    at = 0
    for span in sorted([*instead, *kept], key=lambda each: each.start):
        text = _joined(text, message[at : span.start])
        words = " ".join((span.value if span in instead else message[span.start : span.end]).split())
        if span in kept and words:
            spans.append(Span(len(text), len(text) + len(words), span.entity, span.value))
        text += words
        at = span.end
    return _trimmed(_joined(text, message[at:]), spans)


def _joined(text: str, more: str) -> str:
    spaced = re.sub(r"\s+", " ", more)
    return text + (spaced.lstrip() if text.endswith(" ") or not text else spaced)


def _trimmed(text: str, spans: list[Span]) -> Line:
    return Line(text.rstrip(), tuple(spans))
