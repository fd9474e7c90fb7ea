"""What each action says and changes, with the real store and catalogue."""

from uuid import UUID, uuid4

import pytest
from rasa_sdk import Tracker

from actions import criteria
from actions.base import Services, Turn
from store.core.ids import new_id
from store.handover import requests as adviser_requests
from store.outreach import alerts
from store.people import people
from tests.actions.registering import COURSE
from tests.actions.telling import tell


def test_the_first_answer_of_all_brings_the_notice(services: Services, person: UUID) -> None:
    told = tell(
        services, "action_find_course", person, "find_course", entities={"topic": "english"}, welcomed=None
    )
    assert told.keys[0] == "welcome"
    assert told.slots["welcomed"] is True


def test_a_search_shows_three_with_their_reasons(services: Services, person: UUID) -> None:
    told = tell(services, "action_find_course", person, "find_course", entities={"topic": "data_analysis"})
    assert told.keys == ["courses-found"]
    assert len(told.slots["shown"]) == 3
    assert told.options()[:3] == ["option-course"] * 3
    lines = told.args("courses-found")["courses"]["items"]
    assert all(line["args"]["reasons"]["items"] for line in lines)


def test_a_city_without_courses_is_said_and_online_ones_are_shown(services: Services, person: UUID) -> None:
    told = tell(
        services,
        "action_find_course",
        person,
        "find_course",
        entities={"topic": "data_analysis", "city": "fes"},
    )
    heading = told.args("courses-found")["heading"]
    assert heading["reply"] == "found-without"
    assert heading["args"]["given_up"]["items"][0]["reply"] == "given-up-city"


def test_a_wish_for_any_course_is_asked_about(services: Services, person: UUID) -> None:
    told = tell(services, "action_find_course", person, "find_course")
    assert told.keys == ["ask-topic"]
    assert "option-advise-me" in told.options()


def test_a_number_picks_from_the_list(services: Services, person: UUID) -> None:
    shown = ["google-ux-design", COURSE, "google-it-support"]
    told = tell(services, "action_inform", person, entities={"ordinal": 2}, shown=shown)
    assert told.keys == ["course-page"]
    assert told.slots["course"] == COURSE


def test_the_last_one_is_the_last_of_the_list(services: Services, person: UUID) -> None:
    told = tell(
        services, "action_inform", person, entities={"ordinal": -1}, shown=["google-ux-design", COURSE]
    )
    assert told.slots["course"] == COURSE


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_number_without_its_list_is_said(services: Services, person: UUID, number: int) -> None:
    told = tell(services, "action_inform", person, entities={"ordinal": number})
    assert told.keys == ["no-list"]


def test_what_the_source_does_not_say_is_said_to_be_unknown(services: Services, person: UUID) -> None:
    told = tell(services, "action_ask_cost", person, "ask_cost", course=COURSE)
    assert told.keys == ["not-stated"]


def test_a_question_after_a_list_is_answered_for_each(services: Services, person: UUID) -> None:
    told = tell(services, "action_ask_duration", person, "ask_duration", shown=["google-ux-design", COURSE])
    assert told.keys == ["facts-of-courses"]
    assert len(told.args("facts-of-courses")["courses"]["items"]) == 2


def test_an_adviser_is_asked_for_once(services: Services, person: UUID) -> None:
    assert tell(services, "action_talk_to_adviser", person, "talk_to_adviser").keys == ["adviser-requested"]
    assert tell(services, "action_talk_to_adviser", person, "talk_to_adviser").keys == [
        "adviser-already-requested"
    ]
    with services.database.session() as session:
        assert len(adviser_requests.of_person(session, person)) == 1


def test_a_turn_taken_again_asks_as_for_the_first_time(services: Services, person: UUID) -> None:
    first = str(new_id())
    for _ in range(2):
        told = tell(services, "action_talk_to_adviser", person, "talk_to_adviser", message_id=first)
        assert told.keys == ["adviser-requested"]
    told = tell(services, "action_talk_to_adviser", person, "talk_to_adviser", message_id=str(new_id()))
    assert told.keys == ["adviser-already-requested"]


def test_an_alert_needs_a_yes(services: Services, person: UUID) -> None:
    asked = tell(
        services, "action_subscribe_alerts", person, "subscribe_alerts", entities={"topic": "english"}
    )
    with services.database.session() as session:
        assert alerts.of_person(session, person) == []
    made = tell(
        services, "action_affirm", person, "affirm", asked="offer_alert", answer="yes",
        offer=asked.slots["offer"],
    )  # fmt: skip
    assert made.keys == ["alert-made"]
    with services.database.session() as session:
        assert len(alerts.of_person(session, person)) == 1


def test_erasing_needs_a_yes_and_gives_a_receipt(services: Services, person: UUID) -> None:
    asked = tell(services, "action_delete_my_data", person, "delete_my_data")
    told = tell(
        services, "action_affirm", person, "affirm", asked="offer_erase", answer="yes",
        offer=asked.slots["offer"],
    )  # fmt: skip
    assert told.keys == ["erased"]
    assert told.args("erased")["reference"]
    with services.database.session() as session, pytest.raises(people.PersonUnknown):
        people.get(session, person)


def test_two_misses_lead_to_the_menu_and_a_person(services: Services, person: UUID) -> None:
    first = tell(services, "action_fallback", person, "find_agency", "blabla")
    assert first.keys == ["fallback-rephrase"]
    assert "reading-find-agency" in first.options()
    second = tell(services, "action_fallback", person, "find_agency", "blabla", misses=1)
    assert second.keys == ["fallback-menu"]
    assert "option-adviser" in second.options()


@pytest.mark.parametrize("insult", ["nta 7mar", "connard !", "يا حمار"])
def test_insults_are_met_calmly(services: Services, person: UUID, insult: str) -> None:
    assert tell(services, "action_fallback", person, "nlu_fallback", insult).keys == ["calm"]


@pytest.mark.parametrize(
    "polite", ["kan kaydir l'infographie", "qalbi bghah", "كان عندي قلب", "concours f fes"]
)
def test_everyday_words_are_no_insults(services: Services, person: UUID, polite: str) -> None:
    assert tell(services, "action_out_of_scope", person, "out_of_scope", polite).keys == ["out-of-scope"]


def test_a_language_asked_for_is_kept(services: Services, person: UUID) -> None:
    told = tell(
        services, "action_change_language", person, "change_language", "en arabe", entities={"language": "ar"}
    )
    assert told.keys == ["language-changed"]
    with services.database.session() as session:
        somebody = people.get(session, person)
        assert (somebody.variety, somebody.variety_source) == ("ar", "chosen")


def test_a_language_we_do_not_speak_is_said(services: Services, person: UUID) -> None:
    told = tell(services, "action_change_language", person, "change_language", entities={"language": "en"})
    assert told.keys == ["language-unknown"]


def test_starting_again_forgets_the_search_and_keeps_the_rest(services: Services, person: UUID) -> None:
    told = tell(services, "action_restart", person, "restart", criteria={"topic": ["english"]}, shown=["a"])
    assert told.keys == ["restarted"]
    assert told.slots["criteria"] is None
    assert told.slots["shown"] is None


def test_somebody_unknown_to_the_store_is_an_error(services: Services) -> None:
    with pytest.raises(people.PersonUnknown):
        tell(services, "action_change_language", uuid4(), "change_language", entities={"language": "ar"})


@pytest.mark.parametrize(
    "text", ["compare les trois", "chno lfer9 binathom", "قارن بينهم", "ما الفرق بينها؟"]
)
@pytest.mark.parametrize("action", ["action_more_results", "action_inform", "action_find_course"])
def test_courses_in_view_are_compared(services: Services, person: UUID, action: str, text: str) -> None:
    told = tell(
        services,
        action,
        person,
        text=text,
        shown=[COURSE, "google-ux-design"],
        criteria={"topic": ["english"]},
    )
    assert told.keys == ["compared"]


def test_trouble_that_lasts_goes_to_an_adviser(services: Services, person: UUID) -> None:
    first = tell(services, "action_report_access_problem", person, "report_access_problem")
    assert first.keys == ["access-first-aid"]
    again = tell(
        services, "action_report_access_problem", person, "report_access_problem", offer=first.slots["offer"]
    )
    assert again.keys == ["adviser-requested"]
    with services.database.session() as session:
        (request,) = adviser_requests.of_person(session, person)
        assert request.reason == "access_problem"


@pytest.mark.parametrize("text", ["je veux une copie de mes données", "bghit copie", "أريد نسخة من بياناتي"])
def test_a_copy_asked_for_in_words_is_passed_on(services: Services, person: UUID, text: str) -> None:
    told = tell(services, "action_ask_privacy", person, "ask_privacy", text=text)
    assert told.keys == ["adviser-requested"]


def test_an_alert_may_be_about_a_job(services: Services, person: UUID) -> None:
    told = tell(
        services, "action_inform", person, entities={"occupation": "accountant"}, expecting="alert_topic"
    )
    assert told.keys == ["ask-alert-consent"]
    assert told.slots["offer"]["topics"] == ["accounting"]


def test_what_was_asked_is_forgotten_once_answered(services: Services, person: UUID) -> None:
    told = tell(services, "action_thank", person, "thank", expecting="agency_city")
    assert told.slots["expecting"] is None


def test_the_persons_own_word_for_a_topic_comes_first(services: Services, person: UUID) -> None:
    found = [{"entity": "topic", "value": "office_tools", "start": 10, "end": 15}]
    wished = criteria.from_entities({"topic": ["office_tools"]}, None, found, "formation excel")
    told = tell(
        services, "action_more_results", person, "more_results", shown=["x"], offset=-3, criteria=wished
    )
    titles = [line["args"]["course"] for line in told.args("courses-found")["courses"]["items"]]
    assert all("excel" in str(title).casefold() for title in titles)


def test_details_of_a_course_that_is_not_in_view_are_a_search(services: Services, person: UUID) -> None:
    told = tell(services, "action_course_details", person, "course_details", entities={"topic": "accounting"})
    assert told.keys == ["courses-found"]


@pytest.mark.parametrize(
    "text", ["la, machi tanger, ana f agadir", "pas Tanger : Agadir", "لا ماشي طنجة، فأكادير"]
)
def test_a_city_taken_back_does_not_count(services: Services, person: UUID, text: str) -> None:
    words = text.replace(",", " ").split()
    wrong = next(i for i, w in enumerate(words) if "anger" in w or "طنجة" in w)
    start = text.index(words[wrong].rstrip("،"))
    message = {
        "text": text,
        "intent": {"name": "inform", "confidence": 0.9},
        "entities": [
            {"entity": "city", "value": "tanger", "start": start, "end": start + 5},
            {"entity": "city", "value": "agadir", "start": len(text) - 6, "end": len(text)},
        ],
    }
    tracker = Tracker(str(person), {}, message, [], False, None, {}, "action_listen")
    with services.database.session() as session:
        assert Turn(tracker, session, services).entities == {"city": ["agadir"]}


def test_who_likes_what_is_no_known_topic_is_searched_for(services: Services, person: UUID) -> None:
    told = tell(
        services, "validate_recommendation_form", person, "inform", "j'aime GitHub", "recommendation_form",
        requested_slot="interest",
    )  # fmt: skip
    assert "github" in told.slots["interest"]["text"].lower()


@pytest.mark.parametrize(
    ("requested", "text", "slot", "value"),
    [
        ("wish_level", "je sais pas", "wish_level", {"any": True}),
        ("wish_level", "لا أدري", "wish_level", {"any": True}),
        ("availability", "ma3ndich bzaf d lwe9t", "availability", {"duration": "short"}),
        ("availability", "ليس لدي وقت كثير", "availability", {"duration": "short"}),
    ],
)
def test_ways_of_answering_the_questions(
    services: Services, person: UUID, requested: str, text: str, slot: str, value: dict[str, object]
) -> None:
    told = tell(
        services, "validate_recommendation_form", person, "ask_duration", text, "recommendation_form",
        requested_slot=requested,
    )  # fmt: skip
    assert told.slots[slot] == value


@pytest.mark.parametrize(
    "text", ["il y en a une en arabe ?", "wach kayna chi wa7da b l3arbiya?", "هل توجد أخرى بالعربية؟"]
)
def test_one_in_another_language_is_a_search(services: Services, person: UUID, text: str) -> None:
    told = tell(
        services, "action_ask_course_language", person, "ask_course_language", text, entities={"language": "ar"},
        course=COURSE, shown=[COURSE], criteria={"topic": ["digital_marketing"]},
    )  # fmt: skip
    assert told.keys == ["courses-found"]
