"""The queue of review: what is taken in, in which order, who sees it, what becomes of an answer, two reviewers."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from bot.nlu.folding import fold
from store import (
    audit,
    conversations,
    merging,
    privacy,
    review,
    review_answers,
    review_examples,
    review_intake,
)
from store.advisers import Scope
from store.review import ReviewFilter, Tab
from store.tables import Message, ReviewItem
from takwin import reviewing
from tests.console.conftest import Browser, Console, Said
from tests.console.pages_checked import check, texts

ITEM = re.compile(r'href="/console/review/([0-9a-f-]{36})')
_senders: Iterator[int] = iter(range(10_000, 99_999))


def understood(*ranking: tuple[str, float], fallback: bool = False, **more: Any) -> dict[str, Any]:
    """What the engine says of a message."""
    listed = [list(each) for each in ranking]
    first = ["nlu_fallback", 0.35] if fallback else listed[0]
    return {
        "intent": first[0], "confidence": first[1], "ranking": [["nlu_fallback", 0.35], *listed][:3] if fallback
        else listed, "entities": [], "variety": "fr", **more,
    }  # fmt: skip


def say(console: Console, text: str, *ranking: tuple[str, float], sender: str = "", **more: Any) -> Said:
    """Somebody new writes, and is understood so."""
    known = {name: more.pop(name) for name in ("channel", "city", "name", "at") if name in more}
    understanding = understood(*(ranking or (("find_course", 0.5), ("help", 0.2))), **more)
    return console.says(text, sender=sender or f"+2126{next(_senders)}", understanding=understanding, **known)


def take_in(console: Console) -> int:
    with console.database.session() as session:
        return review_intake.take_in(session, fold, reviewing.complains)


def queue(console: Console, tab: Tab = "queue", scope: Scope | None = None, **wanted: Any) -> list[str]:
    """What a reviewer who did nothing yet has before them, in order."""
    take_in(console)
    with console.database.session() as session:
        page = review.listing(session, scope or Scope(), UUID(int=1), tab, ReviewFilter(**wanted))
        return [entry.message.text or "" for entry in page.entries]


def item_of(console: Console, said: Said) -> ReviewItem:
    take_in(console)
    with console.database.session() as session:
        message = conversations.get_message(session, said.message_id)
        digest = review_intake.digest_of("fr", message.text or "", fold)
        return session.query(ReviewItem).filter_by(digest=digest).one()


def listed(browser: Browser, path: str = "/console/review") -> list[str]:
    return ITEM.findall(browser.get(path).text)


def examples(console: Console) -> list[tuple[str, str, str]]:
    with console.database.session() as session:
        found = review_examples.approved(session, ("new", "taught", "sure", "clash"))
        return [(each.intent, each.marked, each.worth) for each in found]


# The order of the queue


def test_what_was_least_sure_stands_first_and_complaints_before_all(console: Console) -> None:
    say(console, "sûr", ("greet", 0.97), ("thank", 0.01))
    say(console, "serré", ("register", 0.55), ("inform", 0.44))
    say(console, "clair", ("register", 0.55), ("inform", 0.05))
    say(console, "non compris", ("help", 0.2), ("inform", 0.19), fallback=True)
    say(console, "dehors", ("out_of_scope", 0.6), ("help", 0.05))
    flagged = say(console, "signalé", ("greet", 0.99), ("thank", 0.01))
    with console.database.session() as session:
        conversations.get_message(session, flagged.message_id).flagged = True
    assert queue(console) == ["signalé", "non compris", "serré", "dehors", "clair", "sûr"]


@pytest.mark.parametrize(
    ("complaint", "intent"),
    [
        ("👎", "nlu_fallback"),
        ("c'est nul", "feedback"),
        ("ماشي هادشي اللي بغيت", "deny"),
        ("c nul 😡", "find_course"),
    ],
)
def test_a_complaint_is_about_the_message_before_it(console: Console, complaint: str, intent: str) -> None:
    say(console, "bghit cuisine", ("find_course", 0.98), ("help", 0.0), sender="+212611111111")
    say(console, complaint, (intent, 0.9), sender="+212611111111")
    take_in(console)
    assert queue(console, reason="complained") == ["bghit cuisine"]


def test_a_reaction_with_a_thumb_down_is_a_complaint_too(console: Console) -> None:
    say(console, "bghit cuisine", ("find_course", 0.98), sender="+212611111111")
    console.says("", sender="+212611111111", media={"kind": "reaction", "emoji": "👎"})
    assert queue(console, reason="complained") == ["bghit cuisine"]


def test_praise_is_no_complaint(console: Console) -> None:
    say(console, "bghit cuisine", ("find_course", 0.98), sender="+212611111111")
    say(console, "bravo, merci beaucoup", ("feedback", 0.9), sender="+212611111111")
    assert queue(console, reason="complained") == []


def test_spellings_of_one_thing_are_one_item(console: Console) -> None:
    for text in ("bghit n9ra l'informatique", "bghit nqra linformatique", "بغيت نقرا لانفورماتيك"):
        say(console, text, ("find_course", 0.6), variety="ary-Latn")
    say(console, "bghit nkhdem", ("ask_jobs", 0.6), variety="ary-Latn")
    take_in(console)
    with console.database.session() as session:
        times = sorted(item.times for item in session.query(ReviewItem))
    assert sum(times) == 4
    assert times[-1] >= 2


def test_choices_of_a_menu_and_empty_messages_are_not_reviewed(console: Console) -> None:
    console.says("S'inscrire", option={"id": "o1"}, understanding=understood(("register", 1.0)))
    console.says("", media={"kind": "image"}, understanding=understood(("help", 0.2)))
    console.says("en attente")
    assert queue(console) == []


def test_taking_in_twice_changes_nothing(console: Console) -> None:
    said = say(console, "bonjour madame", ("greet", 0.5))
    assert take_in(console) == 1
    assert take_in(console) == 0
    with console.database.session() as session:
        conversations.record_understanding(session, said.message_id, understood(("greet", 0.4)))
    assert item_of(console, said).times == 1
    assert item_of(console, said).confidence == 0.4


# Filters, tabs, pages


def test_filters(console: Console) -> None:
    say(console, "un", ("register", 0.5), channel="whatsapp")
    say(console, "deux", ("greet", 0.5), variety="ar")
    say(console, "trois", ("out_of_scope", 0.5), channel="sms")
    assert queue(console, channel="whatsapp") == ["un"]
    assert queue(console, intent="greet") == ["deux"]
    assert queue(console, variety="ar") == ["deux"]
    assert queue(console, reason="out-of-scope") == ["trois"]
    today = console.clock().date()
    assert len(queue(console, after=today)) == 3
    assert queue(console, before=today.replace(year=today.year - 1)) == []


def test_the_list_goes_on_page_by_page_and_misses_nothing(console: Console) -> None:
    for number in range(70):
        say(console, f"demande numéro {number}", ("find_course", round(0.3 + number % 7 / 100, 2)))
    browser, path, found = console.as_role("adviser"), "/console/review", list[str]()
    while path:
        page = browser.get(path).text
        found += dict.fromkeys(ITEM.findall(page))
        further = re.search(r'rel="next" href="([^"]+)"', page)
        path = further[1].replace("&amp;", "&") if further else ""
    assert len(found) == len(set(found)) == 70


def test_addresses_with_anything_in_them_are_read(console: Console) -> None:
    browser = console.as_role("adviser")
    for query in (
        "tab=x&variety=de&intent=%3Cb%3E&after=yesterday&from=1_x_2",
        "from=nan_nan_nan",
        "tab=settled&from=0",
    ):
        assert browser.get(f"/console/review?{query}").status_code == 200


def test_skipped_and_saved_are_out_of_ones_own_queue_only(console: Console) -> None:
    first = item_of(console, say(console, "premier", ("help", 0.2))).id
    second = item_of(console, say(console, "second", ("help", 0.3))).id
    browser = console.as_role("adviser")
    answer = browser.post(f"/console/review/{first}/skip", filter="channel=sms")
    assert answer.headers["location"] == "/console/review/next?channel=sms"
    assert str(second) in browser.get("/console/review/next").headers["location"]
    browser.post(f"/console/review/{second}/later")
    assert listed(browser) == []
    assert listed(browser, "/console/review?tab=skipped") == [str(first)]
    assert listed(browser, "/console/review?tab=saved") == [str(second)]
    assert browser.get("/console/review/next").headers["location"] == "/console/review"
    assert listed(console.as_role("supervisor")) == [str(first), str(second)]


def test_flagging_marks_the_message_and_brings_it_to_the_front(console: Console) -> None:
    say(console, "bas", ("help", 0.2))
    said = say(console, "haut", ("help", 0.9))
    item = item_of(console, said)
    console.as_role("adviser").post(f"/console/review/{item.id}/flag")
    assert queue(console)[0] == "haut"
    with console.database.session() as session:
        assert conversations.get_message(session, said.message_id).flagged


# Answers


def _answer(browser: Browser, item: UUID, action: str = "", **fields: str) -> Any:
    given = {
        "pick": "find_course",
        "variety": "fr",
        "marked": "je cherche zoom",
        "verdict": "example",
        **fields,
    }
    return browser.post(f"/console/review/{item}{action}", **given)


def test_an_answer_settles_the_item_and_makes_an_example(console: Console) -> None:
    said = say(console, "une formation zoom à fes svp", ("find_course", 0.4))
    item = item_of(console, said).id
    marked = 'une formation zoom à [fes]{"entity": "city", "value": "fes"} svp'
    answer = _answer(console.as_role("adviser"), item, pick="register", intent="find_course", marked=marked)
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
    answer = _answer(console.as_role("adviser"), item, **fields)
    assert answer.status_code == 422
    assert said in texts(check(answer.text, "fr"))
    assert examples(console) == []


def test_seen_but_no_example(console: Console) -> None:
    said = say(console, "hfhfjdksl", ("out_of_scope", 0.4))
    _answer(console.as_role("adviser"), item_of(console, said).id, verdict="none", marked="")
    assert item_of(console, said).state == "settled"
    assert examples(console) == []


def test_ones_own_answer_can_be_corrected_and_nobody_elses(console: Console) -> None:
    item = item_of(console, say(console, "formation en zoom", ("find_course", 0.4))).id
    _answer(console.as_role("adviser"), item)
    assert _answer(console.as_role("adviser"), item, pick="register").status_code == 303
    assert [each[0] for each in examples(console)] == ["register"]
    assert _answer(console.as_role("supervisor"), item).status_code == 409
    assert _answer(console.as_role("supervisor"), item, "/decide").status_code == 303
    assert [each[0] for each in examples(console)] == ["find_course"]


# What adds nothing


def test_a_taught_example_is_told_of_and_not_exported(console: Console) -> None:
    item = item_of(console, say(console, "qui a gagné le match hier ??", ("out_of_scope", 0.7))).id
    browser = console.as_role("adviser")
    assert "déjà enseigné" in browser.get(f"/console/review/{item}").text
    answer = _answer(browser, item, pick="out_of_scope", marked="Qui a gagné le match hier")
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
    _answer(console.as_role("adviser"), item, marked="zoom zoum zam formation")
    assert [each[2] for each in examples(console)] == ["sure"]


def test_what_the_data_say_otherwise_is_a_clash_that_must_be_meant(console: Console) -> None:
    item = item_of(console, say(console, "qui a gagné le match hier ?", ("greet", 0.4))).id
    browser = console.as_role("adviser")
    answer = _answer(browser, item, pick="greet", marked="qui a gagné le match hier")
    assert answer.status_code == 422
    page = texts(check(answer.text, "fr"))
    assert "fr/out_of_scope.yml" in page
    assert examples(console) == []
    assert (
        _answer(browser, item, pick="greet", marked="qui a gagné le match hier", confirm="yes").status_code
        == 303
    )
    assert [each[2] for each in examples(console)] == ["clash"]


# Two reviewers


def _two(console: Console, text: str, one: dict[str, str], other: dict[str, str]) -> UUID:
    item = item_of(console, say(console, text, ("find_course", 0.4))).id
    first, second = console.as_role("adviser"), console.as_role("supervisor")
    first.post(f"/console/review/{item}/twice")
    _answer(first, item, **one)
    _answer(second, item, **other)
    return item


def test_the_second_reviewer_knows_nothing_of_the_first(console: Console) -> None:
    said = say(console, "formation zoom", ("find_course", 0.4))
    item = item_of(console, said).id
    first, second = console.as_role("adviser"), console.as_role("supervisor")
    first.post(f"/console/review/{item}/twice")
    _answer(first, item, intent="employer_training", pick="", marked="un texte que seul le premier connaît")
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
    assert _answer(console.as_role("adviser"), item, "/decide").status_code == 403
    assert _answer(supervisor, item, "/decide", marked="zoom fes").status_code == 303
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


def test_what_is_reviewed_already_is_not_reviewed_twice(console: Console) -> None:
    item = item_of(console, say(console, "formation zoom", ("find_course", 0.4))).id
    _answer(console.as_role("adviser"), item)
    assert console.as_role("adviser").post(f"/console/review/{item}/twice").status_code == 409


# Whose messages


def test_an_adviser_of_fes_judges_no_words_of_rabat(console: Console) -> None:
    say(console, "je suis de rabat", ("inform", 0.4), city="rabat")
    fes = say(console, "je suis de fes", ("inform", 0.4), city="fes")
    rabat = item_of(console, say(console, "rabat encore", ("inform", 0.3), city="rabat")).id
    assert queue(console, scope=Scope(cities=("fes",))) == ["je suis de fes"]
    console.add("of-fes", "adviser", cities=["fes"])
    browser = console.browser()
    browser.sign_in("of-fes")
    assert listed(browser) == [str(item_of(console, fes).id)]
    for action in ("", "/skip", "/later", "/flag", "/twice"):
        assert _answer(browser, rabat, action).status_code == 404
    assert browser.get(f"/console/review/{rabat}").status_code == 404


def test_of_an_item_of_many_only_messages_in_scope_are_shown(console: Console) -> None:
    say(console, "Formation ZOOM", ("find_course", 0.4), city="fes")
    said = say(console, "formation zoom !", ("find_course", 0.4), city="rabat")
    assert queue(console) == ["formation zoom !"]
    assert queue(console, scope=Scope(cities=("fes",))) == ["Formation ZOOM"]
    with console.database.session() as session:
        item = item_of(console, said)
        shown = review.alike(session, Scope(cities=("fes",)), item.id)
        assert [message.text for message in shown] == ["Formation ZOOM"]


def test_an_erased_person_leaves_nothing_to_review_and_the_example_stays(console: Console) -> None:
    said = say(console, "formation zoom pour moi", ("find_course", 0.4))
    item = item_of(console, said).id
    _answer(console.as_role("adviser"), item)
    with console.database.session() as session:
        privacy.erase_person(session, said.person_id)
    assert queue(console, "settled") == []
    assert console.as_role("adviser").get(f"/console/review/{item}").status_code == 404
    assert len(examples(console)) == 1


def test_two_addresses_of_one_person_can_be_joined(console: Console) -> None:
    one = say(console, "formation zoom", ("find_course", 0.4))
    other = say(console, "formation zoum", ("find_course", 0.4))
    take_in(console)
    with console.database.session() as session:
        merging.merge(session, one.person_id, other.person_id)
    assert len(queue(console)) >= 1
    with console.database.session() as session:
        assert {each.person_id for each in session.query(Message)} == {one.person_id}


def test_reading_is_audited_with_whose_words_they_are(console: Console) -> None:
    said = say(console, "formation zoom", ("find_course", 0.4))
    console.as_role("adviser").get(f"/console/review/{item_of(console, said).id}")
    with console.database.session() as session:
        assert [each.action for each in audit.entries(session, person_id=said.person_id)] == ["review-read"]
