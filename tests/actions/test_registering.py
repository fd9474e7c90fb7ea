"""Registering: the form, what is kept, what becomes of a registration."""

from uuid import UUID

import pytest

from actions.base import Services
from store.core.ids import new_id
from store.people import consents, people, profiles
from store.registrations import registrations
from tests.actions.registering import ANSWERED, COURSE, OTHER, registered
from tests.actions.telling import tell

FORM = "registration_form"
READ_AS = {"affirm": "yes", "deny": "no"}


def test_a_question_inside_the_form_is_answered_and_the_form_goes_on(
    services: Services, person: UUID
) -> None:
    told = tell(services, "action_ask_duration", person, "ask_duration", form=FORM, course=COURSE)
    assert told.keys == ["course-fact"]
    assert told.next_action == FORM


def test_another_wish_inside_the_form_ends_it(services: Services, person: UUID) -> None:
    told = tell(
        services, "action_find_course", person, "find_course", form=FORM, entities={"topic": "english"}
    )
    assert {"event": "active_loop", "timestamp": None, "name": None} in told.events
    assert told.next_action is None


def test_registering_asks_for_consent_first(services: Services, person: UUID) -> None:
    told = tell(services, "action_register", person, "register", course=COURSE)
    assert told.next_action == FORM
    assert told.slots["consent"] is None


def test_registering_for_something_named_searches_it(services: Services, person: UUID) -> None:
    told = tell(services, "action_register", person, "register")
    assert told.keys == ["which-course-none"]


def test_a_registration_is_kept_with_its_consent(services: Services, person: UUID) -> None:
    told = registered(services, person)
    assert told.keys == ["registered"]
    with services.database.session() as session:
        (made,) = registrations.of_person(session, person)
        assert told.args("registered")["reference"] == made.reference
        assert consents.has_consent(session, person, "registration")
        assert profiles.profile(session, person).name == "Fatima"


def test_without_consent_nothing_is_kept(services: Services, person: UUID) -> None:
    told = registered(services, person, consent=False, confirmed=None)
    assert told.keys == ["registration-without-consent"]
    with services.database.session() as session:
        assert registrations.of_person(session, person) == []
        assert profiles.profile(session, person).name is None


def test_a_village_outside_the_contract_is_kept_as_written(services: Services, person: UUID) -> None:
    registered(services, person, person_city="Aït Bouguemez")
    with services.database.session() as session:
        profile = profiles.profile(session, person)
        assert (profile.city, profile.region) == (None, "Aït Bouguemez")


def test_a_second_registration_for_the_same_course_shows_the_first(services: Services, person: UUID) -> None:
    registered(services, person)
    told = tell(services, "action_register", person, "register", course=COURSE)
    assert told.keys == ["already-registered"]
    assert told.next_action is None


def test_a_past_offer_brings_others(services: Services, person: UUID) -> None:
    told = tell(services, "action_register", person, "register", entities={"course": "lil-data-analyst"})
    assert told.keys[0] in ("registration-closed", "which-course-none")


@pytest.mark.parametrize(
    ("requested", "intent", "text", "entities", "filled"),
    [
        ("consent", "affirm", "wakha", {}, {"consent": True, "unclear": 0}),
        ("consent", "deny", "la", {}, {"consent": False, "requested_slot": None}),
        ("person_name", "inform", "Fatima Zahra", {}, {"person_name": "Fatima Zahra"}),
        ("person_name", "deny", "la, smiti Khadija", {}, {"person_name": "Khadija"}),
        ("person_city", "inform", "fes", {"city": "fes"}, {"person_city": "fes"}),
        ("person_city", "inform", "Douar Oulad Ali", {}, {"person_city": "Douar Oulad Ali"}),
        (
            "person_education",
            "inform",
            "bac+2",
            {"education": "bac_plus_2"},
            {"person_education": "bac_plus_2"},
        ),
        ("person_education", "inform", "smiti Amal", {}, {"person_name": "Amal"}),
        ("confirmed", "affirm", "oui", {}, {"confirmed": True}),
        ("confirmed", "inform", "ana men Rabat", {"city": "rabat"}, {"person_city": "rabat"}),
        ("person_name", "ask_cost", "ch7al taman ?", {}, {}),
        ("person_city", "find_agency", "fin agence f rabat", {"city": "rabat"}, {}),
        (
            "confirmed",
            "cancel_registration",
            "ma bqitch baghi",
            {},
            {"confirmed": False, "requested_slot": None},
        ),
    ],
)
def test_the_form_takes_answers_and_leaves_the_rest(
    services: Services, person: UUID, requested: str, intent: str, text: str,
    entities: dict[str, object], filled: dict[str, object],
) -> None:  # fmt: skip
    told = tell(
        services, f"validate_{FORM}", person, intent, text, FORM, entities,
        asked=requested, answer=READ_AS.get(intent), requested_slot=requested, course=COURSE, **ANSWERED,
    )  # fmt: skip
    said = {name: value for name, value in entities.items() if f"person_{name}" in filled}
    assert told.slots == {**filled, **({"person": said} if said else {})}
    assert told.replies == []


def test_cancelling_asks_first_and_a_yes_cancels(services: Services, person: UUID) -> None:
    registered(services, person)
    asked = tell(services, "action_cancel_registration", person, "cancel_registration")
    assert asked.keys == ["ask-cancel"]
    done = tell(
        services, "action_affirm", person, "affirm", asked="offer_cancel", answer="yes",
        offer=asked.slots["offer"],
    )  # fmt: skip
    assert done.keys == ["cancelled"]
    with services.database.session() as session:
        assert [r.state for r in registrations.of_person(session, person)] == ["cancelled"]


def test_somebody_elses_reference_cancels_nothing(services: Services, person: UUID) -> None:
    reference = registered(services, person).args("registered")["reference"]
    with services.database.session() as session:
        other = people.find_or_create(session, "web", "somebody else").id
    told = tell(
        services, "action_affirm", other, "affirm", asked="offer_cancel", answer="yes",
        offer={"do": "cancel", "reference": reference},
    )  # fmt: skip
    assert told.keys == ["no-registration"]
    with services.database.session() as session:
        assert [r.state for r in registrations.of_person(session, person)] == ["requested"]


def test_finishing_a_course_is_congratulated_and_leads_on(services: Services, person: UUID) -> None:
    registered(services, person)
    told = tell(services, "action_report_completion", person, "report_completion")
    assert told.keys[0] == "completed"
    with services.database.session() as session:
        assert [r.state for r in registrations.of_person(session, person)] == ["completed"]


@pytest.mark.parametrize(
    ("intent", "answer", "entities", "consent"),
    [
        ("affirm", "yes", {}, True),
        ("affirm", "yes", {"city": "fes"}, True),
        ("affirm", "neither", {}, None),
        ("affirm", None, {}, None),
        ("deny", "no", {}, False),
        ("deny", "neither", {}, None),
        ("deny", "no", {"city": "fes"}, False),
        ("help", "neither", {}, None),
    ],
)
def test_consent_is_a_yes_and_refusal_a_clear_no(
    services: Services,
    person: UUID,
    intent: str,
    answer: str | None,
    entities: dict[str, str],
    consent: bool | None,
) -> None:
    told = tell(
        services, "validate_registration_form", person, intent, "oui", FORM, entities,
        asked="consent", answer=answer, requested_slot="consent", course=COURSE,
    )  # fmt: skip
    assert told.slots.get("consent") is consent


def test_a_second_no_at_the_summary_abandons(services: Services, person: UUID) -> None:
    told = tell(
        services, "validate_registration_form", person, "deny", "non", FORM,
        asked="confirmed", answer="no", requested_slot="confirmed", expecting="correction", course=COURSE,
        consent=True, **ANSWERED,
    )  # fmt: skip
    assert told.slots["confirmed"] is False


@pytest.mark.parametrize(("action", "intent"), [("action_deny", "deny"), ("action_affirm", "affirm")])
def test_a_yes_or_no_in_the_form_is_told_what_is_needed(
    services: Services, person: UUID, action: str, intent: str
) -> None:
    told = tell(services, action, person, intent, "non", FORM, requested_slot="person_name", course=COURSE)
    assert told.keys == ["answer-needed"]
    assert told.next_action == FORM


def test_what_the_form_was_told_serves_another_registration(services: Services, person: UUID) -> None:
    told = tell(
        services, f"validate_{FORM}", person, "inform", "fes", FORM, {"city": "fes"},
        requested_slot="person_city", course=COURSE,
    )  # fmt: skip
    assert told.slots["person"] == {"city": "fes"}


def test_a_completion_taken_again_completes_no_other(services: Services, person: UUID) -> None:
    reference = registered(services, person).args("registered")["reference"]
    registered(services, person, course=OTHER)
    said = str(new_id())
    for _ in range(2):
        told = tell(
            services, "action_report_completion", person, "report_completion",
            entities={"registration": reference}, message_id=said,
        )  # fmt: skip
        assert told.args("completed")["reference"] == reference
    again = tell(services, "action_report_completion", person, "report_completion", message_id=str(new_id()))
    assert again.args("completed")["reference"] != reference
