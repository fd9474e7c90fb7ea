"""Numbers to call, lists of danger, and lines of answers and danger: enough of each, and none where it must not be."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from actions.confirmations import OFFERS
from actions.registry import ACTIONS
from bot.nlu.answers.examples import LABELS, QUESTIONS
from bot.nlu.answers.examples import read_examples as read_answers
from bot.nlu.danger.examples import CONCERN, DANGER, HARMLESS, KIND_OF, read_examples
from bot.nlu.danger.phrases import read_phrases
from bot.nlu.folding import plain
from channels.steps.danger import _BESIDES, _FIRST
from store.catalogue.helplines import read_helplines
from takwin.compose.steps import danger
from tests.house.test_replies import messages

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
KEPT_APART = ROOT / "benchmarks" / "harms" / "sets"
VARIETIES = ("ar", "ary", "ary-Latn", "fr")
HELPLINES = read_helplines(DATA / "places" / "helplines.csv")
FEWEST_ANSWERS = 60
FEWEST_OF_A_CATEGORY = 25
#: Not the digits that are letters of Darija.
_NUMBER = re.compile(r"(?<!\w)\d+(?:[ .-]\d+)*(?!\w)")
_MARK = re.compile(r'\[(?P<words>[^\]]+)\]\{"entity"[^}]*\}')


class _Texts(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
        self.found.append(node.value)


def texts_of(message: ftl.Message) -> list[str]:
    """All that a message writes out, in any of its forms."""
    visitor = _Texts()
    visitor.visit(message)
    return visitor.found


def numbers(text: str) -> set[str]:
    """The numbers in a text, in the digits that are dialled."""
    return {"".join(str(int(each)) for each in found if each.isdigit()) for found in _NUMBER.findall(text)}


@pytest.mark.parametrize("variety", VARIETIES)
def test_no_reply_of_danger_writes_a_number_out(variety: str) -> None:
    for key, message in messages(variety).items():
        if key.startswith(("danger-", "concern")):
            assert not numbers(" ".join(texts_of(message))), (
                f"{variety}: {key}: give the number as an argument"
            )


@pytest.mark.parametrize("variety", VARIETIES)
def test_no_reply_writes_a_number_to_call_out(variety: str) -> None:
    known = {each.number for each in HELPLINES}
    for key, message in messages(variety).items():
        said = set().union(*(numbers(text) for text in texts_of(message)))
        to_call = {each for each in said if len(each) > 2 and (each in known or len(each) >= 5)}
        assert not to_call, (
            f"{variety}: {key} writes {sorted(to_call)}: it stands in data/places/helplines.csv"
        )


def test_the_numbers_that_are_told_are_in_the_data() -> None:
    services = {each.service for each in HELPLINES}
    assert {*_FIRST, *_BESIDES} <= services


@pytest.mark.parametrize("variety", VARIETIES)
def test_each_variety_has_its_phrases_of_danger(variety: str) -> None:
    file = DATA / "words" / "danger" / f"{variety}.txt"
    lines = [line.split("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines()]
    phrases = [line for line in lines if line]
    assert len(phrases) >= 50
    assert all(map(plain, phrases))
    short = [phrase for phrase in phrases if len(plain(phrase)) < 4]
    assert not short, f"{file.name}: {short} stand in many harmless messages"


def test_what_the_app_and_the_engine_take_for_danger_is_one_list() -> None:
    listed = danger()
    for phrase in read_phrases(DATA / "words" / "danger"):
        assert listed.listed(plain(phrase)) is not None, phrase


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("variety", VARIETIES)
def test_each_question_has_enough_answers_and_half_of_them_are_no_yes(variety: str, question: str) -> None:
    found = Counter(
        each.label
        for each in read_answers(DATA / "answers")
        if (each.variety, each.question) == (variety, question)
    )
    assert set(found) == set(LABELS)
    assert found.total() >= FEWEST_ANSWERS
    assert 2 * (found["neither"] + found["no"]) >= found.total(), f"{variety}, {question}: {dict(found)}"


def test_no_answer_is_under_two_labels_of_a_question() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for each in read_answers(DATA / "answers"):
        if not plain(each.text) or _marked(each.text):
            continue
        label = seen.setdefault((each.variety, each.question, plain(each.text)), each.label)
        assert label == each.label, f"{each}: it is {label} too"


def _marked(text: str) -> bool:
    """Whether a mark or an emoji says what the words do not."""
    return any(not (each.isalnum() or each.isspace() or each in ".,!'،’-") for each in text)


@pytest.mark.parametrize("variety", VARIETIES)
def test_each_variety_has_lines_of_all_of_danger(variety: str) -> None:
    for category in KIND_OF:
        lines = (DATA / "danger" / variety / DANGER / f"{category}.txt").read_text(encoding="utf-8")
        assert len(lines.split("\n")) >= FEWEST_OF_A_CATEGORY, category
    for label in (CONCERN, HARMLESS):
        of = {path.stem for path in (DATA / "danger" / variety / label).glob("*.txt")}
        assert of == {path.stem for path in (DATA / "danger" / "fr" / label).glob("*.txt")}
        assert of


def test_no_line_is_danger_and_harmless() -> None:
    seen: dict[tuple[str, str], str] = {}
    for each in read_examples(DATA / "danger"):
        label = seen.setdefault((each.variety, plain(each.text)), each.of)
        assert HARMLESS not in {label, each.of} or label == each.of, each


def kept_apart() -> Iterator[tuple[Path, str]]:
    for path in sorted(KEPT_APART.rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield path.relative_to(ROOT), line.strip()


@cache
def learnt_from() -> frozenset[str]:
    """Every line of data/ in plain form."""
    found: set[str] = set()
    for path in [*DATA.rglob("*.txt"), *(DATA / "nlu").rglob("*.yml")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            said = _MARK.sub(lambda mark: mark["words"], line.strip().removeprefix("- "))
            found.add(plain(said.split("#")[0]))
    return frozenset(found)


FEW_WORDS = 3


@pytest.mark.parametrize("part", ["answers", "danger"])
def test_what_is_measured_with_is_not_learnt_from(part: str) -> None:
    """Lines of a word or two are everybody's."""
    again = [
        f"{path}: {line}"
        for path, line in kept_apart()
        if path.parts[3] == part and len(plain(line).split()) > FEW_WORDS and plain(line) in learnt_from()
    ]
    assert not again, again


def test_what_is_measured_with_has_the_shape_of_what_is_learnt_from() -> None:
    assert {each.variety for each in read_answers(KEPT_APART / "answers")} == set(VARIETIES)
    assert {each.variety for each in read_examples(KEPT_APART / "danger")} == set(VARIETIES)


def test_each_open_question_has_its_answers_read() -> None:
    """A confirmation whose answers nobody reads can never be agreed to."""
    assert ACTIONS
    assert {f"offer_{do}" for do in OFFERS} | {"consent", "confirmed"} == read_by_the_engine()


def read_by_the_engine() -> set[str]:
    """The keys of QUESTION_OF, whose module this environment cannot import."""
    tree = ast.parse((ROOT / "bot" / "nlu" / "answers" / "reader.py").read_text(encoding="utf-8"))
    found = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "QUESTION_OF"
    )
    assert isinstance(found, ast.Dict)
    return {ast.literal_eval(key) for key in found.keys if key is not None}
