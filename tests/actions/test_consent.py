"""Consent to registrations: who is asked, how often, and what is recorded of it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from actions.base import Services
from actions.registration.register import CONSENT_LASTS, PURPOSE
from store.people import consents, profiles
from store.tables import Consent
from tests.actions.registering import COURSE, OTHER, registered
from tests.actions.telling import Told, tell


def wishes(services: Services, person: UUID, course: str = COURSE) -> Told:
    return tell(services, "action_register", person, "register", course=course)


def answers(services: Services, person: UUID) -> list[tuple[bool, str]]:
    with services.database.session() as session:
        rows = session.scalars(select(Consent).where(Consent.person_id == person).order_by(Consent.at))
        return [(row.given, row.wording_version) for row in rows]


def agreed(services: Services, person: UUID, *, ago: timedelta, version: str | None = None) -> None:
    with services.database.session() as session:
        wording = version or services.consent_versions[PURPOSE]
        consents.record_consent(session, person, PURPOSE, wording, True, services.now() - ago)
        profiles.update_profile(session, person, name="Fatima", city="fes", education="bachelor")


def test_who_agreed_lately_is_not_asked_again_and_nothing_new_is_recorded(
    services: Services, person: UUID
) -> None:
    registered(services, person)
    assert answers(services, person) == [(True, services.consent_versions[PURPOSE])]
    told = wishes(services, person, OTHER)
    assert (told.slots["consent"], told.slots["person_name"]) == (True, "Fatima")
    registered(services, person, course=OTHER)
    assert len(answers(services, person)) == 1


@pytest.mark.parametrize(
    ("ago", "version"), [(CONSENT_LASTS + timedelta(days=1), None), (timedelta(days=1), "2026-01-1")]
)
def test_an_old_yes_or_one_to_other_words_is_asked_for_again(
    services: Services, person: UUID, ago: timedelta, version: str | None
) -> None:
    agreed(services, person, ago=ago, version=version)
    assert wishes(services, person).slots["consent"] is None
    registered(services, person)
    assert [given for given, _ in answers(services, person)] == [True, True]
    assert answers(services, person)[-1][1] == services.consent_versions[PURPOSE]


def test_a_no_is_recorded_and_asked_again_next_time(services: Services, person: UUID) -> None:
    registered(services, person, consent=False, confirmed=None)
    assert answers(services, person) == [(False, services.consent_versions[PURPOSE])]
    assert wishes(services, person).slots["consent"] is None


def test_a_no_takes_an_earlier_yes_back(services: Services, person: UUID) -> None:
    agreed(services, person, ago=CONSENT_LASTS + timedelta(days=1))
    assert registered(services, person, consent=False, confirmed=None).keys == [
        "registration-without-consent"
    ]
    with services.database.session() as session:
        assert profiles.profile(session, person) == profiles.Profile()


def test_registrations_under_way_keep_what_they_need_and_that_is_said(
    services: Services, person: UUID
) -> None:
    registered(services, person)
    told = registered(services, person, course=OTHER, consent=False, confirmed=None)
    assert told.keys == ["registration-consent-elsewhere"]
    with services.database.session() as session:
        assert profiles.profile(session, person).name == "Fatima"


def test_the_engine_keeps_no_name_after_a_registration(services: Services, person: UUID) -> None:
    told = registered(services, person)
    assert [told.slots[f"person_{name}"] for name in ("name", "city", "education")] == [None, None, None]
