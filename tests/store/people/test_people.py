"""People: one per address, whatever happens at once; nothing kept of them that they did not agree to."""

import uuid

import pytest
from sqlalchemy import func, select, text

from store.core.clock import utc_now
from store.core.database import Database
from store.core.encryption import CipherError
from store.people import addresses, consents, people, profiles
from store.tables import Address, Person
from tests.store.making import NOW, at_once, person


def test_the_same_address_is_the_same_person(database: Database) -> None:
    with database.session() as session:
        first = people.find_or_create(session, "sms", "+212600000001", "Fatima")
    with database.session() as session:
        assert people.find_or_create(session, "sms", "+212600000001").id == first.id
        assert people.find_or_create(session, "whatsapp", "+212600000001").id != first.id
        assert people.get(session, first.id).profile_name == "Fatima"


def test_two_first_messages_at_once_make_one_person(database: Database) -> None:
    def write() -> uuid.UUID:
        with database.session() as session:
            return people.find_or_create(session, "sms", "+212600000002").id

    assert len(set(at_once(*[write] * 6))) == 1
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_addresses_cannot_be_read_in_the_database(database: Database) -> None:
    with database.session() as session:
        made = people.find_or_create(session, "sms", "+212600000003")
        stored = session.scalar(text("select addresses::text from addresses"))
        assert "212600000003" not in str(stored)
        [address] = addresses.addresses_of(session, made.id)
        assert (address.channel, address.provider_id, address.state) == ("sms", "+212600000003", "active")


def test_without_a_cipher_addresses_are_refused(database_url: str) -> None:
    database = Database(database_url)
    with database.session() as session, pytest.raises(CipherError):
        people.find_or_create(session, "sms", "+212600000004")
    database.close()


def test_the_address_last_written_from_is_used(database: Database) -> None:
    with database.session() as session:
        made = people.find_or_create(session, "web", "old")
        cipher = database.cipher
        assert cipher is not None
        session.add(
            Address(
                person_id=made.id,
                channel="web",
                provider_id_digest=cipher.digest("web", "new"),
                provider_id_encrypted=cipher.encrypt("new"),
                last_inbound_at=utc_now(),
            )
        )
        session.flush()
        found = addresses.address_on(session, made.id, "web")
        assert found is not None
        assert found.provider_id == "new"
        assert addresses.address_on(session, made.id, "sms") is None


def test_the_state_of_an_address(database: Database) -> None:
    with database.session() as session:
        someone = person(session)
        [address] = addresses.addresses_of(session, someone)
        addresses.set_address_state(session, address.id, "opted_out")
        assert [one.state for one in addresses.addresses_of(session, someone)] == ["opted_out"]
        with pytest.raises(ValueError, match="none of"):
            addresses.set_address_state(session, address.id, "gone")  # type: ignore[arg-type]


def test_a_variety_detected_never_replaces_one_chosen(database: Database) -> None:
    with database.session() as session:
        someone = person(session)
        assert people.set_variety(session, someone, "fr", "detected")
        assert people.set_variety(session, someone, "ary", "chosen")
        assert not people.set_variety(session, someone, "fr", "detected")
        assert people.get(session, someone).variety == "ary"
        assert people.set_variety(session, someone, "ary-Latn", "chosen")
        with pytest.raises(ValueError, match="variety"):
            people.set_variety(session, someone, "de", "chosen")
        with pytest.raises(ValueError, match="source"):
            people.set_variety(session, someone, "fr", "guessed")  # type: ignore[arg-type]


def test_no_profile_without_consent(database: Database) -> None:
    with database.session() as session:
        someone = person(session)
        with pytest.raises(consents.ConsentMissing):
            profiles.update_profile(session, someone, name="Fatima")
        consents.record_consent(session, someone, "registration", "1", True, NOW)
        profiles.update_profile(session, someone, name="Fatima", city="fes")
        after = profiles.update_profile(
            session, someone, city=None, education="bachelor", region="Fès-Meknès"
        )
        assert after == profiles.Profile(name="Fatima", education="bachelor", region="Fès-Meknès")
        assert profiles.profile(session, someone) == after


@pytest.mark.parametrize("wrong", [{"city": "paris"}, {"education": "genius"}, {"cin": "AB123456"}])
def test_a_profile_takes_the_contract_s_values_only(database: Database, wrong: dict[str, str]) -> None:
    with database.session() as session:
        someone = person(session, "s", "registration")
        with pytest.raises(ValueError):  # noqa: PT011 - three faults, three messages
            profiles.update_profile(session, someone, **wrong)


def test_the_last_answer_about_a_purpose_counts(database: Database) -> None:
    with database.session() as session:
        someone = person(session)
        assert not consents.has_consent(session, someone, "alerts")
        consents.record_consent(session, someone, "alerts", "2026-11", True)
        assert consents.has_consent(session, someone, "alerts")
        assert consents.has_consent(session, someone, "alerts", "2026-11")
        assert not consents.has_consent(session, someone, "alerts", "2027-01")
        assert not consents.has_consent(session, someone, "registration")
        consents.record_consent(session, someone, "alerts", "2026-11", False)
        assert not consents.has_consent(session, someone, "alerts")
        with pytest.raises(consents.ConsentMissing, match="alerts"):
            consents.require_consent(session, someone, "alerts")
        with pytest.raises(ValueError, match="purpose"):
            consents.record_consent(session, someone, "fun", "1", True)  # type: ignore[arg-type]


def test_nobody_of_that_id(database: Database) -> None:
    with database.session() as session:
        for ask in (people.get, people.lock, profiles.profile):
            with pytest.raises(people.PersonUnknown):
                ask(session, uuid.uuid4())


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Fatima \n Zahra ", "Fatima Zahra"),
        ("Fat\u202eima\u2066", "Fatima"),
        ("\x00\x1b[31m", "[31m"),
        ("\ud800", None),
        ("", None),
        (None, None),
        ("ء" * 500, "ء" * people.NAME_LIMIT),
        ("👩🏽‍🎓 لالة فاطمة", "👩🏽🎓 لالة فاطمة"),
    ],
)
def test_hostile_names(written: str | None, kept: str | None) -> None:
    assert people.clean_name(written) == kept
