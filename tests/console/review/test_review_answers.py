"""What advisers say that messages mean: one, two who agree, two who differ."""

from uuid import UUID

import pytest

from store.advisers import audit
from store.review import answers as review_answers
from store.review import examples as review_examples
from store.tables import ReviewItem
from tests.console.conftest import Console
from tests.console.pages_checked import check, texts
from tests.console.reviewing import answered, examples, item_of, listed, say


def test_an_answer_settles_the_item_and_makes_an_example(console: Console) -> None:
    said = say(console, "une formation zoom à fes svp", ("find_course", 0.4))
    item = item_of(console, said).id
    marked = 'une formation zoom à [fes]{"entity": "city", "value": "fes"} svp'
    answer = answered(console.as_role("adviser"), item, pick="register", intent="find_course", marked=marked)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/console/review/next"
    assert examples(console) == [("find_course", marked, "new")]
    assert item_of(console, said).state == "settled"
    with console.database.session() as session:
        done = audit.entries(session, actions=["review-answered"])
        assert [each.detail["item"] for each in done] == [str(item)]
        assert done[0].adviser_name == "The-Adviser"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"pick": ""}, "Choisissez ce que le message veut dire"),
        ({"pick": "nlu_fallback"}, "Choisissez ce que le message veut dire"),
        ({"variety": "de"}, "Choisissez la langue"),
        ({"marked": "   "}, "vide"),
        ({"marked": "a [fes]"}, "pas à sa place"),
        ({"marked": 'a [fes]{"entity": "city", "value": "paris"}'}, "« paris » n'est pas une valeur"),
        ({"marked": 'a [fes]{"entity": "town", "value": "fes"}'}, "« fes » n'est pas une valeur"),
        ({"marked": 'a [fes]{"entity": "city"}'}, "ne peut pas être lue"),
        ({"marked": 'a []{"entity": "city", "value": "fes"}'}, "aucun mot"),
        ({"marked": "a " * 300}, "trop long"),
    ],
)
def test_what_cannot_be_an_example_is_shown_again_with_why(
    console: Console, fields: dict[str, str], said: str
) -> None:
    item = item_of(console, say(console, "bonjour à tous", ("greet", 0.4))).id
    answer = answered(console.as_role("adviser"), item, **fields)
    assert answer.status_code == 422
    assert said in texts(check(answer.text, "fr"))
    assert examples(console) == []


def test_seen_but_no_example(console: Console) -> None:
    said = say(console, "hfhfjdksl", ("out_of_scope", 0.4))
    answered(console.as_role("adviser"), item_of(console, said).id, verdict="none", marked="")
    assert item_of(console, said).state == "settled"
    assert examples(console) == []


def test_ones_own_answer_can_be_corrected_and_nobody_elses(console: Console) -> None:
    item = item_of(console, say(console, "formation en zoom", ("find_course", 0.4))).id
    answered(console.as_role("adviser"), item)
    assert answered(console.as_role("adviser"), item, pick="register").status_code == 303
    assert [each[0] for each in examples(console)] == ["register"]
    assert answered(console.as_role("supervisor"), item).status_code == 409
    assert answered(console.as_role("supervisor"), item, "/decide").status_code == 303
    assert [each[0] for each in examples(console)] == ["find_course"]


def test_a_taught_example_is_told_of_and_not_exported(console: Console) -> None:
    item = item_of(console, say(console, "qui a gagné le match hier ??", ("out_of_scope", 0.7))).id
    browser = console.as_role("adviser")
    assert "déjà enseigné" in browser.get(f"/console/review/{item}").text
    answer = answered(browser, item, pick="out_of_scope", marked="Qui a gagné le match hier")
    assert answer.headers["location"] == "/console/review/next?told=taught"
    assert "n'ajoute rien" in browser.get("/console/review?told=taught").text.replace("&#39;", "'")
    assert [each[2] for each in examples(console)] == ["taught"]
    with console.database.session() as session:
        assert review_examples.approved(session) == []


def test_what_is_understood_well_and_often_adds_nothing(console: Console) -> None:
    for _ in range(2):
        said = say(console, "zoom zoum zam formation", ("find_course", 0.98), ("help", 0.0))
    item = item_of(console, said).id
    assert "98 %" in console.as_role("adviser").get(f"/console/review/{item}").text
    answered(console.as_role("adviser"), item, marked="zoom zoum zam formation")
    assert [each[2] for each in examples(console)] == ["sure"]


def test_what_the_data_say_otherwise_is_a_clash_that_must_be_meant(console: Console) -> None:
    item = item_of(console, say(console, "qui a gagné le match hier ?", ("greet", 0.4))).id
    browser = console.as_role("adviser")
    answer = answered(browser, item, pick="greet", marked="qui a gagné le match hier")
    assert answer.status_code == 422
    page = texts(check(answer.text, "fr"))
    assert "fr/out_of_scope.yml" in page
    assert examples(console) == []
    assert (
        answered(browser, item, pick="greet", marked="qui a gagné le match hier", confirm="yes").status_code
        == 303
    )
    assert [each[2] for each in examples(console)] == ["clash"]


def _two(console: Console, text: str, one: dict[str, str], other: dict[str, str]) -> UUID:
    item = item_of(console, say(console, text, ("find_course", 0.4))).id
    first, second = console.as_role("adviser"), console.as_role("supervisor")
    first.post(f"/console/review/{item}/twice")
    answered(first, item, **one)
    answered(second, item, **other)
    return item


def test_the_second_reviewer_knows_nothing_of_the_first(console: Console) -> None:
    said = say(console, "formation zoom", ("find_course", 0.4))
    item = item_of(console, said).id
    first, second = console.as_role("adviser"), console.as_role("supervisor")
    first.post(f"/console/review/{item}/twice")
    answered(first, item, intent="employer_training", pick="", marked="un texte que seul le premier connaît")
    assert item_of(console, said).state == "second"
    assert examples(console) == []
    assert listed(first) == []
    page = second.get(f"/console/review/{item}").text
    assert "seul le premier" not in page
    assert "The-Adviser" not in page
    assert listed(second) == [str(item)]


def test_two_who_agree_settle_it(console: Console) -> None:
    where = '[fes]{"entity": "city", "value": "fes"}'
    item = _two(console, "à fes", {"marked": f"zoom a {where}"}, {"marked": f"zoom à {where} svp"})
    assert [each[0] for each in examples(console)] == ["find_course"]
    with console.database.session() as session:
        assert review_answers.pairs(session) == [("find_course", "find_course")]
        assert session.get_one(ReviewItem, item).state == "settled"


@pytest.mark.parametrize(
    "other",
    [{"pick": "register"}, {"marked": 'zoom [fes]{"entity": "city", "value": "fes"}'}, {"verdict": "none"}],
    ids=["intent", "entities", "no example"],
)
def test_two_who_differ_need_a_supervisor(console: Console, other: dict[str, str]) -> None:
    item = _two(console, "zoom fes", {"marked": "zoom fes"}, {"marked": "zoom fes", **other})
    assert examples(console) == []
    supervisor = console.as_role("supervisor")
    assert listed(supervisor, "/console/review?tab=disputed") == [str(item)]
    page = check(supervisor.get(f"/console/review/{item}").text, "fr")
    assert {"The-Adviser", "The-Supervisor"} <= set(texts(page).split("\n"))
    assert answered(console.as_role("adviser"), item, "/decide").status_code == 403
    assert answered(supervisor, item, "/decide", marked="zoom fes").status_code == 303
    assert [each[:2] for each in examples(console)] == [("find_course", "zoom fes")]
    assert listed(supervisor, "/console/review?tab=disputed") == []
    with console.database.session() as session:
        assert [each.detail["state"] for each in audit.entries(session, actions=["review-decided"])] == [
            "settled"
        ]


def test_the_figures_of_agreement_are_shown(console: Console) -> None:
    for number in range(3):
        _two(console, f"zoom numéro {number}", {"pick": "greet"}, {"pick": "greet"})
    _two(console, "zoom autre", {"pick": "greet"}, {"pick": "thank"})
    page = texts(check(console.as_role("adviser").get("/console/review").text, "fr"))
    assert "75 %" in page
    assert "0.00" in page
