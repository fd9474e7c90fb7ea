"""What filters find: words in any script, what was understood, and everything put together."""

from datetime import timedelta
from uuid import UUID

import pytest

from console.inbox.language import parse_filter
from store.advisers import tags
from store.advisers.access_scope import AccessScope
from store.conversations import read_marks, threads
from store.handover import requests as adviser_requests
from store.inbox import listing as inbox
from store.inbox import search_index
from store.inbox.filters import Reader
from store.people import people
from takwin.search_words import index_words, query_words
from tests.console.conftest import Console, Said


def _understood(intent: str, confidence: float, topic: str | None = None) -> dict[str, object]:
    entities = [] if topic is None else [{"entity": "topic", "value": topic}]
    return {"intent": intent, "confidence": confidence, "ranking": [], "entities": entities, "variety": "fr"}


@pytest.fixture
def told(console: Console) -> dict[str, Said]:
    """Five people, each told apart by something."""
    people_told = {
        "latin": console.says("salam bghit formation", "+212600000001", understanding=_understood("find_course", 0.92),
                              variety="ary-Latn", city="fes"),
        "arabic": console.says("بغيت شي فورماسيون", "+212600000002", understanding=_understood("find_course", 0.4),
                               variety="ary", city="rabat"),
        "cloud": console.says("un cours de cloud", "s-3", "web", understanding=_understood("register", 0.55, "cloud"),
                              variety="fr", region="Souss-Massa"),
        "lost": console.says("qsdlkj", "s-4", "web", understanding=_understood("nlu_fallback", 0.3)),
        "off": console.says("quel temps fait-il", "s-5", "web", understanding=_understood("out_of_scope", 0.8)),
    }  # fmt: skip
    console.says("فالفورماسيونات المجانية", "s-3", "web")
    return people_told


def _found(
    console: Console, typed: str, scope: AccessScope | None = None, adviser: UUID | None = None
) -> set[UUID]:
    reader = Reader(adviser or UUID(int=0), query_words)
    with console.database.session() as session:
        while search_index.take_in(session, index_words):
            pass
    with console.database.session() as session:
        page = inbox.listing(session, scope or AccessScope(), parse_filter(typed), reader)
        counted = inbox.count(session, scope or AccessScope(), parse_filter(typed), reader)
    assert counted == len(page.rows)
    return {row.id for row in page.rows}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("formation", "latin arabic cloud"),
        ("فورماسيون", "latin arabic cloud"),
        ("formasion", "latin arabic cloud"),
        ("الفورماسيون", "latin arabic cloud"),
        ("form*", "latin arabic cloud"),
        ('"bghit formation"', "latin"),
        ('"formation bghit"', ""),
        ("formation channel:sms", "latin arabic"),
        ("formation -channel:sms", "cloud"),
        ("intent:find_course", "latin arabic"),
        ("intent:find_course,register", "latin arabic cloud"),
        ("intent:find_course conf<0.5", "arabic"),
        ("intent:find_course conf>=0.5", "latin"),
        ("conf<0.5", "arabic lost"),
        ("conf<0.5 -is:fallback", "arabic"),
        ("is:fallback", "lost"),
        ("is:out-of-scope", "off"),
        ("is:fallback or is:out-of-scope", "lost off"),
        ("topic:cloud", "cloud"),
        ("topic:cloud or formation channel:sms", "latin arabic cloud"),
        ("formation or city:fes", "latin arabic cloud"),
        ("is:fallback or city:fes or channel:web variety:fr", "latin cloud lost"),
        ("(is:fallback or city:fes) channel:sms", "latin"),
        ("(is:fallback or city:fes) (is:unassigned or formation)", "latin lost"),
        (
            "(salam or city:rabat) (form* or channel:web) (city:fes or conf<0.5) (variety:ary or bghit)",
            "latin arabic",
        ),
        ("-(salam or city:rabat) channel:sms", ""),
        ("-(formation or is:fallback)", "off"),
        ("variety:ary,ary-Latn", "latin arabic"),
        ("city:fes", "latin"),
        ("region:souss-massa", "cloud"),
        ("state:closed", ""),
        ("before:2020-01-01", ""),
        ("after:2020-01-01 city:fes", "latin"),
        ("'; drop table messages; --", ""),
        ("is:unassigned city:rabat", "arabic"),
    ],
)
def test_a_filter_finds_what_it_says(
    console: Console, told: dict[str, Said], typed: str, expected: str
) -> None:
    names = {said.conversation_id: name for name, said in told.items()}
    assert {names[each] for each in _found(console, typed)} == set(expected.split())


def test_a_list_that_can_be_met_in_several_ways_goes_on_page_by_page(
    console: Console, told: dict[str, Said]
) -> None:
    reader = Reader(UUID(int=0), query_words)
    # Who meets both ways stands there once.
    wanted = parse_filter("formation or channel:sms or conf<0.5")
    with console.database.session() as session:
        while search_index.take_in(session, index_words):
            pass
    seen, after = [], None
    with console.database.session() as session:
        while True:
            page = inbox.listing(session, AccessScope(), wanted, reader, after=after, limit=1)
            seen += [row.id for row in page.rows]
            after = page.next
            if after is None:
                break
        ids = inbox.ids(session, AccessScope(), wanted, reader, None, 3)
        two = [told["off"].conversation_id, told["cloud"].conversation_id]
        assert inbox.ids(session, AccessScope(), wanted, reader, two, 3) == [told["cloud"].conversation_id]
    expected = [told[name].conversation_id for name in ("cloud", "lost", "arabic", "latin")]
    assert seen == expected
    assert ids == expected[:3]


def test_tags_flags_requests_and_reading_are_found(console: Console, told: dict[str, Said]) -> None:
    adviser = console.add("nadia")
    with console.database.session() as session:
        tags.put(session, "person", told["latin"].person_id, "Suivi", adviser)
        tags.put(session, "conversation", told["arabic"].conversation_id, "suivi", adviser)
        tags.put(session, "message", told["cloud"].message_id, "suivi", adviser)
        threads.set_flag(session, told["lost"].conversation_id, told["lost"].message_id, True)
        adviser_requests.request(session, told["off"].person_id, "asked")
        conversation = inbox.visible(session, AccessScope(), told["off"].conversation_id)
        assert conversation is not None
        read_marks.mark_read(session, adviser, conversation[0], console.clock())
    names = {said.conversation_id: name for name, said in told.items()}

    def found(typed: str) -> set[str]:
        return {names[each] for each in _found(console, typed, adviser=adviser)}

    assert found("tag:suivi") == {"latin", "arabic", "cloud"}
    assert found("is:flagged") == {"lost"}
    assert found("is:request") == found("state:waiting") == {"off"}
    assert found("is:unread") == {"latin", "arabic", "cloud", "lost"}
    with console.database.session() as session:
        threads.set_flag(session, told["lost"].conversation_id, told["lost"].message_id, False)
    assert found("is:flagged") == set()
    console.clock.ahead += timedelta(minutes=5)
    console.says("re", "s-5", "web")
    assert "off" in found("is:unread")


def test_a_scope_shows_its_cities_its_region_and_who_told_no_city(
    console: Console, told: dict[str, Said]
) -> None:
    names = {said.conversation_id: name for name, said in told.items()}

    def seen(scope: AccessScope) -> set[str]:
        return {names[each] for each in _found(console, "", scope)}

    assert seen(AccessScope(("fes",))) == {"latin", "cloud", "lost", "off"}
    assert seen(AccessScope((), "Souss-Massa")) == {"cloud", "lost", "off"}
    assert seen(AccessScope(("rabat",), "Oriental")) == {"arabic", "lost", "off"}
    assert len(seen(AccessScope())) == 5
    with console.database.session() as session:
        people.get(session, told["lost"].person_id).city = "rabat"
    assert "lost" not in seen(AccessScope(("fes",)))
