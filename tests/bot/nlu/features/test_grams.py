"""How a message is cut into pieces."""

from bot.nlu.features.grams import letter_runs, meaning_views, shape, spelling_views, word_runs
from bot.nlu.folding import tokenize


def test_runs_of_words() -> None:
    assert word_runs(["wach", "kayn", "stage"], 2) == ["wach", "kayn", "stage", "wach kayn", "kayn stage"]


def test_runs_of_letters_know_where_a_word_ends() -> None:
    assert letter_runs(["ok"], 2, 3) == [" o", "ok", "k ", " ok", "ok "]


def test_a_short_word_counts_once_as_a_whole() -> None:
    assert letter_runs(["a"], 2, 5) == [" a", "a ", " a "]


def test_two_scripts_share_the_folded_views() -> None:
    latin, arabic = meaning_views("bghit n9ra", ()), meaning_views("بغيت نقرا", ())
    assert latin[0] != arabic[0]
    assert latin[2:] == arabic[2:]


def test_spelling_is_left_as_it_is() -> None:
    words, _ = spelling_views("Où أين N9ra?")
    assert words == ["où", "أين", "n9ra?"]


def test_the_number_of_views_never_changes() -> None:
    assert meaning_views("", ()) == [[], [], [], [], [], ["| |"]]
    assert spelling_views("") == [[], []]


def test_in_its_shape_a_message_names_kinds_of_things() -> None:
    text = "formation à el jadida en ligne"
    assert shape(tokenize(text), [(12, 21, "city"), (22, 30, "mode")])[-2:] == ["<city>", "<mode>"]
    fes, rabat = (shape(tokenize(t), [(5, len(t), "city")]) for t in ("dans Fès", "dans Rabat"))
    assert fes == rabat
