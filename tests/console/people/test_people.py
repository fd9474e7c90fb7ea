"""People in the console: looking for somebody, their page, correcting, a copy, erasing with a receipt, joining two."""

import json
import re
from typing import Any
from uuid import UUID

import pytest

from console.people import copying
from console.web.words import read_words
from store.advisers import audit
from store.handover import requests as adviser_requests
from store.inbox import people as person_lists
from store.lifecycle import privacy
from store.people import people, profiles
from store.people.people import PersonUnknown
from store.registrations import registrations
from store.tables import (
    AdviserRequest,
    Alert,
    Consent,
    Feedback,
    Message,
    Person,
    Registration,
    RegistrationChange,
)
from takwin.compose.console import DATA
from takwin.search_words import index_words
from takwin.settings import ROOT
from tests.console.conftest import Console, Said
from tests.console.course_things import agrees, fill, registered
from tests.console.pages_checked import check, texts

LIST = "/console/people"
_NAMES = re.compile(r'<td><a href="/console/people/[0-9a-f-]{36}"><bdi>([^<]*)</bdi>')


def _somebody(console: Console) -> Said:
    fill(console)
    said = console.says(
        "salam, je m'appelle Amina", "+212600000001", name="Amina Alami", city="fes", variety="fr"
    )
    registered(console, said)
    return said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("amina", ["Amina Alami"]),
        ("ALAMI", ["Amina Alami"]),
        ("ami", ["Amina Alami"]),
        ("أمينة", ["Amina Alami", "أمينة بناني"]),
        ("fatima", []),
        ("' | !", None),
        ("%", None),
    ],
)
def test_a_name_is_found_in_any_script(console: Console, typed: str, expected: list[str] | None) -> None:
    _somebody(console)
    console.says("salam", "+212600000002", name="أمينة بناني")
    console.says("salam", "+212600000003", name="Karim")
    page = console.as_role("reader").client.get(LIST, params={"q": typed})
    assert page.status_code == 200
    check(page.text, "fr")
    if expected is not None:
        assert set(_NAMES.findall(page.text)) >= set(expected[:1])
        assert "Karim" not in _NAMES.findall(page.text)
        assert bool(_NAMES.findall(page.text)) is bool(expected)


def test_a_name_that_changes_is_found_by_the_new_one(console: Console) -> None:
    said = _somebody(console)
    browser = console.as_role("adviser")
    assert _NAMES.findall(browser.get(f"{LIST}?q=alami").text) == ["Amina Alami"]
    browser.post(f"{LIST}/{said.person_id}", page=LIST, name="Amina Idrissi", city="fes")
    assert _NAMES.findall(browser.get(f"{LIST}?q=alami").text) == []
    assert _NAMES.findall(browser.get(f"{LIST}?q=idrissi").text) == ["Amina Idrissi"]


def test_a_name_taken_away_is_found_no_more(console: Console) -> None:
    said = _somebody(console)
    browser = console.as_role("reader")
    assert _NAMES.findall(browser.get(f"{LIST}?q=alami").text) == ["Amina Alami"]
    with console.database.session() as session:
        person = session.get_one(Person, said.person_id)
        person.name = person.profile_name = None
    assert _NAMES.findall(browser.get(f"{LIST}?q=alami").text) == []


def test_names_are_taken_in_until_none_is_left_by_any_number_at_once(console: Console) -> None:
    for number in range(5):
        console.says("salam", f"+21260000001{number}", name=f"Amina {number}")
    with console.database.session() as one, console.database.session() as other:
        assert person_lists.take_in(one, index_words, limit=3) == 3
        assert person_lists.take_in(other, index_words) == 2
    with console.database.session() as session:
        assert person_lists.take_in(session, index_words) == 0
    page = console.as_role("reader").get(f"{LIST}?q=amina").text
    assert sorted(_NAMES.findall(page)) == [f"Amina {number}" for number in range(5)]


@pytest.mark.parametrize("typed", ["+212600000001", "0600000001", "06 00 00 00 01", "00212600000001"])
def test_a_whole_number_finds_its_person_for_who_may(console: Console, typed: str) -> None:
    _somebody(console)
    supervisor = console.as_role("supervisor").client.get(LIST, params={"q": typed})
    assert _NAMES.findall(supervisor.text) == ["Amina Alami"]
    adviser = console.as_role("adviser").client.get(LIST, params={"q": typed})
    assert _NAMES.findall(adviser.text) == []
    assert "ne permet pas" in adviser.text
    partly = console.as_role("supervisor").client.get(LIST, params={"q": "0600000"})
    assert _NAMES.findall(partly.text) == []


def test_a_reference_finds_whose_it_is(console: Console) -> None:
    said = _somebody(console)
    with console.database.session() as session:
        reference = registrations.of_person(session, said.person_id)[0].reference
    for typed in (reference, reference.lower(), reference.removeprefix("TK-")):
        page = console.as_role("reader").client.get(LIST, params={"q": typed})
        assert _NAMES.findall(page.text) == ["Amina Alami"]


def test_an_adviser_of_rabat_finds_nobody_of_fes(console: Console) -> None:
    said = _somebody(console)
    console.add("of-rabat", "supervisor", cities=["rabat"])
    with console.database.session() as session:
        from store.advisers import advisers

        found = advisers.by_login(session, "of-rabat")
        assert found is not None
        found.role = "adviser"
    browser = console.browser()
    browser.sign_in("of-rabat")
    for typed in ("amina", "", "TK-"):
        assert _NAMES.findall(browser.client.get(LIST, params={"q": typed}).text) == []
    assert browser.get(f"{LIST}/{said.person_id}").status_code == 404
    assert browser.post(f"{LIST}/{said.person_id}", page=LIST, name="x").status_code == 404


def test_a_page_shows_all_but_the_number_and_is_audited(console: Console) -> None:
    said = _somebody(console)
    browser = console.as_role("adviser")
    for language in ("fr", "ar"):
        browser.post("/console/language", language=language)
        page = browser.get(f"{LIST}/{said.person_id}").text
        check(page, language)
        assert "Amina Alami" in page
        assert "600000001" not in page
        assert "/erase" not in page
    with console.database.session() as session:
        actions = [entry.action for entry in audit.entries(session, person_id=said.person_id)]
    assert actions.count("person-read") == 2


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_help_numbers_that_did_not_arrive_are_shown_until_the_request_is_closed(
    console: Console, language: str
) -> None:
    said = _somebody(console)
    words = read_words(DATA, ROOT / "data" / "replies").of(language).say("request-undelivered")
    browser = console.as_role("adviser")
    browser.post("/console/language", language=language)

    def shown() -> list[bool]:
        pages = [browser.get(path).text for path in (f"{LIST}/{said.person_id}", said.path)]
        return [words in texts(check(page, language)) for page in pages]

    with console.database.session() as session:
        request = adviser_requests.request(session, said.person_id, adviser_requests.URGENT)
    assert shown() == [False, False]
    with console.database.session() as session:
        adviser_requests.note_undelivered(session, said.person_id)
    assert shown() == [True, True]
    with console.database.session() as session:
        adviser_requests.close(session, request.id)
    assert shown() == [False, False]


@pytest.mark.parametrize(
    ("consent", "fields", "status"),
    [
        (True, {"name": "Amina B", "city": "rabat", "education": "bachelor"}, 303),
        (True, {"name": "A", "city": "atlantis"}, 422),
        (True, {"name": "A", "variety": "klingon"}, 422),
        (False, {"name": "A"}, 409),
    ],
)
def test_a_profile_is_corrected_where_they_agreed(
    console: Console, consent: bool, fields: dict[str, str], status: int
) -> None:
    said = console.says("salam", name="Amina")
    if consent:
        agrees(console, said.person_id, "registration")
    answer = console.as_role("adviser").post(f"{LIST}/{said.person_id}", page=LIST, **fields)
    assert answer.status_code == status
    with console.database.session() as session:
        name = profiles.profile(session, said.person_id).name
        assert name == (fields["name"] if status == 303 else "Amina")
        corrected = audit.entries(session, actions=["person-corrected"])
        assert [entry.detail for entry in corrected] == (
            [{"columns": "name,city,education"}] if status == 303 else []
        )


def test_a_copy_is_whole_readable_and_audited(console: Console) -> None:
    said = _somebody(console)
    browser = console.as_role("supervisor")
    answer = browser.get(f"{LIST}/{said.person_id}/export")
    assert answer.headers["content-disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["person"]["name"] == "Amina Alami"
    assert data["addresses"][0]["provider_id"] == "+212600000001"
    assert data["messages"][0]["text"].startswith("salam")
    page = browser.get(f"{LIST}/{said.person_id}/copy").text
    check(page, "fr")
    for known in ("Amina Alami", "+212600000001", "salam, je m&#39;appelle Amina"):
        assert known in page
    assert console.as_role("adviser").get(f"{LIST}/{said.person_id}/export").status_code == 403
    with console.database.session() as session:
        assert len(audit.entries(session, actions=["person-exported"])) == 2


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_copy_says_what_everything_is_in_words(console: Console, language: str) -> None:
    tables = (Person, Consent, Message, Registration, RegistrationChange, Alert, AdviserRequest, Feedback)
    columns = {column.key for table in tables for column in table.__mapper__.column_attrs}
    words = read_words(DATA, ROOT / "data" / "replies").of(language)
    unsaid = {*copying.UNSAID, *privacy.INTERNAL}
    assert not {column for column in columns - unsaid if f"copy-{column}" not in words.keys}
    said = _somebody(console)
    understood = {
        "intent": "find_course", "confidence": 0.91, "ranking": [["find_course", 0.91], ["inform", 0]],
        "entities": [{"entity": "topic", "value": "cloud", "start": 0, "end": 5}], "variety": "fr",
    }  # fmt: skip
    console.says("cloud", "+212600000001", understanding=understood)
    browser = console.as_role("supervisor")
    browser.post("/console/language", language=language)
    page = texts(check(browser.get(f"{LIST}/{said.person_id}/copy").text, language))
    assert words.say("intent-find_course") + " 0.91" in page
    for known in ("entity-topic", "direction-in", "message-state-received", "city-fes", "state-requested"):
        assert words.say(known) in page
    assert not re.findall(r"\b(?:[a-z]+_[a-z_]+|fes|requested)\b", page)


def test_erasing_takes_a_typed_word_and_leaves_a_receipt(console: Console, forgotten: list[UUID]) -> None:
    said = _somebody(console)
    browser = console.as_role("supervisor")
    path = f"{LIST}/{said.person_id}/erase"
    check(browser.get(path).text, "fr")
    wrong = browser.post(path, page=LIST, typed="oui")
    assert (wrong.status_code, forgotten) == (422, [])
    check(wrong.text, "fr")
    done = browser.post(path, page=LIST, typed=" effacer ")
    assert done.status_code == 303
    receipt = browser.get(done.headers["location"]).text
    check(receipt, "fr")
    assert re.search(r"TK-[0-9A-Z]{5}", receipt)
    assert "<dt>Messages</dt><dd>1</dd>" in receipt
    assert "jamais gardés" in receipt
    assert "Amina" not in receipt
    assert forgotten == [said.person_id]
    with console.database.session() as session:
        with pytest.raises(PersonUnknown):
            people.get(session, said.person_id)
        (entry,) = audit.entries(session, actions=["person-erased"])
        assert entry.person_id is None
    assert _NAMES.findall(browser.get(f"{LIST}?q=amina").text) == []
    assert browser.get(f"{LIST}/{said.person_id}").status_code == 404
    assert browser.get(f"{LIST}/erased/TK-22222").status_code == 404


def test_the_word_to_type_is_of_the_language(console: Console) -> None:
    said = _somebody(console)
    browser = console.as_role("supervisor")
    browser.post("/console/language", language="ar")
    assert browser.post(f"{LIST}/{said.person_id}/erase", page=LIST, typed="EFFACER").status_code == 422
    assert browser.post(f"{LIST}/{said.person_id}/erase", page=LIST, typed="مسح").status_code == 303


@pytest.mark.parametrize("by", ["id", "number", "reference"])
def test_two_who_are_one_are_joined(console: Console, forgotten: list[UUID], by: str) -> None:
    stays = console.says("salam", "web-1", "web", name="Amina")
    goes = _somebody(console)
    with console.database.session() as session:
        reference = registrations.of_person(session, goes.person_id)[0].reference
    other = {"id": str(goes.person_id), "number": "0600000001", "reference": reference}[by]
    browser = console.as_role("supervisor")
    path = f"{LIST}/{stays.person_id}/merge"
    shown = browser.client.get(path, params={"other": other})
    check(shown.text, "fr")
    assert "Amina Alami" in shown.text
    assert browser.post(path, page=LIST, other=other).status_code == 303
    with console.database.session() as session:
        assert [r.reference for r in registrations.of_person(session, stays.person_id)] == [reference]
    assert forgotten == [goes.person_id]
    assert browser.get(f"{LIST}/{goes.person_id}").status_code == 404


@pytest.mark.parametrize("other", ["", "TK-22222", "0699999999", "themselves"])
def test_nobody_is_joined_with_nobody_or_themselves(
    console: Console, forgotten: list[UUID], other: str
) -> None:
    said = _somebody(console)
    typed = str(said.person_id) if other == "themselves" else other
    answer: Any = console.as_role("supervisor").post(f"{LIST}/{said.person_id}/merge", page=LIST, other=typed)
    assert (answer.status_code, forgotten) == (422, [])
    check(answer.text, "fr")
