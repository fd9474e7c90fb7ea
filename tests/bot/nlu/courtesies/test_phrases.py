"""What stands around a request is left out, and nothing of the request with it."""

import pytest

from bot.nlu.courtesies.phrases import Courtesies, read_courtesies
from store.core.vocabulary import VARIETIES
from takwin.settings import ROOT


@pytest.fixture(scope="module")
def courtesies() -> Courtesies:
    return read_courtesies(ROOT / "data" / "words" / "courtesies.yml")


@pytest.mark.parametrize(
    ("variety", "text", "core"),
    [
        ("fr", "Bonjour monsieur, je cherche un cours d'anglais svp", "je cherche un cours d'anglais"),
        ("fr", "merci, je veux excel. merci d'avance !", "je veux excel."),
        ("fr", "slt cv bien ? c gratuit ?", "c gratuit ?"),
        ("ar", "السلام عليكم ورحمة الله وبركاته، أريد دورة في الخياطة وشكرا", "أريد دورة في الخياطة"),
        ("ary", "سلام ا خويا بغيت تكوين فالطبخ الله يرحم الوالدين", "بغيت تكوين فالطبخ"),
        ("ary-Latn", "slm khoya labas bghit formation f casa 3afak", "bghit formation f casa"),
        ("ary-Latn", "wakha ana bghit graphisme", "ana bghit graphisme"),
        # Darija in Latin letters and French are written beside each other, and so are both in Arabic letters.
        ("ary-Latn", "bonjour bghit nt9yd bonne journée", "bghit nt9yd"),
        ("ary", "كيف حالك، بغيت نتسجل", "بغيت نتسجل"),
        # In another spelling, and with emoji around.
        ("ary-Latn", "bghit nt9yd lah yr7am lwalidine 🙏🙏", "bghit nt9yd"),
        ("fr", "👋 bonjour je veux le cours de c++ merci 😊", "je veux le cours de c++"),
    ],
)
def test_the_request_is_left(courtesies: Courtesies, variety: str, text: str, core: str) -> None:
    assert courtesies.core(text, variety) == core


@pytest.mark.parametrize(
    ("variety", "text"),
    [
        # Nothing but courtesies.
        ("fr", "bonjour madame"),
        # A yes or a no is none.
        ("fr", "non je veux pas ça"),
        ("ary-Latn", "la bghit l'anglais"),
        ("ary-Latn", "ah bghit ntsejel"),
        ("ar", "السلام عليكم"),
        ("ary-Latn", "salam khoya"),
        # A no that belongs to its verb, a question, a condition.
        ("ar", "لا أريد التسجيل"),
        ("ar", "كيف أسجل نفسي"),
        ("fr", "c'est quoi"),
        ("fr", "si je peux pas venir"),
        ("fr", "c'est possible"),
        ("fr", "la formation en anglais"),
        # Words of no variety that has courtesies.
        (None, "salam bghit formation"),
    ],
)
def test_a_request_stays_whole(courtesies: Courtesies, variety: str | None, text: str) -> None:
    assert courtesies.core(text, variety) == text


@pytest.mark.parametrize("variety", VARIETIES)
def test_each_variety_has_both(courtesies: Courtesies, variety: str) -> None:
    assert len(courtesies.openers[variety].plain) > 100
    assert len(courtesies.endings[variety].plain) > 100


def test_a_thousand_greetings_are_read_once(courtesies: Courtesies) -> None:
    assert courtesies.core("salam " * 1000 + "bghit excel", "ary-Latn") == "bghit excel"
