"""Every reply key in every variety, with the same arguments; every key the code says exists; SMS forms where needed."""

import ast
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from tests.values import VALUES

ROOT = Path(__file__).resolve().parents[2]
REPLIES = ROOT / "data" / "replies"
VARIETIES = ("ar", "ary", "ary-Latn", "fr")
REFERENCE = "fr"
BUTTON = 24
"""The longest title a WhatsApp list row carries; buttons of 20 are cut by the channel with an ellipsis."""


class _Arguments(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def messages(variety: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for path in sorted((REPLIES / variety).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), (
                f"{path.relative_to(ROOT)}: {entry.content!r} is not Fluent"
            )
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path.relative_to(ROOT)}: {entry.id.name} is said twice"
                found[entry.id.name] = entry
    return found


def arguments_of(message: ftl.Message) -> set[str]:
    visitor = _Arguments()
    if message.value is not None:
        visitor.visit(message.value)
    return visitor.names


@pytest.mark.parametrize("variety", VARIETIES)
def test_every_variety_says_everything(variety: str) -> None:
    missing = set(messages(REFERENCE)) - set(messages(variety))
    extra = set(messages(variety)) - set(messages(REFERENCE))
    assert not missing, f"data/replies/{variety} lacks {sorted(missing)}: translate them"
    assert not extra, (
        f"data/replies/{variety} has {sorted(extra)} that {REFERENCE} lacks: remove or add there"
    )


@pytest.mark.parametrize("variety", VARIETIES)
def test_replies_use_the_same_arguments(variety: str) -> None:
    for key, message in messages(variety).items():
        expected = arguments_of(messages(REFERENCE)[key])
        assert arguments_of(message) == expected, (
            f"{variety}: {key} uses {arguments_of(message)}, not {expected}"
        )


@pytest.mark.parametrize("variety", VARIETIES)
def test_an_sms_form_uses_no_other_arguments(variety: str) -> None:
    for key, message in messages(variety).items():
        for attribute in message.attributes:
            visitor = _Arguments()
            visitor.visit(attribute.value)
            assert visitor.names <= arguments_of(messages(REFERENCE)[key]), (
                f"{variety}: {key}.{attribute.id.name}"
            )


def said_keys() -> Iterator[tuple[str, str]]:
    """(file, key) for each literal key that the code says, offers or nests."""
    callers = {"say": 0, "reply": 0, "Option": 0}
    for package in ("actions", "channels"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in callers:
                    for constant in _constants(node.args[callers[name]]):
                        yield str(path.relative_to(ROOT)), constant


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def test_every_key_said_in_the_code_has_words() -> None:
    known = messages(REFERENCE)
    keys = list(said_keys())
    assert len(keys) > 100
    for path, key in keys:
        assert key in known, f"{path} says {key!r}, which data/replies/{REFERENCE} does not have"


SETS = {name: values for name, values in VALUES.items() if name != "certificate"}


@pytest.mark.parametrize("of", SETS)
def test_every_canonical_value_has_a_word(of: str) -> None:
    for value in SETS[of]:
        assert f"{of}-{value}" in messages(REFERENCE), (
            f"data/replies/{REFERENCE}/terms.ftl lacks {of}-{value}"
        )


@pytest.mark.parametrize("variety", VARIETIES)
def test_titles_of_choices_fit_a_list_row(variety: str) -> None:
    for key, message in messages(variety).items():
        if key == "option-expired":
            continue  # not a title: said when a choice tapped is no longer there
        if key.startswith(("option-", "reading-")) and not arguments_of(message):
            title = "".join(e.value for e in message.value.elements if isinstance(e, ftl.TextElement))
            assert len(title) <= BUTTON, f"{variety}: {key} has {len(title)} letters, at most {BUTTON} fit"


def test_consent_wording_changes_only_with_its_version() -> None:
    """A person agreed to words: other words are another version."""
    purposes = json.loads((ROOT / "data" / "consent.json").read_text(encoding="utf-8"))
    for purpose, entry in purposes.items():
        for variety in VARIETIES:
            message = messages(variety)[entry["key"]]
            digest = hashlib.sha256(_source(message).encode()).hexdigest()[:16]
            assert entry["wording"].get(variety) == digest, (
                f"{purpose}: {entry['key']} in {variety} is not the wording of version {entry['version']}. "
                f"Give data/consent.json a new version and, for {variety}, the digest {digest}"
            )


def _source(message: ftl.Message) -> str:
    from fluent.syntax import FluentSerializer

    return FluentSerializer().serialize_entry(message)
