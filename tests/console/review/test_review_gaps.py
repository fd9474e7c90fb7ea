"""Content gaps with the conversations behind them, and conversations kept as journey tests."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from store.advisers import audit
from store.conversations.outbound import OutboundRecord, store_replies, store_unprompted
from store.people import people
from tests.console.conftest import Browser, Console, Said
from tests.console.pages_checked import check, texts
from tests.console.review.test_review import say, understood
from tests.journeys.script import read_journey

_BEHIND = re.compile(r'href="(/console/inbox\?[^"]+)"')


def answer(console: Console, said: Said, *replies: str, options: Any = (), variety: str = "fr") -> None:
    """The assistant's replies to a message."""
    with console.database.session() as session:
        records = [
            OutboundRecord(reply_keys=key.split(" + "), text=f"<{key}>", variety=variety, options=options)
            for key in replies
        ]
        store_replies(session, said.message_id, records)


def about(topic: str) -> list[dict[str, Any]]:
    return [{"entity": "topic", "value": topic, "start": 0, "end": 3}]


def rows(browser: Browser, query: str = "") -> list[str]:
    """The lines of the page of gaps, by their text."""
    page = check(browser.get(f"/console/gaps{query}").text, "fr")
    body = next(iter(page.iter("tbody")), None)
    return [] if body is None else [" ".join(texts(row).split()) for row in body.iter("tr")]


def test_what_was_asked_in_vain_is_counted_by_topic_city_and_variety(console: Console) -> None:
    for _ in range(2):
        said = say(console, "formation cloud", entities=about("cloud"), city="fes")
        answer(console, said, "nothing-found")
    other = say(console, "formation vente", entities=about("sales"), city="rabat")
    answer(console, other, "noted + nothing-found")
    fine = say(console, "formation anglais", entities=about("english"), city="rabat")
    answer(console, fine, "courses-found")
    found = rows(console.as_role("reader"))
    assert len(found) == 2
    assert found[0].startswith("Cloud formation cloud Fès")
    assert "2 conversations" in found[0]
    assert found[1].startswith("Vente formation vente Rabat")


def test_the_topic_named_before_counts_where_the_last_message_names_none(console: Console) -> None:
    first = say(console, "bghit cloud", entities=about("cloud"), sender="+212600009999")
    answer(console, first, "ask-city")
    second = say(console, "f agadir", ("inform", 0.9), sender="+212600009999")
    answer(console, second, "nothing-found")
    assert rows(console.as_role("reader"))[0].startswith("Cloud f agadir")


def test_a_gap_leads_to_the_conversations_behind_it(console: Console) -> None:
    wanted = say(console, "formation cloud", entities=about("cloud"), city="fes")
    answer(console, wanted, "nothing-found")
    other = say(console, "formation cloud", entities=about("cloud"), city="rabat")
    answer(console, other, "nothing-found")
    browser = console.as_role("reader")
    behind = [
        unescape(each) for each in _BEHIND.findall(browser.get("/console/gaps").text) if "reply" in each
    ]
    assert len(behind) == 2
    pages = [browser.get(each).text for each in behind]
    for said in (wanted, other):
        assert [str(said.conversation_id) in page for page in pages].count(True) == 1


def test_the_page_says_how_many_answers_it_counts(console: Console) -> None:
    page = console.as_role("reader").get("/console/gaps").text.replace("\u202f", "").replace("\xa0", "")
    assert "2500 réponses" in page


def test_only_ones_own_people_and_only_so_far_back(console: Console) -> None:
    said = say(console, "formation cloud", entities=about("cloud"), city="rabat")
    answer(console, said, "agency-unknown")
    console.add("of-fes", "adviser", cities=["fes"])
    browser = console.browser()
    browser.sign_in("of-fes")
    assert rows(browser) == []
    assert len(rows(console.as_role("reader"))) == 1
    console.clock.ahead += timedelta(days=60)
    console.signed_in.clear()
    console.add("later", "reader")
    reader = console.browser()
    reader.sign_in("later")
    assert rows(reader, "?days=30") == []
    assert len(rows(reader, "?days=365&x=1")) == 1


# Journeys


def _talk(console: Console) -> Said:
    """A conversation with words, a tap, a number, an adviser and a telephone number."""
    options = [
        {"id": "a", "title": "A", "title_key": "option-course", "intent": "course_details", "entities": []},
        {"id": "b", "title": "B", "title_key": "option-course", "intent": "course_details", "entities": []},
    ]
    sender = "+212600008888"
    first = say(console, "  Salam,\nsmiti Amina", ("greet", 0.9), sender=sender, name="Amina Berrada")
    answer(console, first, "welcome + menu", "courses-found", options=options)
    tapped = console.says(
        "", sender=sender, option={"id": "b"}, understanding=understood(("course_details", 1.0))
    )
    answer(console, tapped, "course-page")
    last = say(console, "mon numéro 0612345678, berrada", ("inform", 0.8), sender=sender)
    answer(console, last, "noted")
    with console.database.session() as session:
        record = OutboundRecord(reply_keys=("adviser-words",), text="Bonjour Amina")
        for message in store_unprompted(session, first.conversation_id, [record]):
            message.author_kind, message.author_adviser_id = "adviser", first.person_id
        store_unprompted(session, first.conversation_id, [OutboundRecord(reply_keys=("alert",), text="x")])
    with console.database.session() as session:
        people.get(session, first.person_id).variety = "ary-Latn"
    return first


def test_a_conversation_becomes_a_journey_without_who_held_it(console: Console, tmp_path: Path) -> None:
    said = _talk(console)
    answer = console.as_role("adviser").get(f"{said.path}/journey")
    assert answer.headers["content-type"].startswith("text/plain")
    named = answer.headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="ary-Latn-\d{4}-\d\d-\d\d-\d{4}\.txt"', named)
    for private in ("Amina", "berrada", "Berrada", "0612345678", "Bonjour"):
        assert private not in answer.text
    path = tmp_path / "ary-Latn" / "saved.txt"
    path.parent.mkdir()
    path.write_text(answer.text, encoding="utf-8")
    steps = [(step.mark, step.text) for step in read_journey(path).steps]
    assert steps == [
        (">", "Salam, smiti Karima"), ("=", "greet"), ("<", "welcome, menu, courses-found"), ("@", "fr"),
        (">>", "option-course 2"), ("<", "course-page"), ("@", "fr"),
        (">", "mon numéro 0000000000, Karima"), ("=", "inform"), ("<", "noted"), ("@", "fr"),
    ]  # fmt: skip
    assert "# (an adviser wrote here)" in answer.text
    with console.database.session() as session:
        assert len(audit.entries(session, person_id=said.person_id, actions=["journey-saved"])) == 1


def test_the_thread_offers_the_journey_to_who_may_have_it(console: Console) -> None:
    said = _talk(console)
    assert f'href="{said.path}/journey"' in console.as_role("adviser").get(said.path).text
    assert "/journey" not in console.as_role("reader").get(said.path).text


@pytest.mark.parametrize("text", ["> salut", "= greet", "# rien", "!~ x", "a\u2028b"])
def test_what_looks_like_a_step_stays_what_was_said(console: Console, tmp_path: Path, text: str) -> None:
    said = say(console, text, ("greet", 0.9))
    path = tmp_path / "fr" / "saved.txt"
    path.parent.mkdir()
    path.write_text(console.as_role("adviser").get(f"{said.path}/journey").text, encoding="utf-8")
    first = read_journey(path).steps[0]
    assert (first.mark, first.text) == (">", " ".join(text.split()))
