"""What annotated lines teach: with no gazetteer at all, and beside one."""

import re

from bot.nlu.entities.extractor import Extractor
from bot.nlu.entities.gazetteer import Data
from bot.nlu.entities.judge import Case, train
from bot.nlu.entities.learning import Line, Marked, learn

_MARK = re.compile(r"\[([^]]+)]\((\w+):?(\w*)\)")


def line(text: str, intent: str) -> Line:
    """``[surface](entity:value)`` or ``[surface](entity)`` inline."""
    written, marked, at = "", [], 0
    for match in _MARK.finditer(text):
        written += text[at : match.start()]
        marked.append(Marked(match[2], match[3] or match[1], len(written), len(written) + len(match[1])))
        written += match[1]
        at = match.end()
    return Line(written + text[at:], intent, tuple(marked))


BANK = [
    line("block my [visa](card) please", "block"),
    line("my [visa](card) was stolen", "block"),
    line("is my [mastercard](card) ready", "status"),
    line("send the [mastercard](card) home", "status"),
    line("please hurry", "status"),
    line("is it ready", "status"),
    line("i want a visa for france", "travel"),
]


def found(extractor: Extractor, text: str, intent: str) -> list[tuple[str, str]]:
    return [(one.entity, one.value) for one in extractor.extract(text, intent)]


def test_surfaces_are_learnt_without_a_gazetteer() -> None:
    extractor = Extractor(learn({}, BANK))
    assert found(extractor, "my MasterCard is lost", "block") == [("card", "MasterCard")]
    assert found(extractor, "block the visa", "block") == [("card", "visa")]
    assert found(extractor, "hello there", "status") == []


def test_canonical_values_are_learnt() -> None:
    lines = [line("[kaza](city:casablanca) zwina", "inform"), line("ana f [kaza](city:casablanca)", "inform")]
    assert found(Extractor(learn({}, lines)), "kaza", "inform") == [("city", "casablanca")]


def test_a_surface_with_two_values_is_not_learnt() -> None:
    lines = [line("[x](city:fes)", "inform"), line("[x](city:sale)", "inform")]
    assert learn({}, lines)["learnt"] == []


def test_a_surface_mostly_left_unmarked_is_not_learnt() -> None:
    lines = [line("[salam](city:sale)", "inform"), *[line(f"salam {word}", "greet") for word in "abcd"]]
    assert learn({}, lines)["learnt"] == []


def test_the_judge_learns_where_a_phrase_is_not_marked(gazetteer: Data) -> None:
    lines = [
        *[
            line(f"{word} [excel](topic:office_tools)", "find_course")
            for word in ("cours", "formation", "apprendre")
        ],
        *[line(f"{word} excel", "feedback") for word in ("fichier", "ouvrir", "envoyer")],
    ]
    extractor = Extractor(learn(gazetteer, lines))
    assert found(extractor, "cours excel", "find_course") == [("topic", "office_tools")]
    assert found(extractor, "fichier excel", "feedback") == []


def test_no_lines_teach_nothing(gazetteer: Data) -> None:
    taught = learn(gazetteer, [])
    assert (taught["learnt"], taught["ordinary"], taught["judge"]) == ([], [], {})
    assert found(Extractor(taught), "casa", "inform") == [("city", "casablanca")]


def test_the_same_cases_give_the_same_weights() -> None:
    cases = [Case(("a", "b"), True), Case(("b", "c"), False)]
    assert train(cases) == train(cases)
    assert train(cases)["a"] > 0 > train(cases)["c"]
