"""The console's words, in French and Arabic: `data/console/<language>/<page group>.ftl`, and the names of values."""

import logging
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

log = logging.getLogger(__name__)

LANGUAGES = ("fr", "ar")
#: CLDR's plurals for each, with the digits used in Morocco.
LOCALES = {"fr": "fr-MA", "ar": "ar-MA"}
DIRECTIONS = {"fr": "ltr", "ar": "rtl"}
#: The names of values (topics, cities, states ...) are those the assistant uses.
_TERMS = "terms.ftl"


class WordsError(ValueError):
    """The words of the two languages are not the same, or not Fluent; the text says which."""


class Words:
    """The words of one language."""

    def __init__(self, language: str, paths: Iterable[Path]) -> None:
        self.language = language
        self.direction = DIRECTIONS[language]
        self._bundle = FluentBundle([LOCALES[language]], use_isolating=False)
        self.keys: set[str] = set()
        for path in paths:
            resource = FluentParser().parse(path.read_text(encoding="utf-8"))
            for key in _keys(path, resource):
                if key in self.keys:
                    raise WordsError(f"{path}: {key} is said twice")
                self.keys.add(key)
            self._bundle.add_resource(resource)

    def say(self, key: str, **values: str | int | float) -> str:
        """The words of a key. Raises WordsError for a key that has none, or a value that is missing."""
        if key not in self.keys:
            raise WordsError(f"{self.language}: no words for {key}")
        pattern = self._bundle.get_message(key).value
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise WordsError(f"{self.language}: {key}: {errors[0]}")
        return str(text)

    def name(self, of: str, value: str | None) -> str:
        """The name of a value, `name("city", "fes")`; the value itself, without underscores, where it has none."""
        if not value:
            return ""
        key = f"{of}-{value}"
        return self.say(key) if key in self.keys else value.replace("_", " ")


class AllWords:
    """The words of both languages, which have the same keys."""

    def __init__(self, folder: Path, terms: Path) -> None:
        """Raises WordsError where one language lacks what the other says."""
        self._folder, self._terms = folder, terms
        first, second = (set(self.of(language).keys) for language in LANGUAGES)
        if first != second:
            raise WordsError(f"{folder}: in one language only: {', '.join(sorted(first ^ second))}")

    def of(self, language: str) -> Words:
        return self._read[language]

    @cached_property
    def _read(self) -> dict[str, Words]:
        return {
            language: Words(
                language,
                [*sorted((self._folder / language).glob("*.ftl")), self._terms / language / _TERMS],
            )
            for language in LANGUAGES
        }


@cache
def read_words(folder: Path, terms: Path) -> AllWords:
    """As `AllWords`, read once a process."""
    return AllWords(folder, terms)


def _keys(path: Path, resource: ast.Resource) -> Iterator[str]:
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            raise WordsError(f"{path}: {entry.content[:40]!r} is not Fluent")
        if isinstance(entry, ast.Message):
            yield entry.id.name


def preferred_language(accepted: str) -> str:
    """Arabic where a browser asks for it before French, French otherwise."""
    wanted = [part.partition(";")[0].strip()[:2].lower() for part in accepted.split(",")]
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])
