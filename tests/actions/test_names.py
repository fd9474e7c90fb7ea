"""A name is read where it is said, and nothing else is taken for one."""

import pytest

from actions.base import Services
from actions.registration.names import introduced_name, name_beside_values, plain_name
from store.core.database import Database
from takwin.compose.actions import services


@pytest.fixture
def lists(database: Database) -> Services:
    return services(database)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("smiti Fatima Zahra", "Fatima Zahra"),
        ("la, smiti khadija", "Khadija"),
        ("Smiyti Youssef El Idrissi", "Youssef El Idrissi"),
        ("je m'appelle Aïcha Benali", "Aïcha Benali"),
        ("Mon nom est OUAHBI Samir, de Fès", "OUAHBI Samir"),
        ("Je m'appelle Khadija Benali, j'habite à Fès, j'ai bac+3", "Khadija Benali"),
        ("smiti Hajar Bennani, sakna f Meknes, 3ndi lbac", "Hajar Bennani"),
        ("سميتي خديجة", "خديجة"),
        ("اسمي: ياسين العلوي، أسكن في فاس، لدي إجازة", "ياسين العلوي"),
        ("لا، اسمي محمد العلوي", "محمد العلوي"),
        ("إسمي هو سعاد", "سعاد"),
        # What is taken back is no part of it.
        ("واسمي كريم العلمي وليس العلوي", "كريم العلمي"),
        ("je m'appelle Karim Alami et pas Alaoui", "Karim Alami"),
        ("la smiti Rachid machi Rachida", "Rachid"),
    ],
)
def test_a_name_said_is_read(text: str, name: str, lists: Services) -> None:
    assert introduced_name(text, lists) == name


@pytest.mark.parametrize("text", ["bghit formation", "salam", "smiti", "chno smiytek ?", "اسمي", "شكرا بزاف"])
def test_no_name_is_made_up(text: str, lists: Services) -> None:
    assert introduced_name(text, lists) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fatima Zahra El Idrissi", "Fatima Zahra El Idrissi"),
        ("fatima", "Fatima"),
        ("محمد", "محمد"),
        ("O'Brien Jean-Luc", "O'Brien Jean-Luc"),
        ("N’Hamed O‘Brien", "N’Hamed O‘Brien"),
        ("Fati7a Ben3abdellah", "Fati7a Ben3abdellah"),
        ("3abdelah Ra7mouni", "3abdelah Ra7mouni"),
        ("M. El Alaoui", "M. El Alaoui"),
        ("محمد بن عبد الله العلوي الإدريسي", "محمد بن عبد الله العلوي الإدريسي"),
        ("  Samir. ", "Samir"),
    ],
)
def test_a_bare_name_is_taken(text: str, name: str, lists: Services) -> None:
    assert plain_name(text, lists) == name


@pytest.mark.parametrize(
    "text",
    [
        "oui",
        "la",
        "واخا",
        "3lach ?",
        "12",
        "bghit nsowlek",
        "http://x.y",
        "a",
        "x" * 80,
        "w a h d j u z",
        "merci bien",
    ],
)
def test_everyday_answers_are_no_names(text: str, lists: Services) -> None:
    assert plain_name(text, lists) is None


@pytest.mark.parametrize(
    "text",
    ["attends, je voudrais savoir si c'est payant", "Younes. mais c'est quand le début de la formation"],
)
def test_the_start_of_a_sentence_is_no_name(text: str, lists: Services) -> None:
    assert plain_name(text, lists) is None


def test_a_name_may_be_followed_by_a_word_or_two(lists: Services) -> None:
    assert plain_name("Fatima, 25 ans", lists) == "Fatima"


@pytest.mark.parametrize(
    ("text", "beside", "name"),
    [
        ("كريم العلوي - الرباط - باك+2", "كريم العلوي -        -      ", "كريم العلوي"),
        ("Salma Idrissi / Fes / bac", "Salma Idrissi /     /    ", "Salma Idrissi"),
        ("Fes, Salma Idrissi, licence", "   , Salma Idrissi,        ", "Salma Idrissi"),
        ("ana mn Fes w 3ndi lbac", "ana mn     w 3ndi     ", None),
    ],
)
def test_a_name_beside_other_values_is_read(
    text: str, beside: str, name: str | None, lists: Services
) -> None:
    assert len(beside) == len(text)
    assert name_beside_values(beside, lists) == name
