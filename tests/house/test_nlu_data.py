"""The lines that teach the understanding: enough of them, no two alike, none under two intents, all values known."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bot.nlu.folding import fold, plain
from tests.values import VALUES

ROOT = Path(__file__).resolve().parents[2]
LINES = ROOT / "data" / "nlu"
VARIETIES = ("ar", "ary", "ary-Latn", "fr")
FEWEST = 25
A_FEW_WORDS = 3
_MARK = re.compile(r'\[(?P<words>[^\]]+)\]\{"entity": "(?P<entity>\w+)", "value": "(?P<value>[^"]+)"\}')
_PHONE = re.compile(r"(?:\+212|00212|\b0)[\s.-]?[5-7](?:[\s.-]?\d){8}")
_DURATION = re.compile(r"short|long|P(?:\d+[DWMY]|T\d+[HM])+")


class Line(NamedTuple):
    """One line as written, and where."""

    place: str
    intent: str
    marked: str

    @property
    def text(self) -> str:
        return _MARK.sub(lambda mark: mark["words"], self.marked)


@cache
def lines(variety: str) -> tuple[Line, ...]:
    return tuple(_read(variety))


def _read(variety: str) -> Iterator[Line]:
    for path in sorted((LINES / variety).glob("*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.startswith("      - "):
                yield Line(f"{path.relative_to(ROOT)}:{number}", path.stem, line[8:])


def intents() -> set[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {name for entry in domain["intents"] for name in entry}


@pytest.mark.parametrize("variety", VARIETIES)
def test_every_intent_has_enough_lines(variety: str) -> None:
    counted = {intent: sum(line.intent == intent for line in lines(variety)) for intent in intents()}
    few = {intent: count for intent, count in counted.items() if count < FEWEST}
    assert not few, f"{variety}: fewer than {FEWEST} lines: {few}"
    assert {line.intent for line in lines(variety)} == intents()


@pytest.mark.parametrize("variety", VARIETIES)
def test_no_message_is_under_two_intents_or_twice_under_one(variety: str) -> None:
    seen: dict[str, Line] = {}
    for line in lines(variety):
        said = plain(line.text)
        if not said:  # emoji alone
            continue
        assert said not in seen, f"{line.place} says {line.text!r} as {seen[said].place} does: keep one"
        seen[said] = line


@pytest.mark.parametrize("variety", VARIETIES)
def test_no_line_is_another_in_a_new_spelling(variety: str) -> None:
    seen: dict[str, Line] = {}
    for line in lines(variety):
        skeleton = fold(line.text)
        if len(skeleton.split()) < A_FEW_WORDS:
            continue
        assert skeleton not in seen, (
            f"{line.place} repeats {seen[skeleton].place} in a new spelling: keep one"
        )
        seen[skeleton] = line


@pytest.mark.parametrize("variety", VARIETIES)
def test_entities_have_known_values(variety: str) -> None:
    for line in lines(variety):
        for mark in _MARK.finditer(line.marked):
            entity, value = mark["entity"], mark["value"]
            if entity == "ordinal":
                known = value.removeprefix("-").isdecimal()
            elif entity == "duration":
                known = _DURATION.fullmatch(value) is not None
            else:
                known = value in VALUES.get(entity, ())
            assert known, f"{line.place}: {entity} has no value {value!r}"
        assert not {"[", "]", "{", "}"} & set(line.text), f"{line.place}: a mark is not closed"


@pytest.mark.parametrize("variety", VARIETIES)
def test_nobody_can_be_rung_up(variety: str) -> None:
    assert not [line.place for line in lines(variety) if _PHONE.search(line.text)]
