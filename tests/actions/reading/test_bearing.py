"""What a remark leads to depends on what was done and asked for before it."""

from datetime import timedelta
from uuid import UUID

import pytest

from actions.base import Services
from store.core.ids import new_id
from store.handover import requests as adviser_requests
from store.registrations import registrations
from tests.actions.registering import registered
from tests.actions.talking import Talk
from tests.actions.telling import tell

MISTAKES = ("je me suis trompé", "عفوا أخطأت", "غلطت", "ghlett")
ASKED_FOR_MONEY = (
    "quelqu'un m'a demandé 200 dh pour m'inscrire",
    "اتصل بي رجل وطلب مبلغ 300 درهم لكي يسجلني",
    "واحد عيط ليا وطلب مني الفلوس باش يقيدني",
    "wa7ed 3eyet lia w tleb mnni lflous bach y9eydni",
)


@pytest.fixture
def talk(services: Services, person: UUID) -> Talk:
    return Talk(services, person)


def states(services: Services, person: UUID) -> list[str]:
    with services.database.session() as session:
        return [each.state for each in registrations.of_person(session, person)]


@pytest.mark.parametrize("text", MISTAKES)
def test_a_completion_by_mistake_is_taken_back(
    services: Services, person: UUID, talk: Talk, text: str
) -> None:
    registered(services, person)
    assert talk.hears("report_completion", "j'ai fini", confidence=1.0)[0] == "completed"
    assert states(services, person) == ["completed"]
    assert talk.hears("nlu_fallback", text) == ["taken-back"]
    assert states(services, person) == ["requested"]
    assert talk.args("taken-back")["state"] == {"$": "term", "set": "state", "value": "requested"}
    # It was that, and no other.
    assert talk.hears("nlu_fallback", text) != ["taken-back"]


def test_a_cancellation_too(services: Services, person: UUID, talk: Talk) -> None:
    registered(services, person)
    talk.hears("cancel_registration", "annuler")
    assert talk.picks("option-yes-cancel") == ["cancelled"]
    assert talk.hears("register", "finalement je veux garder mon inscription") == ["taken-back"]
    assert states(services, person) == ["requested"]


def test_taken_again_it_is_said_again(services: Services, person: UUID, talk: Talk) -> None:
    registered(services, person)
    talk.hears("report_completion", "j'ai fini", confidence=1.0)
    undoable, message_id = talk.slots["undoable"], str(new_id())
    for _ in range(2):
        told = tell(
            services,
            "action_fallback",
            person,
            "nlu_fallback",
            "ghlett",
            undoable=undoable,
            message_id=message_id,
        )
        assert told.keys == ["taken-back"]


def test_after_a_week_an_adviser_does_it(services: Services, person: UUID) -> None:
    registered(services, person)
    with services.database.session() as session:
        [mine] = registrations.of_person(session, person)
        long_ago = services.now() - timedelta(days=8)
        registrations.complete(session, mine.id, now=long_ago)
        session.flush()
        for change in registrations.changes_of(session, mine.id):
            change.at = min(change.at, long_ago)
    told = tell(services, "action_fallback", person, "nlu_fallback", "ghlett", undoable=mine.reference)
    assert told.keys == ["take-back-adviser"]
    assert states(services, person) == ["completed"]


@pytest.mark.parametrize("text", MISTAKES)
def test_where_nothing_was_done_a_mistake_is_none(talk: Talk, text: str) -> None:
    assert "taken-back" not in talk.hears("nlu_fallback", text)


def test_who_waits_is_told_what_is_known(talk: Talk) -> None:
    assert talk.hears("ask_duration", "combien de temps ?") != ["adviser-wait"]
    talk.hears("talk_to_adviser", "un conseiller")
    assert talk.hears("ask_duration", "combien de temps ?")[0] == "adviser-wait"
    assert talk.hears("feedback", "personne m'a répondu")[0] == "adviser-wait"


def test_who_needs_none_any_more_waits_no_more(services: Services, person: UUID, talk: Talk) -> None:
    talk.hears("talk_to_adviser", "un conseiller")
    assert talk.hears("thank", "merci, plus besoin") == ["adviser-request-withdrawn"]
    with services.database.session() as session:
        assert [each.state for each in adviser_requests.of_person(session, person)] == ["closed"]
    assert talk.hears("ask_duration", "combien de temps ?")[0] != "adviser-wait"


def test_a_call_for_help_is_not_taken_back(services: Services, person: UUID, talk: Talk) -> None:
    with services.database.session() as session:
        adviser_requests.request(session, person, adviser_requests.URGENT, "...")
    assert "adviser-request-withdrawn" not in talk.hears("thank", "c'est bon, plus besoin")
    with services.database.session() as session:
        assert [each.state for each in adviser_requests.of_person(session, person)] == ["open"]


@pytest.mark.parametrize("text", ASKED_FOR_MONEY)
def test_money_asked_for_in_our_name_is_fraud(talk: Talk, text: str) -> None:
    assert talk.hears("register", text) == ["fraud"]
    assert talk.hears("report_completion", "j'ai payé") == ["fraud-what-to-do"]
    assert talk.args("fraud-what-to-do") == {"police": "19", "gendarmerie": "177"}
    assert talk.hears("find_course", "je cherche excel", entities={"topic": "office_tools"}) != [
        "fraud-what-to-do"
    ]
    assert talk.hears("report_completion", "j'ai payé") != ["fraud-what-to-do"]


@pytest.mark.parametrize(
    ("intent", "text", "topic"),
    [
        ("ask_cost", "c'est combien le certificat ?", None),
        ("ask_cost", "faut payer à la fin ?", None),
        ("find_course", "un cours pour éviter les arnaques en ligne", "cybersecurity"),
    ],
)
def test_a_question_of_cost_is_none(talk: Talk, intent: str, text: str, topic: str | None) -> None:
    assert "fraud" not in talk.hears(intent, text, entities={"topic": topic} if topic else {})


def test_at_a_confirmation_it_is_answered_and_asked_again(
    services: Services, person: UUID, talk: Talk
) -> None:
    registered(services, person)
    talk.hears("cancel_registration", "annuler")
    said = talk.hears("report_completion", ASKED_FOR_MONEY[0], answer="neither")
    assert said[0] == "fraud"
    assert states(services, person) == ["requested"]
