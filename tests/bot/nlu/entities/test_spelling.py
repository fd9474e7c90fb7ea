"""Clitics, scripts and slips of the pen; what must not be taken for something else; where a phrase stands."""

import pytest

from bot.nlu.entities.extractor import Extractor
from bot.nlu.entities.gazetteer import Data

CLITICS = [
    ("فالدار البيضاء", "casablanca", "الدار البيضاء"),
    ("لمكناس", "meknes", "مكناس"),
    ("lcasa", "casablanca", "casa"),
    ("f casa", "casablanca", "casa"),
    ("ديال طنجة", "tanger", "طنجة"),
    ("وفاس", "fes", "فاس"),
    ("بالعيون", "laayoune", "العيون"),
    ("à l'agence d'Oujda", "oujda", "Oujda"),
]
SLIPS = [
    ("casablnca", "casablanca"),
    ("nnador", "nador"),
    ("mohamedia", "mohammedia"),
    ("ouarzazat", "ouarzazate"),
    ("Béni-Mellal", "beni_mellal"),
    ("مرّاكــش", "marrakech"),
    ("marrakeeech", "marrakech"),
]
NEAR_MISSES = [
    "la salle de classe",
    "salam",
    "slt sava",
    "il faut tenir bon",
    "chkoun li kaydir had chi",
    "chno kandir daba",
    "kont jay",
    "الصفحة كتبقا بيضا",
    "أرسلوا لي الرابط",
    "الحمد لله",
    "shokran bzaf lia",
    "donne moi les détails",
    "تفاصيل من فضلك",
]


@pytest.mark.parametrize(("text", "city", "surface"), CLITICS)
def test_clitics_stay_outside_the_surface(extractor: Extractor, text: str, city: str, surface: str) -> None:
    [found] = [one for one in extractor.extract(text, "find_agency") if one.entity == "city"]
    assert found.value == city
    assert text[found.start : found.end] == surface


@pytest.mark.parametrize(("text", "city"), SLIPS)
def test_slips_of_the_pen(extractor: Extractor, text: str, city: str) -> None:
    assert [(one.entity, one.value) for one in extractor.extract(text, "inform")] == [("city", city)]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses(extractor: Extractor, text: str) -> None:
    assert [
        one
        for one in extractor.extract(text, "course_details")
        if one.entity in ("city", "topic", "provider")
    ] == []


def test_cities_are_never_turned_into_one_another(extractor: Extractor, gazetteer: Data) -> None:
    for value, phrases in gazetteer["entities"]["city"].items():
        for phrase in phrases:
            text = phrase.removeprefix("=")
            if "(" in text:
                continue
            found = {
                one.value
                for one in extractor.extract(f"anapec {text}", "find_agency")
                if one.entity == "city"
            }
            assert found <= {value}, text


def test_offsets_are_those_of_the_message(extractor: Extractor) -> None:
    text = "  Bghit Excel 🙂 f Fès!"
    found = {one.entity: text[one.start : one.end] for one in extractor.extract(text, "find_course")}
    assert found == {"topic": "Excel", "city": "Fès"}


def test_several_values_of_one_entity(extractor: Extractor) -> None:
    found = [one.value for one in extractor.extract("excel w python f casa wla rabat", "find_course")]
    assert found == ["office_tools", "programming", "casablanca", "rabat"]


@pytest.mark.parametrize("text", ["", " ", "🙂", "...", "\u200f", "a" * 5000])
def test_nothing_in_nothing(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text, "inform") == []
