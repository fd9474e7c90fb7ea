"""docs/glossary.md holds: no identifier, module or column has a word that the glossary gives another term for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_imports import OURS, ROOT, sources

GLOSSARY = ROOT / "docs" / "glossary.md"
HISTORY = ROOT / "store" / "migrations" / "versions"
_ROW = re.compile(r"^\| (?P<term>[^|]+?) \| (?P<meaning>[^|]+?) \| (?P<instead>[^|]*?) ?\|$", re.MULTILINE)
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


def avoided() -> dict[str, str]:
    """Each word that is not used, and the term that is; a word in italics is avoided in talk only."""
    return {
        word.strip(): row["term"]
        for row in _ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))
        if row["term"] not in ("term", "---")
        for word in row["instead"].split(",")
        if word.strip() and not word.strip().startswith("*")
    }


def identifiers(path: Path) -> Iterator[tuple[int, str]]:
    """Names that a module gives, each with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case (
                ast.arg(arg=name)
                | ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
            ):
                yield node.lineno, name
            case ast.alias(asname=str(name)):
                yield node.lineno, name


def words_of(name: str) -> str:
    """A name as words between blanks: `last_said_at` and `LastSaidAt` are " last said at ". Held-out data is a term."""
    return f" {' '.join(part.lower() for part in _PART.findall(name))} ".replace(" held out ", " heldout ")


@pytest.mark.parametrize("package", OURS)
def test_names_use_the_glossary_s_terms(package: str) -> None:
    words = {f" {word} ": (word, term) for word, term in avoided().items()}
    found = []
    for path in sources(package):
        if HISTORY in path.parents:
            continue
        named = [(1, path.stem), *identifiers(path)]
        for line, name in named:
            spelt = words_of(name)
            found += [
                f"{path.relative_to(ROOT)}:{line} {name}: not {word!r} but {term!r}"
                for shape, (word, term) in words.items()
                if shape in spelt
            ]
    assert not found, "\n".join(found)


def test_the_glossary_names_words_to_avoid() -> None:
    assert {"door", "held", "said"} <= avoided().keys()


def test_words_are_found_in_any_spelling() -> None:
    assert words_of("lastSaidAt") == words_of("last_said_at") == words_of("LAST_SAID_AT") == " last said at "
