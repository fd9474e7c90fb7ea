"""The detector of danger: all of a text is looked at, in windows; small models of a few lines."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.danger.examples import CLASSES, KINDS, read_examples, read_needs
from bot.nlu.danger.phrases import Phrases, read_phrases
from bot.nlu.danger.windows import STRETCH_CHARACTERS, STRETCH_WORDS, paired, stretches
from bot.nlu.example_files import ExamplesError
from tests.bot.in_engine import printed
from tests.costly_texts import KINDS as COSTLY

SCRIPT = Path(__file__).with_name("answers_in_engine.py")


#: The first of more letters than a message has.
_FIRST = 0x4E00


def windows(text: str) -> list[str]:
    return paired(list(stretches(text)))


def bare(text: str) -> str:
    return "".join(text.split())


def covers(text: str) -> bool:
    """Whether each character of a text of this shape stands in a window, in order and without a gap."""
    told = "".join(each if each.isspace() else chr(_FIRST + at) for at, each in enumerate(text))
    whole, end = bare(told), 0
    for part in map(bare, windows(told)):
        begins = whole.find(part)  # no character is there twice
        if not 0 <= begins <= end:
            return False
        end = begins + len(part)
    return end == len(whole)


@given(st.text(max_size=2000))
def test_all_of_any_text_is_looked_at(text: str) -> None:
    assert covers(text)


@pytest.mark.parametrize("length", [1, 119, 120, 121, 239, 240, 241, 360, 1000, 9999])
@pytest.mark.parametrize("unit", ["abcdefghij", "خلاص", "❤", "ab cd ", "a "])
def test_all_of_a_text_of_any_length_is_looked_at(unit: str, length: int) -> None:
    assert covers((unit * length)[:length])


@pytest.mark.parametrize("length", [2500, 10_000])
@pytest.mark.parametrize("kind", COSTLY)
def test_all_of_a_costly_text_is_looked_at_at_its_length(kind: str, length: int) -> None:
    text = COSTLY[kind](length)
    assert covers(text)
    parts = windows(text)
    assert sum(map(len, parts)) <= 2 * len(text) + 2 * len(parts)
    assert all(len(part) <= 2 * STRETCH_CHARACTERS + 1 for part in parts)
    assert all(len(part.split()) <= 2 * STRETCH_WORDS for part in parts)


@pytest.mark.parametrize("before", range(0, 400, 13))
@pytest.mark.parametrize("blank", [" ", ""])
def test_a_sentence_stands_whole_in_a_window_wherever_it_is(before: int, blank: str) -> None:
    said = "personnenemeretient" if not blank else "personne ne me retient plus ici"
    text = blank.join(["xy"] * before + [said] + ["zw"] * 300)
    assert any(bare(said) in bare(part) for part in windows(text))


def test_a_short_text_is_one_window() -> None:
    assert windows("ça va bien") == ["ça va bien"]
    assert windows("") == [""]


def test_phrases_are_whole_words_in_plain_form() -> None:
    phrases = Phrases(["Plus la FORCE", "تَعِبْتُ جدا", "3yit bzf"])
    for text in ("je n'ai plus la force.", "تعبت جدًّا", "ana 3yit bzf!", "PLUS LA FORCE"):
        assert phrases.in_text(text), text
    for text in ("plus la forcément", "plus de force", "mutعبت جدا", "3yit", ""):
        assert not phrases.in_text(text), text


def test_lists_of_phrases_leave_remarks_out(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text("# remarque\nplus la force # souvent\n\n", encoding="utf-8")
    (tmp_path / "ar.txt").write_text("تعبت جدا\n", encoding="utf-8")
    assert read_phrases(tmp_path) == ["تعبت جدا", "plus la force"]
    assert not Phrases([]).in_text("rien")


def write(folder: Path, name: str, *lines: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines), encoding="utf-8")


def test_examples_are_read_by_whom_one_calls(tmp_path: Path) -> None:
    for category, kind in (
        ("despair", "self"),
        ("threats", "violence"),
        ("medical", "medical"),
        ("child", "child"),
    ):
        write(tmp_path, f"fr/danger/{category}.txt", f"de {category} à {kind}", "")
    write(tmp_path, "ar/concern/grief.txt", "توفي جدي")
    write(tmp_path, "ary/harmless/idiom.txt", "مت بالضحك")
    found = read_examples(tmp_path)
    assert {each.of for each in found} == set(CLASSES)
    assert {each.text.split()[-1] for each in found if each.of in KINDS} == set(KINDS)


@pytest.mark.parametrize("name", ["fr/danger/sadness.txt", "fr/perhaps/child.txt"])
def test_examples_of_another_shape_are_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "une ligne")
    with pytest.raises(ExamplesError, match=Path(name).name):
        read_examples(tmp_path)


def test_a_folder_without_examples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExamplesError, match="no examples"):
        read_examples(tmp_path)


DANGER = [
    ("fr", "je saute du pont ce soir", "self"), ("fr", "je ne veux plus me réveiller", "self"),
    ("fr", "je saute du toit", "self"), ("fr", "plus envie de me réveiller jamais", "self"),
    ("fr", "il me cogne chaque soir", "violence"), ("fr", "mon oncle me cogne fort", "violence"),
    ("fr", "il m'enferme et me cogne", "violence"), ("fr", "elle me cogne encore", "violence"),
    ("fr", "il saigne et respire mal", "medical"), ("fr", "elle respire mal aidez", "medical"),
    ("fr", "mon voisin ne respire plus", "medical"), ("fr", "il saigne beaucoup", "medical"),
    ("fr", "un gamin est enfermé à la cave", "child"), ("fr", "le gamin dort à la cave", "child"),
    ("fr", "ce gamin travaille la nuit", "child"), ("fr", "gamin enfermé sans manger", "child"),
    ("fr", "mamie est partie hier", "concern"), ("fr", "je me sens seule depuis le deuil", "concern"),
    ("fr", "le deuil de mamie", "concern"), ("fr", "seule et triste depuis hier", "concern"),
    ("fr", "je saute de joie", "harmless"), ("fr", "le pont est fermé ce soir", "harmless"),
]  # fmt: skip
HARMLESS = [
    "je cherche une formation", "une formation à Fès", "combien coûte la formation", "le cours du soir",
    "formation en ligne gratuite", "quand commence le cours", "un cours de cuisine", "parler à un conseiller",
]  # fmt: skip
NEEDS = [
    ("n'écrivez pas il lit tout", "no_contact"), ("ne m'appelez surtout pas", "no_contact"),
    ("n'écrivez plus", "no_contact"), ("surtout pas d'appel", "no_contact"),
    ("où dormir ce soir", "shelter"), ("où aller ce soir avec mon fils", "shelter"),
    ("un refuge pour dormir", "shelter"), ("dormir où", "shelter"),
    ("merci", "other"), ("il est parti", "other"), ("merci à vous", "other"), ("elle est partie", "other"),
]  # fmt: skip
STORY = "le cours du soir commence bientôt et la formation est gratuite. "
MESSAGES = {
    "self": "ce soir je saute du pont",
    "violence": "mon oncle me cogne chaque soir",
    "medical": "elle saigne et respire mal",
    "child": "le gamin est enfermé à la cave",
    "harmless": "une formation en ligne à Fès",
    "long": STORY * 20 + "ce soir je saute du pont " + STORY * 20,
    "long, harmless": STORY * 40,
    "empty": "",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    given = {"danger": DANGER, "harmless": HARMLESS, "messages": list(MESSAGES.values())}
    given |= {"needs": NEEDS, "after": ["n'écrivez pas ce soir", "dormir ce soir mais où"]}
    printing: dict[str, Any] = printed(SCRIPT, str(tmp_path_factory.mktemp("danger")), given=given)
    return printing


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_told_apart(found: dict[str, Any], kind: str) -> None:
    told = dict(zip(MESSAGES, found["found"], strict=True))
    assert told[kind]["kind"] == kind
    assert told[kind]["danger"] > 2 * told["harmless"]["danger"]


@pytest.mark.slow
def test_danger_in_the_middle_of_a_long_text_is_found(found: dict[str, Any]) -> None:
    told = dict(zip(MESSAGES, found["found"], strict=True))
    assert told["long"]["danger"] > 2 * told["long, harmless"]["danger"]
    assert told["long"]["kind"] == "self"


@pytest.mark.slow
def test_what_is_loaded_finds_as_what_was_trained(found: dict[str, Any]) -> None:
    for before, after in zip(found["before"], found["found"], strict=True):
        assert before["kind"] == after["kind"]
        assert before["danger"] == pytest.approx(after["danger"], abs=0.02)
        assert before["concern"] == pytest.approx(after["concern"], abs=0.02)


@pytest.mark.slow
def test_what_is_asked_for_after_danger_is_told_apart(found: dict[str, Any]) -> None:
    assert found["needs"] == [["no_contact"] * 2, ["shelter"] * 2]


def test_a_need_of_no_known_name_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "fr/needs/money.txt", "de l'argent")
    with pytest.raises(ExamplesError, match=r"money\.txt"):
        read_needs(tmp_path)


def test_needs_are_no_examples_of_danger(tmp_path: Path) -> None:
    write(tmp_path, "fr/needs/shelter.txt", "où dormir")
    write(tmp_path, "fr/harmless/idiom.txt", "je meurs de rire")
    assert [each.text for each in read_examples(tmp_path)] == ["je meurs de rire"]
    assert [each.text for each in read_needs(tmp_path)] == ["où dormir"]
