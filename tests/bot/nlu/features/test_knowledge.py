"""What is known beside the training lines: kinds of things named, and concepts of words."""

from pathlib import Path

import pytest

from bot.nlu.features.knowledge import Knowledge
from bot.nlu.features.lexicon import Lexicon, LexiconError, read_lexicon
from bot.nlu.fingerprint import fingerprint
from bot.nlu.folding import tokenize

ROOT = Path(__file__).parents[4]
OURS = Knowledge.read(str(ROOT / "data" / "gazetteer"), str(ROOT / "data" / "concepts.yml"))
FORMS = {"password": ["mot de passe", "modpass"], "word": ["mot"], "how_much": ["ch7al", "combien"]}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("mot de passe", ["password"]),
        ("le mot de trop", ["word"]),
        ("شحال", ["how_much"]),
        ("bchhal", ["how_much"]),
        ("COMBIEN ??", ["how_much"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_words_have_concepts_however_written(text: str, concepts: list[str]) -> None:
    assert Lexicon(FORMS).concepts(tokenize(text)) == concepts


def test_what_is_named_is_said_by_its_kind() -> None:
    def shape(text: str) -> list[str]:
        return OURS.shape(tokenize(text), OURS.spots(text))

    assert shape("bghit excel f casa") == shape("بغيت التسويق الرقمي ف الرباط")
    assert [word for word in shape("bghit excel f casa") if word.startswith("<")] == ["<topic>", "<city>"]


@pytest.mark.parametrize("varieties", [("je veux annuler", "bghit nlghi", "أريد إلغاء")])
def test_one_wish_has_one_concept_in_all_varieties(varieties: tuple[str, ...]) -> None:
    found = [set(OURS.concepts(tokenize(text), OURS.spots(text))) for text in varieties]
    assert {"want", "cancel"} <= set.intersection(*found)


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "concepts.yml"
    file.write_text("how_much: [combien]")
    with pytest.raises(LexiconError, match="how_much"):
        read_lexicon(file)


def test_new_files_are_new_knowledge(tmp_path: Path) -> None:
    file = tmp_path / "concepts.yml"
    file.write_text("a: {fr: [un]}")
    before = fingerprint(None, str(file))
    file.write_text("a: {fr: [une]}")
    assert fingerprint(None, str(file)) != before
    assert fingerprint(None) is None
