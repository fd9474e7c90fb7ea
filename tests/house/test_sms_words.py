"""Words for SMS: French and Darija in Latin letters travel in GSM-7, Arabic has no letters that only cost."""

import re
from collections.abc import Iterator

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from channels.wording.segments import gsm7_fold, is_gsm7
from tests.house.test_replies import REPLIES, messages

_ONE_SEGMENT = {"GSM-7": 160, "UCS-2": 70}
_ITS_OWN_LETTERS = {"option-variety-ary", "option-variety-ar"}
"""The name of a variety is written in it."""


class _Texts(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
        self.found.append(node.value)


def said_by_sms(variety: str) -> Iterator[tuple[str, str]]:
    """(key, words) of each reply in the forms that SMS takes: its own, and the brief one where it saves a segment."""
    for key, message in messages(variety).items():
        forms = [a for a in message.attributes if a.id.name == "brief"]
        forms.insert(0, next((a for a in message.attributes if a.id.name == "sms"), message))
        for form in forms:
            texts = _Texts()
            texts.visit(form.value)
            yield key, " ".join(texts.found)


@pytest.mark.parametrize("variety", ["fr", "ary-Latn"])
def test_latin_words_travel_in_gsm7(variety: str) -> None:
    for key, words in said_by_sms(variety):
        if key not in _ITS_OWN_LETTERS:
            assert is_gsm7(gsm7_fold(words)), (
                f"data/replies/{variety}: {key} costs more than twice by SMS: {words!r}"
            )


@pytest.mark.parametrize("variety", ["ar", "ary"])
def test_arabic_words_are_as_short_as_can_be(variety: str) -> None:
    for key, words in said_by_sms(variety):
        costly = re.findall(r"[\u0640\u064b-\u0650\u0652\u0670\u0660-\u0669\u06f0-\u06f9]", words)
        assert not costly, (
            f"data/replies/{variety}: {key} has {costly}: no tatweel, vowel signs or Arabic digits by SMS"
        )


def test_the_words_of_consent_are_whole_by_sms() -> None:
    """What is kept (name, city, education), for whom, how long, and that it can be erased."""
    whole = {
        "fr": ("nom", "ville", "études", "conseillers", "2 ans", "effacement", "?"),
        "ary-Latn": ("smiya", "lmdina", "l9raya", "lmostacharin", "3amayn", "kanmes7ou", "?"),
        "ar": ("اسمك", "مدينتك", "مستواك", "المستشارين", "سنتين", "المسح", "؟"),
        "ary": ("السمية", "المدينة", "القراية", "المستشارين", "عامين", "كنمسحو", "؟"),
    }
    assert sorted(whole) == sorted(path.name for path in REPLIES.iterdir() if path.is_dir())
    for variety, parts in whole.items():
        words = dict(said_by_sms(variety))["ask-consent"]
        assert not [part for part in parts if part not in words], f"{variety}: {words}"
