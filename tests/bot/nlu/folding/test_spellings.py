"""Real spelling variants (Darija Open Dataset, our own lines) that must meet, and words that must not."""

import pytest

from bot.nlu.folding import fold, plain, stems, tokenize

ONE_WORD = [
    "bghit bghyt bghite beghit baghit بغيت بغِيت",
    "wach wash wache واش",
    "chnou chno shno شنو",
    "achnou achno اشنو أشنو",
    "kifach kifash كيفاش",
    "ch7al chhal shhal شحال",
    "3ndi 3endi 3andi عندي",
    "7it hit حيت حيث",
    "khdma khedma 5edma خدمة خدمه",
    "lkhdma l5edma lkhedma lkhadma لخدمة",
    "takwin tkwin tekwin تكوين",
    "flous flouss فلوس",
    "n9dr n9der n9dar نقدر",
    "n9ra nqra نقرا نقرى",
    "gal گال ڭال",
    "khoya khouya 5oya خويا",
    "chokran choukran shukran",
    "dyal dial dyl ديال",
    "daba دابا",
    "wa5a wakha واخا",
    "makaynch makaynach ماكاينش",
    "bezzaf bzaf bzzaf بزاف بزّاف",
    "marhba marhbaaaa مرحبا مرحباااا",
    "formation formations Formation فورماسيون",
    "stage سطاج ستاج",
    "diplome diplôme ديبلوم",
    "fabor fabour فابور",
    "ntsjel ntsejjel ntsejel نتسجل",
    "école ecole ÉCOLE",
]
APART = [
    ("قلب", "كلب"),
    ("9alb", "kalb"),
    ("3am", "3amm"),
    ("عم", "عمّ"),
    ("حال", "خال"),
    ("7al", "khal"),
    ("gal", "9al"),
    ("la", "li"),
    ("لا", "لي"),
    ("درس", "ترس"),
    ("fes", "casa"),
]


@pytest.mark.parametrize("spellings", ONE_WORD)
def test_spellings_of_one_word_meet(spellings: str) -> None:
    assert len({fold(word) for word in spellings.split()}) == 1, {
        word: fold(word) for word in spellings.split()
    }


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_sentences_meet_across_scripts() -> None:
    assert fold("bghit n9ra l'informatique") == fold("بغيت نقرا ل انفورماتيك")


def test_plain_form_keeps_vowels_and_drops_marks() -> None:
    assert plain("Où êtes-vous ?  أَيْنَ  المــدرسة؟") == "ou etes vous اين المدرسه"


def test_arabic_digits_are_digits() -> None:
    assert plain("٢٠ ساعة") == "20 ساعه"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("n9ra", ["n9ra"]),
        ("3 mois", ["3", "mois"]),
        ("24ans", ["24", "ans"]),
        ("bac+2", ["bac", "+", "2"]),
        ("c++", ["c", "+", "+"]),
        ("لexcel", ["ل", "excel"]),
        ("l'agence", ["l", "agence"]),
        ("", []),
        ("👍🏽", ["👍"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [token.plain for token in tokenize(text)] == words


@pytest.mark.parametrize(
    ("word", "left"), [("فالدار", "دار"), ("fcasa", "casa"), ("لمكناس", "مكناس"), ("casa", "casa")]
)
def test_clitics_come_off(word: str, left: str) -> None:
    assert left in [rest for _, rest in stems(word)]
