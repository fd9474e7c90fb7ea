"""The notation of entities, anonymous texts, agreement, what is taught: the parts of the review by themselves."""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.folding import fold
from console.review import notation
from console.review.agreement import agreement
from console.review.anonymous import Anonymous
from console.review.files import Example, added, archive
from console.review.notation import Line, NotationProblem, Span
from console.review.taught import Taught, judge
from console.review.values import LISTED, OFFERED, is_value
from takwin.reviewing import complains, intents, reviewing
from takwin.search_words import index_words
from takwin.settings import ROOT
from tests.values import VALUES

NLU = ROOT / "data" / "nlu"


def anonymous() -> Anonymous:
    known = reviewing()
    return Anonymous(index_words, known.stand_ins, known.openers, known.everyday)


# Notation


def lines_of_the_data() -> list[str]:
    return [
        line[8:]
        for path in sorted(NLU.glob("*/*.yml"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("      - ")
    ]


def test_every_line_of_the_training_data_is_read_and_written_as_it_is() -> None:
    lines = lines_of_the_data()
    assert len(lines) > 9000
    for line in lines:
        assert notation.written(notation.read(line)) == " ".join(line.split())


_word = st.text(
    st.characters(exclude_characters="[]{}", exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8
)


@given(
    st.lists(
        st.tuples(_word, st.sampled_from([None, ("city", "fes"), ("ordinal", "-1")])), min_size=1, max_size=8
    )
)
def test_what_is_written_is_read_again(words: list[tuple[str, tuple[str, str] | None]]) -> None:
    text, spans = "", []
    for word, entity in words:
        text += " " if text else ""
        if entity:
            spans.append(Span(len(text), len(text) + len(word), *entity))
        text += word
    line = Line(text, tuple(spans))
    assert notation.read(notation.written(line)) == line


@pytest.mark.parametrize(
    ("marked", "key"),
    [
        ("", "review-line-empty"),
        ("a [b", "review-mark-open"),
        ("a b]", "review-mark-open"),
        ("a {b}", "review-mark-open"),
        ("[[a]]", "review-mark-open"),
        ("[a](city)", "review-mark-open"),
        ('[a]{"entity": "city", "value": "fes", "role": "x"}', "review-mark-unreadable"),
        ('[a]{"entity": ["city"], "value": "fes"}', "review-mark-unreadable"),
        ("[a]{city}", "review-mark-unreadable"),
        ('[a]{"entity": "course", "value": "x"}', "review-mark-value"),
        ("x" * 5000, "review-line-long"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(marked: str, key: str) -> None:
    with pytest.raises(NotationProblem) as problem:
        notation.read(marked)
    assert problem.value.key == key


def test_values_are_those_of_the_contract() -> None:
    assert {entity: tuple(values) for entity, values in LISTED.items()} == VALUES
    for entity, values in OFFERED.items():
        assert all(is_value(entity, value) for value in values), entity
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert set(OFFERED) < set(domain["entities"])


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("P6M", True),
        ("PT1H30M", True),
        ("P1Y6M", True),
        ("P", False),
        ("PT", False),
        ("6M", False),
        ("", False),
    ],
)
def test_durations(value: str, good: bool) -> None:
    assert is_value("duration", value) is good


def test_every_intent_has_a_name_in_the_console() -> None:
    words = (ROOT / "data" / "console" / "fr" / "intents.ftl").read_text(encoding="utf-8")
    assert len(intents()) == 40
    for intent in intents():
        assert f"intent-{intent} =" in words


# Anonymous


@pytest.mark.parametrize(
    ("said", "names", "expected"),
    [
        ("je suis Amina Berrada de fes", ("Amina Berrada",), "je suis Karima de fes"),
        ("je suis AMINA", ("amina berrada",), "je suis Karima"),
        ("أنا كريم الادريسي من فاس", ("Karim Idrissi",), "أنا كريمة من فاس"),
        ("smiti Othmane Zeroual o bghit n9ra", (), "smiti Karima o bghit n9ra"),
        ("je m’appelle Ghizlane, bonjour", (), "je m’appelle Karima, bonjour"),
        ("سميتي الغالية بنت الهاشمي", (), "سميتي كريمة"),
        ("moi c'est pas ça que je veux", (), "moi c'est pas ça que je veux"),
        ("appelez le 06 12 34 56 78", (), "appelez le 00 00 00 00 00"),
        ("+212 6-12-34-56-78 svp", (), "+000 0-00-00-00-00 svp"),
        ("٠٦١٢٣٤٥٦٧٨", (), "0000000000"),
        ("mon mail a.b+c@gmail.com merci", (), "mon mail nom@exemple.ma merci"),
        ("CIN BK123456", (), "CIN AA000000"),
        ("ma carte c 54321", (), "ma carte A 00000"),
        ("compte 123 4567 8901", (), "compte 000 0000 0000"),
        ("né le 12/03/1999", (), "né le 00/00/0000"),
        ("voir https://facebook.com/amina.b?x=1 ou @amina_b", (), "voir https://exemple.ma ou @nom"),
        ("où est TK-7F3K2", (), "où est TK-00000"),
        ("bac +2 en 2024, 3 mois, 20h", (), "bac +2 en 2024, 3 mois, 20h"),
        ("une formation de 40 heures", ("",), "une formation de 40 heures"),
        ("bghit formation", (None, "B"), "bghit formation"),
        ("a\nb\tc", (), "a b c"),
        ("un [truc] {là}", (), "un (truc) (là)"),
    ],
)  # fmt: skip
def test_what_would_tell_who_wrote_gives_way(said: str, names: tuple[str | None, ...], expected: str) -> None:
    assert anonymous().text(said, names) == expected


def test_entities_move_along_and_those_hidden_are_dropped() -> None:
    said = "Amina de fes, 0612345678, veut excel"
    at = {word: said.index(word) for word in ("fes", "excel", "0612345678")}
    spans = [
        Span(at["fes"], at["fes"] + 3, "city", "fes"),
        Span(at["excel"], at["excel"] + 5, "topic", "office_tools"),
        Span(at["0612345678"], at["0612345678"] + 10, "ordinal", "6"),
    ]
    line = anonymous().line(said, spans, ["Amina"])
    assert notation.written(line) == (
        'Karima de [fes]{"entity": "city", "value": "fes"}, 0000000000, veut '
        '[excel]{"entity": "topic", "value": "office_tools"}'
    )


def test_a_name_is_not_taken_for_an_entity_that_was_understood() -> None:
    said = "je m'appelle Excel fes"
    at = said.index("fes")
    line = anonymous().line(said, [Span(at, at + 3, "city", "fes")], [])
    assert line.meaning == (("city", "fes"),)


@given(st.text(max_size=120), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_becomes_a_line_that_can_be_read(said: str, names: list[str]) -> None:
    line = anonymous().line(said, [], names)
    if line.text.strip():
        assert notation.read(notation.written(line)).text == " ".join(line.text.split())


def test_no_telephone_number_survives() -> None:
    chance = random.Random(3)
    for _ in range(300):
        digits = [str(chance.randrange(10)) for _ in range(8)]
        between = chance.choice(["", " ", ".", "-", " - "])
        number = chance.choice(["06", "07", "05", "+2126", "002127"]) + between.join(digits)
        assert not set("123456789") & set(anonymous().text(f"tel {number} svp", []))


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        ("👎", "greet", True),
        ("C'est NUL", "feedback", True),
        ("niveau nul en anglais", "inform", False),
        ("annuler", "deny", False),
        ("مافهمتينيش", "out_of_scope", True),
        ("👍 super", "feedback", False),
    ],
)
def test_complaints(said: str, intent: str, expected: bool) -> None:
    assert complains(said, intent) is expected


# Agreement


@pytest.mark.parametrize(
    ("pairs", "share", "kappa"),
    [
        ([("a", "a"), ("b", "b")], 1.0, 1.0),
        ([("a", "a")] * 3, 1.0, None),
        ([("a", "b"), ("b", "a")], 0.0, -1.0),
        # Cohen's own kind of table: 20 yes/yes, 15 no/no, 5 yes/no, 10 no/yes gives 0.4.
        ([("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10, 0.7, 0.4),
    ],
)
def test_agreement(pairs: list[tuple[str, str]], share: float, kappa: float | None) -> None:
    found = agreement(pairs)
    assert found is not None
    assert found.count == len(pairs)
    assert found.share == pytest.approx(share)
    assert found.kappa is None if kappa is None else found.kappa == pytest.approx(kappa)
    assert agreement([]) is None


# Taught, files


def _data(folder: Path, **lines: str) -> Path:
    for name, text in lines.items():
        variety, intent = name.split("__")
        path = folder / variety / f"{intent}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(added({}, [Example(variety, intent, text)]).popitem()[1], encoding="utf-8")
    return folder


def test_what_an_example_is_worth(tmp_path: Path) -> None:
    taught = Taught(_data(tmp_path, fr__greet="bonjour à toute l'équipe", fr__help="aide"), fold)

    def worth(variety: str, text: str, intent: str, confidence: float = 0.5, times: int = 1) -> str:
        return judge(
            taught, variety, text, intent, predicted="greet", confidence=confidence, times=times
        ).worth

    assert worth("fr", "Bonjour à toute l’équipe !!", "greet") == "taught"
    assert worth("fr", "bonjour a toute lequipe", "thank") in ("clash", "new")
    assert worth("fr", "bonjour à toute l'équipe", "thank") == "clash"
    assert worth("ary-Latn", "bonjour à toute l'équipe", "thank") == "new"
    assert worth("fr", "aide", "help") == "taught"
    assert worth("fr", "idée", "help") == "new"
    assert worth("fr", "salut tout le monde", "greet", 0.96, 2) == "sure"
    assert worth("fr", "salut tout le monde", "greet", 0.96, 1) == "new"
    assert worth("fr", "salut tout le monde", "greet", 0.95, 9) == "new"
    assert worth("fr", "salut tout le monde", "thank", 0.99, 9) == "new"


def test_a_change_of_the_data_is_seen(tmp_path: Path) -> None:
    taught = Taught(_data(tmp_path, fr__greet="bonjour à toute l'équipe"), fold)
    assert taught.same("fr", "merci pour votre réponse") == []
    _data(tmp_path, fr__thank="merci pour votre réponse")
    assert [place.path for place in taught.same("fr", "merci pour votre réponse")] == ["fr/thank.yml:8"]


def test_lines_are_put_at_the_end_of_files_as_the_repository_has_them() -> None:
    present = {
        path.relative_to(NLU).as_posix(): path.read_text(encoding="utf-8") for path in NLU.glob("fr/*.yml")
    }
    marked = 'zoom à [fes]{"entity": "city", "value": "fes"}'
    changed = added(present, [Example("fr", "find_course", marked), Example("fr", "find_course", marked)])
    assert changed == {"fr/find_course.yml": present["fr/find_course.yml"] + f"      - {marked}\n"}
    new = added({}, [Example("fr", "find_course", marked)])["fr/find_course.yml"]
    assert new.splitlines()[:7] == present["fr/find_course.yml"].splitlines()[:7]
    parsed = yaml.safe_load(new)
    assert parsed["nlu"][0] == {
        "intent": "find_course",
        "metadata": {"variety": "fr"},
        "examples": f"- {marked}\n",
    }
    assert archive([])[:2] == b"PK"
