"""The queue of review: what is taken in, in which order, who sees it."""

import re

import pytest

from store.advisers import audit
from store.advisers.access_scope import AccessScope
from store.conversations.messages import get_message, record_understanding
from store.lifecycle import merging, privacy
from store.review import queue as review
from store.tables import Message, ReviewItem
from tests.console.conftest import Console
from tests.console.reviewing import answered, examples, item_of, listed, queue, say, take_in, understood

ITEM = re.compile(r'href="/console/review/([0-9a-f-]{36})')


# The order of the queue


def test_what_was_least_sure_stands_first_and_complaints_before_all(console: Console) -> None:
    say(console, "sûr", ("greet", 0.97), ("thank", 0.01))
    say(console, "serré", ("register", 0.55), ("inform", 0.44))
    say(console, "clair", ("register", 0.55), ("inform", 0.05))
    say(console, "non compris", ("help", 0.2), ("inform", 0.19), fallback=True)
    say(console, "dehors", ("out_of_scope", 0.6), ("help", 0.05))
    flagged = say(console, "signalé", ("greet", 0.99), ("thank", 0.01))
    with console.database.session() as session:
        get_message(session, flagged.message_id).flagged = True
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
        record_understanding(session, said.message_id, understood(("greet", 0.4)))
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
        assert get_message(session, said.message_id).flagged


def test_what_is_reviewed_already_is_not_reviewed_twice(console: Console) -> None:
    item = item_of(console, say(console, "formation zoom", ("find_course", 0.4))).id
    answered(console.as_role("adviser"), item)
    assert console.as_role("adviser").post(f"/console/review/{item}/twice").status_code == 409


# Whose messages


def test_an_adviser_of_fes_judges_no_words_of_rabat(console: Console) -> None:
    say(console, "je suis de rabat", ("inform", 0.4), city="rabat")
    fes = say(console, "je suis de fes", ("inform", 0.4), city="fes")
    rabat = item_of(console, say(console, "rabat encore", ("inform", 0.3), city="rabat")).id
    assert queue(console, scope=AccessScope(cities=("fes",))) == ["je suis de fes"]
    console.add("of-fes", "adviser", cities=["fes"])
    browser = console.browser()
    browser.sign_in("of-fes")
    assert listed(browser) == [str(item_of(console, fes).id)]
    for action in ("", "/skip", "/later", "/flag", "/twice"):
        assert answered(browser, rabat, action).status_code == 404
    assert browser.get(f"/console/review/{rabat}").status_code == 404


def test_of_an_item_of_many_only_messages_in_scope_are_shown(console: Console) -> None:
    say(console, "Formation ZOOM", ("find_course", 0.4), city="fes")
    said = say(console, "formation zoom !", ("find_course", 0.4), city="rabat")
    assert queue(console) == ["formation zoom !"]
    assert queue(console, scope=AccessScope(cities=("fes",))) == ["Formation ZOOM"]
    with console.database.session() as session:
        item = item_of(console, said)
        shown = review.alike(session, AccessScope(cities=("fes",)), item.id)
        assert [message.text for message in shown] == ["Formation ZOOM"]


def test_an_erased_person_leaves_nothing_to_review_and_the_example_stays(console: Console) -> None:
    said = say(console, "formation zoom pour moi", ("find_course", 0.4))
    item = item_of(console, said).id
    answered(console.as_role("adviser"), item)
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
