"""What a message answers to a confirmation: a plain yes, a no, or neither."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from bot.nlu.answers.cues import Cues, CuesError, read_cues, spelt_out
from bot.nlu.answers.examples import examples_of_wishes, read_examples
from bot.nlu.example_files import ExamplesError
from tests.bot.in_engine import printed

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("answers_in_engine.py")
VARIETIES = ("ar", "ary", "ary-Latn", "fr")
CUES = read_cues(ROOT / "data" / "answers" / "cues.yml")


@pytest.fixture(scope="module")
def cues() -> Cues:
    return Cues(CUES)


@pytest.mark.parametrize(
    ("text", "variety", "kind"),
    [
        ("oui mais après les fêtes", "fr", "condition"),
        ("oui si mon fils guérit", "fr", "condition"),
        ("je ne dirais rien", "fr", "negation"),
        ("OUI ?", "fr", "question"),
        ("je sais", "fr", "doubt"),
        ("mon voisin l'affirme", "fr", "somebody_else"),
        ("نعم لكن بعد العيد", "ar", "condition"),
        ("نعم؟", "ar", "question"),
        ("لست مستعجلا", "ar", "negation"),
        ("أُفَكِّرُ في ذلك", "ar", "doubt"),
        ("اه ولكن من بعد العيد", "ary", "condition"),
        ("علاش هادشي", "ary", "question"),
        ("ماشي دابا", "ary", "negation"),
        ("راجلي موافق", "ary", "somebody_else"),
        ("wakha walakin mn be3d l3id", "ary-Latn", "condition"),
        ("ah 3lach", "ary-Latn", "question"),
        ("machi daba", "ary-Latn", "negation"),
        ("rajli mwafe9", "ary-Latn", "somebody_else"),
        ("oui vraiment 😂", "fr", "question"),
        ("🤔", "ary", "doubt"),
    ],
)
def test_a_cue_is_found(cues: Cues, text: str, variety: str, kind: str) -> None:
    assert cues.found(text, [variety], strict=False) == kind
    assert cues.found(text, [variety], strict=True) is not None


@pytest.mark.parametrize(
    ("text", "variety"),
    [("oui volontiers", "fr"), ("نعم تفضل", "ar"), ("اه تفضل", "ary"), ("ah dir", "ary-Latn"), ("", "fr")],
)
def test_a_plain_yes_has_none(cues: Cues, text: str, variety: str) -> None:
    assert cues.found(text, [variety], strict=False) is None


@pytest.mark.parametrize(
    ("text", "variety"),
    [
        ("allez-y, pas de souci", "fr"),
        ("تفضلوا لا مانع", "ar"),
        ("اه ماشي مشكل", "ary"),
        ("ah machi mouchkil", "ary-Latn"),
        ("واخا ما كاين حتى موشكيل", "ary"),
        ("اه ماعنديش شي مانع", "ary"),
        ("wakha ma 3ndich chi moushkil", "ary-Latn"),
        ("ok ya pas le moindre souci", "fr"),
        ("نعم ليس لدي أي حرج", "ar"),
    ],
)
def test_no_trouble_is_no_negation_but_where_something_is_lost_for_good(
    cues: Cues, text: str, variety: str
) -> None:
    assert cues.found(text, [variety], strict=False) is None
    assert cues.found(text, [variety], strict=True) == "negation"


def test_only_is_a_condition_where_something_is_lost_for_good() -> None:
    only = Cues({"only": {"fr": ["seulement"]}})
    assert only.found("oui seulement", ["fr"], strict=False) is None
    assert only.found("oui seulement", ["fr"], strict=True) == "only"


def test_who_is_spoken_to_is_nobody_else(cues: Cues) -> None:
    assert cues.found("oui mon frere", ["fr"], strict=True) is None
    assert cues.found("oui le frere", ["fr"], strict=True) == "somebody_else"


def test_a_cue_is_a_whole_word() -> None:
    given = Cues({"negation": {"fr": ["ne"]}})
    assert given.found("bonne nouvelle", ["fr"], strict=True) is None
    assert given.found("bon ne pas", ["fr"], strict=True) == "negation"


def test_a_cue_of_another_variety_counts_where_that_is_read_too(cues: Cues) -> None:
    assert cues.found("machi daba", ["fr"], strict=True) is None
    assert cues.found("machi daba", ["fr", "ary-Latn"], strict=True) == "negation"


@pytest.mark.parametrize(
    ("text", "variety", "rest"),
    [
        ("non, plutôt un stage", "fr", "plutôt un stage"),
        ("Non merci ! un stage", "fr", "un stage"),
        ("لا، أريد تدريبا", "ar", "أريد تدريبا"),
        ("لالا بغيت سطاج", "ary", "بغيت سطاج"),
        ("la, bghit stage", "ary-Latn", "bghit stage"),
        ("non", "fr", ""),
        ("un stage, non", "fr", None),
        ("nonante jours", "fr", None),
    ],
)
def test_what_comes_after_a_no(cues: Cues, text: str, variety: str, rest: str | None) -> None:
    assert cues.after_refusal(text, [variety]) == rest


def test_a_word_that_yaml_reads_otherwise_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cues.yml"
    file.write_text("negation:\n  fr: [no, pas]\n", encoding="utf-8")
    with pytest.raises(CuesError, match="negation, fr"):
        read_cues(file)


def test_every_kind_of_cue_is_told_in_every_variety() -> None:
    for kind, lists in CUES.items():
        assert kind == "exactly" or set(lists) == set(VARIETIES), kind


def test_no_cue_is_longer_than_what_is_compared() -> None:
    """A phrase of more words than that would never be found."""
    for kind, lists in CUES.items():
        for variety, phrases in lists.items():
            for phrase in itertools.chain.from_iterable(map(spelt_out, phrases)):
                alone = Cues({"negation": {variety: [phrase]}})
                assert alone.found(phrase, [variety], strict=True) == "negation", (kind, variety, phrase)


def test_examples_are_read_with_where_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "fr" / "erase" / "no.txt"
    file.parent.mkdir(parents=True)
    file.write_text("non\n\n  jamais de la vie \n", encoding="utf-8")
    assert [tuple(each) for each in read_examples(tmp_path)] == [
        ("fr", "erase", "no", "non"), ("fr", "erase", "no", "jamais de la vie"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["fr/erase/maybe.txt", "fr/delete/no.txt"])
def test_examples_of_another_shape_are_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text("non\n", encoding="utf-8")
    with pytest.raises(ExamplesError, match=file.name):
        read_examples(tmp_path)


def test_a_folder_without_examples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExamplesError, match="no examples"):
        read_examples(tmp_path)


def test_wishes_stand_as_answers_that_are_neither() -> None:
    lines = [("find_course", "a"), ("affirm", "oui"), ("deny", "non"), ("ask_cost", "b"), ("inform", "fes")]
    found = examples_of_wishes(lines, 9)
    assert {each.text for each in found} == {"a", "b"}
    assert {each.label for each in found} == {"neither"}
    assert len(examples_of_wishes([("find_course", str(n)) for n in range(9)], 4)) == 4


# The model, the reader and what an answer does to the intent, in the engine's Python.

YES = [
    "oui",
    "oui je confirme",
    "je confirme",
    "oui allez y",
    "allez y",
    "oui bien sur",
    "bien sur",
    "naam",
    "نعم",
    "نعم أؤكد",
    "أؤكد",
]
WEAK = ["ok", "ouais ok", "bon ok", "👍", "d'ac", "ok ok"]
NO = ["non", "non merci", "je refuse", "لا", "لا شكرا", "la", "la chokran", "jamais"]
NEITHER = [
    "le train est parti",
    "karim",
    "combien ca coute",
    "quelle heure est il",
    "demain peut etre",
    "الجو حار",
    "fin kayn lmakan",
    "je reflechis",
]
EXAMPLES = [
    ("", question, label, text)
    for question in ("cancel", "consent", "erase", "summary")
    for label, texts in (("yes", YES), ("weak", WEAK), ("no", NO), ("neither", NEITHER))
    for text in texts
]  # fmt: skip
ANSWERS = {
    "plain": ("oui je confirme", "offer_cancel", "fr", False, "yes"),
    "arabic": ("نعم أؤكد", "consent", "ar", False, "yes"),
    "forwarded": ("oui je confirme", "offer_cancel", "fr", True, "neither"),
    "condition": ("oui mais je confirme demain", "offer_cancel", "fr", False, "neither"),
    "question": ("oui?", "confirmed", "fr", False, "neither"),
    "no": ("non merci", "offer_erase", "fr", False, "no"),
    "name": ("karim", "consent", "fr", False, "neither"),
    "strange": ("gbrlk", "offer_erase", None, False, "neither"),
    "strange beside": ("oui gbrlk trpl zzkk", "offer_erase", "fr", False, "neither"),
    "weak": ("ok", "offer_cancel", "fr", False, "yes"),
    "weak, for good": ("ok", "offer_erase", "fr", False, "neither"),
    "long": ("oui " * 15, "offer_cancel", "fr", False, "neither"),
    "empty": ("", "offer_cancel", "fr", False, "neither"),
    "no words": ("...", "offer_erase", "fr", False, "neither"),
    "unknown variety": ("oui machi daba", "offer_cancel", None, False, "neither"),
}
LABELS = ["affirm", "deny", "find_course", "register", "ask_cost", "nlu_fallback"]


def case(answer: str, rest: str | None, alone: list[float], other: list[float]) -> dict[str, Any]:
    return {"answer": answer, "rest": rest, "alone": alone, "other": other, "labels": LABELS}


SURE_WISH = [0.05, 0.05, 0.85, 0.0, 0.05, 0.0]
EFFECTS = {
    "yes": case("yes", None, [0.0, 0.9, 0.1, 0.0, 0.0, 0.0], SURE_WISH),
    "no": case("no", None, [0.9, 0.0, 0.1, 0.0, 0.0, 0.0], SURE_WISH),
    "no with a wish": case("no", "je veux apprendre", [0.9, 0.1, 0.0, 0.0, 0.0, 0.0], SURE_WISH),
    "no with a word": case("no", "apprendre", [0.9, 0.1, 0.0, 0.0, 0.0, 0.0], SURE_WISH),
    "no with a guess": case("no", "je veux apprendre", [0, 1, 0, 0, 0, 0], [0.1, 0.1, 0.5, 0.1, 0.2, 0.0]),
    "no with registering": case("no", "inscris moi donc", [0, 1, 0, 0, 0, 0], [0.1, 0, 0, 0.9, 0, 0]),
    "no with a yes": case("no", "oui en fait", [0, 1, 0, 0, 0, 0], [0.9, 0.1, 0, 0, 0, 0]),
    "neither": case("neither", None, [0.6, 0.1, 0.2, 0.0, 0.1, 0.0], SURE_WISH),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    given = {
        "cues": CUES,
        "cue_texts": [],
        "refusals": [],
        "examples": EXAMPLES,
        "answers": [
            {"text": text, "open_question": asked, "variety": variety, "forwarded": forwarded}
            for text, asked, variety, forwarded, _ in ANSWERS.values()
        ],
        "effects": list(EFFECTS.values()),
        "wishes": [],
    }
    printing: dict[str, Any] = printed(SCRIPT, str(tmp_path_factory.mktemp("answers")), given=given)
    return printing


@pytest.mark.slow
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_read(found: dict[str, Any], name: str) -> None:
    read = dict(zip(ANSWERS, found["read"], strict=True))[name]
    assert read["answer"] == ANSWERS[name][-1], read


@pytest.mark.slow
def test_what_is_loaded_reads_as_what_was_trained(found: dict[str, Any]) -> None:
    assert found["far"] < 0.01


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("yes", [1, 0, 0, 0, 0, 0]),
        ("no", [0, 1, 0, 0, 0, 0]),
        ("no with a wish", [0, 0, 0.85, 0, 0.05, 0]),
        ("no with a word", [0, 1, 0, 0, 0, 0]),
        ("no with a guess", [0, 1, 0, 0, 0, 0]),
        ("no with registering", [0, 1, 0, 0, 0, 0]),
        ("no with a yes", [0, 1, 0, 0, 0, 0]),
        ("neither", [0, 0, 0.2, 0, 0.1, 0]),
    ],
)
def test_what_an_answer_makes_of_the_intent(found: dict[str, Any], name: str, expected: list[float]) -> None:
    assert dict(zip(EFFECTS, found["effects"], strict=True))[name] == pytest.approx(expected)


def test_a_phrase_stands_for_each_of_its_alternatives() -> None:
    assert list(spelt_out("pas de souci")) == ["pas de souci"]
    assert list(spelt_out("(no|any) (big|)trouble")) == [
        "no bigtrouble", "no trouble", "any bigtrouble", "any trouble",
    ]  # fmt: skip
