"""How a message is cut into pieces."""

from bot.nlu.features.grams import letter_runs, meaning_views, pairs, spelling_views, word_runs
from bot.nlu.features.knowledge import Knowledge

NOTHING = Knowledge()
LEXICON = Knowledge(
    lexicon={"how_much": ["combien", "شحال"], "want": ["bghit", "veux"], "me": ["mot de passe"]}
)


def test_runs_of_words() -> None:
    assert word_runs(["wach", "kayn", "stage"], 2) == ["wach", "kayn", "stage", "wach kayn", "kayn stage"]


def test_runs_of_letters_know_where_a_word_ends() -> None:
    assert letter_runs(["ok"], 2, 3) == [" o", "ok", "k ", " ok", "ok "]


def test_a_short_word_counts_once_as_a_whole() -> None:
    assert letter_runs(["a"], 2, 5) == [" a", "a ", " a "]


def test_pairs_have_no_order_and_stories_have_none() -> None:
    assert pairs(["b", "a", "b"], 2) == ["a & b"]
    assert pairs(["c", "b", "a"], 2) == []


def test_two_scripts_share_the_folded_views() -> None:
    latin, arabic = meaning_views("bghit n9ra", NOTHING), meaning_views("بغيت نقرا", NOTHING)
    assert latin[0] != arabic[0]
    assert latin[2:] == arabic[2:]


def test_two_languages_share_the_concepts() -> None:
    french, darija = meaning_views("combien ça coûte", LEXICON), meaning_views("b ch7al hadi", LEXICON)
    assert french[6:] == darija[6:] == [["|", "how_much", "|", "| how_much", "how_much |"], []]


def test_an_empty_message_has_no_pieces() -> None:
    assert meaning_views("", LEXICON) == [[], [], [], [], [], ["| |"], [], []]


def test_spelling_is_not_folded() -> None:
    assert spelling_views("Été", NOTHING)[0] == ["été"]


def test_spelling_says_which_scripts_there_are() -> None:
    assert [spelling_views(text, NOTHING)[2] for text in ("salam", "سلام", "tablette تمشي؟", "2 🙂")] == [
        ["L"], ["A"], ["AL"], []
    ]  # fmt: skip
