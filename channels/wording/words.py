"""The words of every variety, read from Fluent files: `<folder>/<variety>/<topic>.ftl`.

A message is found by its key; an attribute is another form of it (`.sms`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

#: CLDR has no Darija: in both scripts it counts as Arabic does (one, two, few, many), with the digits used
#: in Morocco.
from store.core.vocabulary import VARIETIES

LOCALES: Mapping[str, str] = {"ar": "ar-MA", "ary": "ar-MA", "ary-Latn": "ar-MA", "fr": "fr-MA"}

RIGHT_TO_LEFT = frozenset({"ar", "ary"})


class WordsError(Exception):
    """A file of words cannot be read as it is: the message names the file, the line and what is wrong."""


class MissingValueError(Exception):
    """A message asks for an argument it was not given. Holds the key and what Fluent says, never a text."""


@dataclass(frozen=True)
class Phrase:
    """One form of one message, ready to be filled in."""

    key: str
    fill: Callable[[Mapping[str, Any]], str]


class Words:
    """Every message of every variety found under a folder."""

    def __init__(self, folder: Path) -> None:
        """Read `folder/<variety>/*.ftl`. Raises WordsError for a syntax error, a key given twice or an
        unknown variety.
        """
        found = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        unknown = [name for name in found if name not in VARIETIES]
        if not found or unknown:
            expected = ", ".join(VARIETIES)
            raise WordsError(f"{folder}: expected folders named {expected}, found {found or 'none'}")
        self._bundles = {variety: _read(folder / variety, LOCALES[variety]) for variety in found}

    @property
    def varieties(self) -> tuple[str, ...]:
        return tuple(self._bundles)

    def find(self, key: str, variety: str, *attributes: str) -> Phrase | None:
        """The message `key`, in the first of the forms named by `attributes` that it has; None if the variety
        lacks it.
        """
        bundle = self._bundles.get(variety)
        if bundle is None or not bundle.has_message(key):
            return None
        message = bundle.get_message(key)
        forms = (message.attributes.get(attribute) for attribute in attributes)
        pattern = next((form for form in forms if form is not None), message.value)
        if pattern is None:
            return None

        def fill(arguments: Mapping[str, Any]) -> str:
            text, errors = bundle.format_pattern(pattern, dict(arguments))
            if errors:
                raise MissingValueError(f"{key} ({variety}): {errors[0]}")
            return str(text)

        return Phrase(key, fill)


def _read(folder: Path, locale: str) -> FluentBundle:
    bundle = FluentBundle([locale], use_isolating=False)  # the renderer isolates, and only where it is needed
    homes: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ftl")):
        source = path.read_text(encoding="utf-8")
        resource = FluentParser().parse(source)
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise WordsError(f"{path}:{_line(source, entry)}: {_problem(entry)}")
            if isinstance(entry, ast.Message | ast.Term):
                key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
                if key in homes:
                    raise WordsError(f"{path}:{_line(source, entry)}: {key} is already in {homes[key].name}")
                homes[key] = path
        bundle.add_resource(resource)
    return bundle


def _line(source: str, entry: ast.BaseNode) -> int:
    span = getattr(entry, "span", None)
    return source.count("\n", 0, span.start) + 1 if span else 1


def _problem(junk: ast.Junk) -> str:
    return "; ".join(str(note.message) for note in junk.annotations or []) or "not Fluent"
