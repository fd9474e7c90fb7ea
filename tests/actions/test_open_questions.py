"""A question of the form takes its answer first, whatever else the words mean."""

from uuid import UUID

import pytest

from actions.base import Services
from actions.registration.form import FORM
from actions.registration.names import introduced_name, plain_name
from tests.actions.telling import Told, tell

CITY = {"requested_slot": "person_city", "person_name": "Fatima", "consent": True}
EDUCATION = {**CITY, "requested_slot": "person_education", "person_city": "fes"}


def answered(services: Services, person: UUID, text: str, intent: str, slots: dict[str, object]) -> Told:
    return tell(services, f"validate_{FORM}", person, intent, text, form=FORM, **slots)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "city"), [("Safi", "safi"), ("safi", "safi"), ("casa.", "casablanca"), ("آسفي", "safi")]
)
@pytest.mark.parametrize("intent", ["affirm", "inform", "nlu_fallback"])
def test_a_city_is_one_that_also_means_something_else(
    services: Services, person: UUID, text: str, city: str, intent: str
) -> None:
    assert answered(services, person, text, intent, CITY).slots["person_city"] == city


@pytest.mark.parametrize("text", ["ih", "n3am", "ايه", "wi"])
def test_a_yes_is_no_city_and_no_name(services: Services, person: UUID, text: str) -> None:
    assert "person_city" not in answered(services, person, text, "nlu_fallback", CITY).slots
    assert plain_name(text, services) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ma9ritch", "none"),
        ("لا شيء", "none"),
        ("عمري ما قريت", "none"),
        ("jamais allée à l'école", "none"),
        ("9riyt 7ta lkhames", "primary"),
        ("قريت حتى لخامس", "primary"),
        ("cm2", "primary"),
        ("السادس ابتدائي", "primary"),
        ("3 ac", "middle_school"),
        ("وصلت للتاسعة إعدادي", "middle_school"),
        ("9eme annee fondamentale", "middle_school"),
        ("niveau bac mais je l'ai pas eu", "high_school"),
        ("1bac", "high_school"),
        ("الأولى باك", "high_school"),
        ("deuxieme annee fac", "bac_plus_2"),
    ],
)
def test_a_level_is_told_in_everyday_words(services: Services, person: UUID, text: str, level: str) -> None:
    told = answered(services, person, text, "nlu_fallback", EDUCATION)
    assert told.slots["person_education"] == level


@pytest.mark.parametrize("text", ["c'est obligatoire le bac ?", "pourquoi ?", "ضروري نقول؟"])
def test_a_question_is_no_level(services: Services, person: UUID, text: str) -> None:
    assert "person_education" not in answered(services, person, text, "ask_prerequisites", EDUCATION).slots


@pytest.mark.parametrize(
    "text", ["علاش بغيتو سميتي كاملة", "3lach bghito smiti kamla", "pourquoi mon nom complet est demandé"]
)
def test_a_question_about_the_name_is_no_name(services: Services, text: str) -> None:
    assert introduced_name(text, services) is None


def test_what_is_refused_at_consent_is_not_kept(services: Services, person: UUID) -> None:
    told = tell(
        services, "action_inform", person, "inform", "oui mais pas mon niveau", form=FORM, asked="consent",
        answer="neither", entities={"education": "none"}, requested_slot="consent",
    )  # fmt: skip
    assert not (told.slots.get("person") or {}).get("education")
